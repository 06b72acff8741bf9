// The thread that writes for a LocalStore, so that nobody who types waits for a disk. What it is given is on
// the disk a moment later: what comes within a few milliseconds goes in one transaction. While the disk takes
// nothing, tasks stay in memory, in order, and are tried again. Owned by LocalStore; its methods may be
// called from any thread.
#pragma once

#include "base/result.h"
#include "offline/store_task.h"

#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace tandem {

class StoreDatabase;

class StoreWriter {
public:
    // Both are called on its thread.
    struct Told {
        // Writing fails with this error, or works again. After malformed it ends, with what it has not
        // written.
        std::function<void(std::optional<Error>)> fault;
        std::function<void(std::set<std::string> documents)> isLong; // as of StoreWriting::takeLong
    };

    StoreWriter(QString file, Told told);
    ~StoreWriter();
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;

    void start();
    void add(StoreTask task);
    // Waits until all that was added is on the disk. False: the disk does not take it now.
    bool flush();
    // Writes what is left, if the disk takes it, and ends. start() begins again with the rest.
    void stop();
    // It has ended, since the file is damaged.
    bool hasMetDamage() const;
    // What it has not written, for another file. While it has met damage, or has not begun.
    std::vector<StoreTask> takeAll();
    // Not on the disk yet.
    std::size_t waiting() const;

private:
    void run();
    Result<void> attempt(const std::vector<StoreTask>& tasks);

    QString m_file;
    Told m_told;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<StoreTask> m_tasks; // the oldest ones are being written
    bool m_stopping = false;
    bool m_hurry = false;   // someone waits for it
    bool m_failing = false; // the last attempt did
    bool m_damaged = false;
    std::thread m_thread;

    // Of the thread.
    struct Open;
    std::unique_ptr<Open> m_open;
};

} // namespace tandem
