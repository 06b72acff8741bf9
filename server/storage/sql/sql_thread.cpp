#include "storage/sql/sql_thread.h"

#include "base/backoff.h"
#include "memory/process_memory.h"

#include <future>

namespace tandem {

namespace {

using namespace std::chrono_literals;

// After that long without work a connection may have been cut without anyone knowing.
constexpr auto longPause = 2s;
// What gives way has then waited long enough.
constexpr auto longestWay = 50ms;
constexpr std::size_t givingWayAtOnce = 8;

} // namespace

void runEach(SqlConnection& connection, std::vector<SqlTask>& tasks) {
    for (SqlTask& task : tasks)
        task.done(task.work(connection));
}

SqlThread::SqlThread(Worker worker, Outage outage)
    : m_worker(std::move(worker)), m_outage(std::move(outage)) {}

SqlThread::~SqlThread() {
    stop();
}

Result<void> SqlThread::start(const DatabaseAddress& address, SqlPurpose purpose) {
    std::promise<Result<void>> opening;
    std::future<Result<void>> opened = opening.get_future();
    m_accepting = true;
    m_thread.reset(QThread::create([this, address, purpose, opening = std::move(opening)]() mutable {
        auto connection = SqlConnection::open(address, purpose);
        if (!connection) {
            opening.set_value(connection.error());
            return;
        }
        opening.set_value({});
        loop(std::move(*connection), address, purpose);
    }));
    m_thread->start();
    Result<void> result = opened.get();
    if (!result)
        stop();
    return result;
}

void SqlThread::post(SqlTask task) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_accepting) {
            if (task.givesWay) {
                m_givingWay.emplace_back(std::chrono::steady_clock::now(), std::move(task));
            } else {
                if (m_waiting.empty())
                    m_waitingSince = std::chrono::steady_clock::now();
                m_waiting.push_back(std::move(task));
            }
            if (!m_gathers) // else it comes by itself
                m_changed.notify_one();
            return;
        }
    }
    task.done(Error{ErrorCode::unavailable, "the database is closed"});
}

void SqlThread::stop() {
    if (!m_thread)
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_accepting = false;
        m_changed.notify_one();
    }
    m_thread->wait();
    m_thread.reset();
}

void SqlThread::holdGivingWay(bool holds) {
    const std::lock_guard lock(m_mutex);
    m_holds = holds;
    m_changed.notify_one();
}

void SqlThread::releaseMemory() {
    const std::lock_guard lock(m_mutex);
    m_releaseMemory = true;
    m_changed.notify_one();
}

SqlThread::Taken SqlThread::take(std::optional<Moment> until) {
    std::unique_lock lock(m_mutex);
    const auto isDue = [this] { return !isQuiet() || m_releaseMemory || !m_accepting; };
    if (until)
        m_changed.wait_until(lock, *until, isDue);
    else
        m_changed.wait(lock, isDue);
    gather(lock);
    return {takeSome(), std::exchange(m_releaseMemory, false)};
}

void SqlThread::gather(std::unique_lock<std::mutex>& lock) {
    const std::chrono::microseconds window(m_pace.windowUs());
    if (window == window.zero() || m_waiting.empty())
        return;
    m_gathers = true;
    m_changed.wait_until(lock, m_waitingSince + window, [this] { return !m_accepting; });
    m_gathers = false;
}

void SqlThread::noteAppends(const std::vector<SqlTask>& tasks) {
    std::vector<DocumentId> documents;
    for (const SqlTask& task : tasks) {
        if (task.append)
            documents.push_back(task.document);
    }
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    if (!documents.empty())
        m_pace.begins(std::move(documents),
                      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

std::vector<SqlTask> SqlThread::takeSome() {
    const bool isTheirTurn =
        mayTakeGivingWay() &&
        (m_waiting.empty() || std::chrono::steady_clock::now() - m_givingWay.front().first >= longestWay);
    if (!isTheirTurn)
        return std::exchange(m_waiting, {});
    // What must last is not slowed down by what need not, nor the other way round.
    std::vector<SqlTask> tasks;
    const bool mayVanish = m_givingWay.front().second.mayVanish;
    while (!m_givingWay.empty() && m_givingWay.front().second.mayVanish == mayVanish &&
           tasks.size() < givingWayAtOnce) {
        tasks.push_back(std::move(m_givingWay.front().second));
        m_givingWay.pop_front();
    }
    return tasks;
}

bool SqlThread::isStopping() {
    const std::lock_guard lock(m_mutex);
    return !m_accepting && isQuiet();
}

// Whatever the reason, it may be another one soon.
void SqlThread::refuse(const std::vector<SqlTask>& tasks, const Error& why) {
    const Error told{ErrorCode::unavailable, why.detail};
    if (m_outage)
        m_outage(told);
    for (const SqlTask& task : tasks)
        task.done(told);
}

// Null when it is time to stop. What comes meanwhile is refused.
std::unique_ptr<SqlConnection> SqlThread::reopen(const DatabaseAddress& address, SqlPurpose purpose) {
    SystemRandom random;
    Backoff backoff(50, 250, 2'000);
    while (true) {
        auto connection = SqlConnection::open(address, purpose);
        if (connection)
            return std::move(*connection);
        const Moment next =
            std::chrono::steady_clock::now() + std::chrono::milliseconds(backoff.nextDelayMs(random));
        while (std::chrono::steady_clock::now() < next) {
            const std::vector<SqlTask> tasks = take(next).tasks;
            if (!tasks.empty())
                refuse(tasks, connection.error());
            else if (isStopping())
                return nullptr;
        }
    }
}

void SqlThread::loop(std::unique_ptr<SqlConnection> connection, const DatabaseAddress& address,
                     SqlPurpose purpose) {
    Moment used = std::chrono::steady_clock::now();
    while (connection) {
        auto [tasks, releaseMemory] = take(std::nullopt);
        if (releaseMemory) {
            connection->releaseMemory();
            emptyThreadCache();
        }
        if (tasks.empty()) {
            if (isStopping())
                return;
            continue;
        }
        noteAppends(tasks);
        if (std::chrono::steady_clock::now() - used > longPause)
            connection->checkAlive();
        if (connection->isLost()) { // while nobody used it: the database itself may be well
            auto another = SqlConnection::open(address, purpose);
            if (another)
                connection = std::move(*another);
            else
                refuse(tasks, another.error());
        }
        if (!connection->isLost())
            m_worker(*connection, tasks);
        used = std::chrono::steady_clock::now();
        if (connection->isLost())
            connection = reopen(address, purpose);
    }
}

} // namespace tandem
