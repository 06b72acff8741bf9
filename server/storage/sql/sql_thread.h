// A thread with a connection of its own. It takes everything that waits at once and hands it to its worker
// function; what gives way comes by itself and a few at a time, when nothing else waits or it has waited long
// enough, so that nobody waits long behind it and nobody holds it up for ever. Where appends come quickly it
// takes them a moment later, and more at once (storage/commit_pace.h). When the connection is lost it
// opens another one, again and again; until then every task is answered at once: unavailable. Owned by
// SqlStorage; post(), start() and stop() are called on the owner's thread, post() on any.
#pragma once

#include "base/ids.h"
#include "storage/commit_pace.h"
#include "storage/sql/log_appending.h"

#include <QThread>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace tandem {

// Both parts run on the thread: `work`, then, when its outcome is final, `done`. Work that a conflict undid
// is done again.
struct SqlTask {
    DocumentId document; // empty: of none in particular
    std::function<Result<void>(SqlConnection& connection)> work;
    std::function<void(Result<void> outcome)> done;
    // Its outcome says whether the database can be written. Not of one that may write nothing or hardly
    // anything, which a full disk still takes.
    bool tellsHealth = true;
    bool givesWay = false; // to those that do not
    // A power cut may undo it for a moment after it is done, together with all that came after it.
    bool mayVanish = false;
    LogAppend* append = nullptr; // what `work` does, when that is an append: many can be done together
};

// What a thread does that needs no transaction around its tasks.
void runEach(SqlConnection& connection, std::vector<SqlTask>& tasks);

class SqlThread {
public:
    using Worker = std::function<void(SqlConnection& connection, std::vector<SqlTask>& tasks)>;
    // Hears, on the thread and before the tasks, why there is no connection for them.
    using Outage = std::function<void(const Error& why)>;

    explicit SqlThread(Worker worker, Outage outage = {});
    ~SqlThread();

    // Waits until the connection is open.
    Result<void> start(const DatabaseAddress& address, SqlPurpose purpose);
    // After stop() or without start(): done(unavailable) at once.
    void post(SqlTask task);
    // Whether what gives way waits for now, on any thread. Seldom, and for moments only.
    void holdGivingWay(bool holds);
    // Soon: what its connection keeps in memory goes.
    void releaseMemory();
    // Does what waits, then ends the thread.
    void stop();

private:
    using Moment = std::chrono::steady_clock::time_point;

    void loop(std::unique_ptr<SqlConnection> connection, const DatabaseAddress& address, SqlPurpose purpose);
    struct Taken {
        std::vector<SqlTask> tasks;
        bool releaseMemory = false;
    };

    // Some of the same kind. Without tasks when it is time to stop, when `until` has come, and when only
    // memory is asked back.
    Taken take(std::optional<Moment> until);
    bool isStopping();
    // By m_mutex.
    bool mayTakeGivingWay() const { return !m_givingWay.empty() && !(m_holds && m_accepting); }
    bool isQuiet() const { return m_waiting.empty() && !mayTakeGivingWay(); }
    // Lets what comes within a moment come along with what waits, where that pays.
    void gather(std::unique_lock<std::mutex>& lock);
    std::vector<SqlTask> takeSome();
    void noteAppends(const std::vector<SqlTask>& tasks);
    void refuse(const std::vector<SqlTask>& tasks, const Error& why);
    // Tries until it succeeds.
    std::unique_ptr<SqlConnection> reopen(const DatabaseAddress& address, SqlPurpose purpose);

    Worker m_worker;
    Outage m_outage;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<SqlTask> m_waiting;                     // by m_mutex
    Moment m_waitingSince;                              // by m_mutex; the first of m_waiting
    bool m_gathers = false;                             // by m_mutex
    CommitPace m_pace;                                  // on the thread
    std::deque<std::pair<Moment, SqlTask>> m_givingWay; // by m_mutex; since when
    bool m_releaseMemory = false;                       // by m_mutex
    bool m_holds = false;                               // by m_mutex
    bool m_accepting = false;                           // by m_mutex
};

} // namespace tandem
