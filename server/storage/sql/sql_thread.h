// A thread with a connection of its own. It takes everything that waits at once and hands it to its worker
// function. Owned by SqlStorage; post(), start() and stop() are called on the owner's thread.
#pragma once

#include "storage/sql/sql_connection.h"

#include <QThread>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace tandem {

// Both parts run on the thread: `work`, then, when its outcome is final, `done`.
struct SqlTask {
    std::function<Result<void>(SqlConnection& connection)> work;
    std::function<void(Result<void> outcome)> done;
};

class SqlThread {
public:
    using Worker = std::function<void(SqlConnection& connection, std::vector<SqlTask>& tasks)>;

    explicit SqlThread(Worker worker);
    ~SqlThread();

    // Waits until the connection is open.
    Result<void> start(const SqlDialect& dialect, const std::string& database);
    // After stop() or without start(): done(unavailable) at once.
    void post(SqlTask task);
    // Does what waits, then ends the thread.
    void stop();

private:
    void loop(SqlConnection& connection);

    Worker m_worker;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<SqlTask> m_waiting; // by m_mutex
    bool m_accepting = false;       // by m_mutex
};

} // namespace tandem
