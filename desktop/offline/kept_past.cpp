#include "offline/kept_past.h"

#include "crdt/change.h"
#include "crdt/replica.h"
#include "deflate/deflate.h"
#include "offline/own_record.h"
#include "offline/store_database.h"

#include <algorithm>
#include <map>

namespace tandem {

namespace {

struct Row {
    KeptPast::Step step;
    Counter first = 0;
    bool isLater = false; // than the copy
};

Error damaged() {
    return {ErrorCode::malformed, "the journal is damaged"};
}

Result<Row> rowOf(const QSqlQuery& query, std::int64_t inCopy) {
    const std::string record = bytesAt(query, 2);
    std::string bytes;
    if (query.value(1).toBool()) {
        auto own = decodeOwn(record);
        if (!own)
            return damaged();
        bytes = std::move(own->change.bytes);
    } else {
        auto committed = decodeCommitted(record);
        if (!committed)
            return damaged();
        bytes = std::move(*committed);
    }
    const auto change = decodeChange(bytes);
    if (!change.ok())
        return damaged();
    return Row{{change->replica, change->last(), query.value(3).toLongLong(), std::move(bytes)},
               change->first,
               query.value(0).toLongLong() > inCopy};
}

// Do the rows have everything that the copy has, from the first change of each author on?
bool haveAll(const std::vector<Row>& rows, const VersionVector& copy) {
    std::map<ReplicaId, Counter> reached;
    for (const Row& row : rows) {
        Counter& last = reached[row.step.replica];
        if (row.first == last + 1)
            last = row.step.last;
    }
    return std::all_of(copy.entries().begin(), copy.entries().end(),
                       [&](const auto& entry) { return reached[entry.first] >= entry.second; });
}

Result<std::optional<KeptPast>> read(StoreDatabase& database, const std::string& key) {
    using Found = std::optional<KeptPast>;
    auto found = database.run("SELECT id FROM documents WHERE key = ? AND complete = 1", {storeText(key)});
    if (!found.ok())
        return found.error();
    if (!(*found)->next())
        return Found();
    const qint64 id = (*found)->value(0).toLongLong();
    (*found)->finish();

    KeptPast past;
    std::int64_t inCopy = 0;
    Replica copy;
    auto copies = database.run("SELECT through, bytes FROM snapshots WHERE document = ?", {id});
    if (!copies.ok())
        return copies.error();
    if ((*copies)->next()) {
        inCopy = (*copies)->value(0).toLongLong();
        auto bytes = inflate(bytesAt(**copies, 1));
        (*copies)->finish();
        auto decoded = bytes.ok() ? Replica::decode(*bytes) : Result<Replica>(bytes.error());
        if (!decoded.ok())
            return damaged();
        copy = std::move(*decoded);
        past.base = std::move(*bytes);
    }

    std::vector<Row> rows;
    auto journal =
        database.run("SELECT n, own, record, time FROM journal WHERE document = ? ORDER BY n", {id});
    if (!journal.ok())
        return journal.error();
    while ((*journal)->next()) {
        auto row = rowOf(**journal, inCopy);
        if (!row.ok())
            return row.error();
        rows.push_back(std::move(*row));
    }
    if (auto fault = StoreDatabase::faultOf(**journal); !fault.ok())
        return fault.error();

    const bool isWhole = haveAll(rows, copy.version());
    if (isWhole)
        past.base.clear();
    for (Row& row : rows)
        if (isWhole || (row.isLater && copy.version().highest(row.step.replica) < row.step.last))
            past.steps.push_back(std::move(row.step));
    return Found(std::move(past));
}

} // namespace

Result<std::optional<KeptPast>> readKeptPast(StoreDatabase& database, const std::string& key) {
    if (auto begun = database.execute("BEGIN"); !begun.ok()) // everything of one state
        return begun.error();
    auto past = read(database, key);
    static_cast<void>(database.execute("COMMIT"));
    return past;
}

} // namespace tandem
