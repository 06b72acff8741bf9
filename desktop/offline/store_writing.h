// Puts tasks into the database of a LocalStore, many in one transaction. Belongs to the thread of its
// connection, which it borrows.
#pragma once

#include "offline/store_database.h"
#include "offline/store_task.h"

#include <map>
#include <set>
#include <span>

namespace tandem {

class StoreWriting {
public:
    explicit StoreWriting(StoreDatabase& database) : m_database(database) {}

    // All of them, in their order, durably; or none.
    Result<void> write(std::span<const StoreTask> tasks);
    // Documents of which much has come since their last snapshot; each is told once.
    std::set<std::string> takeLong() { return std::exchange(m_long, {}); }

private:
    struct Row {
        std::int64_t id = 0;
        std::string epoch;
        std::set<ReplicaId> authors; // known to be written
        std::size_t rowsBehind = 0;  // written here, since the last snapshot
        std::size_t bytesBehind = 0;
    };

    Result<Row*> rowOf(const std::string& key);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Made& made);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Committed& committed);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Acked& acked);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Titled& titled);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Opened& opened);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Replaced& replaced);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Named& named);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Rescued& rescued);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Compacted& compacted);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Binned& binned);
    Result<void> put(const std::string& key, Row& row, const StoreTask::LeftOut& leftOut);
    Result<void> put(const std::string& key, Row& row, const StoreTask::Forgotten& forgotten);
    // `own`: made here; null: another's.
    Result<void> addRow(const std::string& key, Row& row, const StoreTask::Made* own,
                        const std::string& record);
    Result<void> addOwn(const std::string& key, Row& row, const StoreTask::Made& made);
    Result<void> nameAuthor(const Row& row, ReplicaId author, const std::string& name);
    Result<void> setVersion(const Row& row, Seq version);
    Result<void> eraseContents(const Row& row);

    StoreDatabase& m_database;
    std::map<std::string, Row> m_rows;
    std::set<std::string> m_long;
};

} // namespace tandem
