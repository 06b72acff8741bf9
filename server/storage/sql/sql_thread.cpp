#include "storage/sql/sql_thread.h"

#include <future>

namespace tandem {

SqlThread::SqlThread(Worker worker) : m_worker(std::move(worker)) {}

SqlThread::~SqlThread() {
    stop();
}

Result<void> SqlThread::start(const SqlDialect& dialect, const std::string& database) {
    std::promise<Result<void>> opening;
    std::future<Result<void>> opened = opening.get_future();
    m_accepting = true;
    m_thread.reset(QThread::create([this, &dialect, database, opening = std::move(opening)]() mutable {
        auto connection = SqlConnection::open(dialect, database);
        if (!connection) {
            opening.set_value(connection.error());
            return;
        }
        opening.set_value({});
        loop(**connection);
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
            m_waiting.push_back(std::move(task));
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

void SqlThread::loop(SqlConnection& connection) {
    while (true) {
        std::vector<SqlTask> tasks;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return !m_waiting.empty() || !m_accepting; });
            if (m_waiting.empty())
                return;
            tasks.swap(m_waiting);
        }
        m_worker(connection, tasks);
    }
}

} // namespace tandem
