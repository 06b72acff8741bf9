#include "offline/store_writer.h"

#include "offline/store_writing.h"

#include <chrono>
#include <memory>

namespace tandem {

namespace {
using namespace std::chrono_literals;
constexpr auto gathering = 15ms;
constexpr auto again = 500ms; // after a failure
constexpr std::size_t mostAtOnce = 2'000;
} // namespace

struct StoreWriter::Open {
    explicit Open(std::unique_ptr<StoreDatabase> opened) : database(std::move(opened)), writing(*database) {}

    std::unique_ptr<StoreDatabase> database;
    StoreWriting writing;
};

StoreWriter::StoreWriter(QString file, Told told) : m_file(std::move(file)), m_told(std::move(told)) {}

StoreWriter::~StoreWriter() {
    stop();
}

void StoreWriter::start() {
    m_stopping = false;
    m_failing = false;
    m_damaged = false;
    m_thread = std::thread([this] { run(); });
}

void StoreWriter::add(StoreTask task) {
    const std::scoped_lock lock(m_mutex);
    m_tasks.push_back(std::move(task));
    if (m_tasks.size() == 1)
        m_changed.notify_all();
}

bool StoreWriter::flush() {
    std::unique_lock lock(m_mutex);
    m_hurry = true;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_tasks.empty() || m_failing || !m_thread.joinable(); });
    m_hurry = false;
    return m_tasks.empty();
}

void StoreWriter::stop() {
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable())
        m_thread.join();
}

bool StoreWriter::hasMetDamage() const {
    const std::scoped_lock lock(m_mutex);
    return m_damaged;
}

std::vector<StoreTask> StoreWriter::takeAll() {
    const std::scoped_lock lock(m_mutex);
    std::vector<StoreTask> tasks(std::make_move_iterator(m_tasks.begin()),
                                 std::make_move_iterator(m_tasks.end()));
    m_tasks.clear();
    return tasks;
}

std::size_t StoreWriter::waiting() const {
    const std::scoped_lock lock(m_mutex);
    return m_tasks.size();
}

void StoreWriter::run() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return !m_tasks.empty() || m_stopping; });
        const auto isUrgent = [this] { return m_stopping || m_hurry; };
        m_changed.wait_for(lock, m_failing ? again : gathering, isUrgent);
        if (m_tasks.empty())
            break; // stopping
        const std::size_t count = std::min(m_tasks.size(), mostAtOnce);
        // They stay in the queue until they are on the disk; nobody else takes from its front.
        const std::vector<StoreTask> batch(m_tasks.begin(),
                                           m_tasks.begin() + static_cast<std::ptrdiff_t>(count));
        lock.unlock();
        const Result<void> written = attempt(batch);
        std::set<std::string> longOnes = m_open ? m_open->writing.takeLong() : std::set<std::string>();
        lock.lock();
        m_damaged = !written.ok() && written.error().code == ErrorCode::malformed;
        const bool wasFailing = std::exchange(m_failing, !written.ok());
        if (written.ok())
            m_tasks.erase(m_tasks.begin(), m_tasks.begin() + static_cast<std::ptrdiff_t>(count));
        m_changed.notify_all();
        lock.unlock();
        if (!written.ok())
            m_told.fault(written.error());
        else if (wasFailing)
            m_told.fault(std::nullopt);
        if (!longOnes.empty())
            m_told.isLong(std::move(longOnes));
        lock.lock();
        if (!written.ok() && (m_stopping || m_damaged))
            break;
    }
    m_open.reset();
}

Result<void> StoreWriter::attempt(const std::vector<StoreTask>& tasks) {
    if (!m_open) {
        auto opened = StoreDatabase::open(m_file, StoreDatabase::Purpose::readingAndWriting);
        if (!opened.ok())
            return opened.error();
        m_open = std::make_unique<Open>(std::move(*opened));
    }
    auto written = m_open->writing.write(tasks);
    if (!written.ok() && written.error().code == ErrorCode::unavailable)
        m_open.reset(); // another connection may do better
    return written;
}

} // namespace tandem
