#include "offline/stored_document.h"

#include "deflate/deflate.h"
#include "offline/own_record.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tandem {

namespace {

const QString doneAnewName = QStringLiteral("done_anew");
const QString leftEpochsName = QStringLiteral("left_epochs");

Error damaged(const char* what) {
    return {ErrorCode::malformed, std::string(what) + " is damaged"};
}

void decodePast(const std::string& past, OpenDocument::Leftover& leftover) {
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(past)).object();
    for (const QJsonValue& value : json[doneAnewName].toArray())
        leftover.doneAnew.emplace(static_cast<ReplicaId>(value[0].toInteger()),
                                  static_cast<Counter>(value[1].toInteger()));
    for (const QJsonValue& value : json[leftEpochsName].toArray())
        leftover.leftEpochs.insert(value.toString().toStdString());
}

// A document that no server has is nothing but its outbox. Rescued, that may be in any order.
void makeWholeOfOutbox(StoredDocument& stored) {
    stored.kept.replica = Replica();
    std::vector<Outbox::Entry> left = std::exchange(stored.kept.leftover.outbox, {});
    for (std::size_t before = left.size() + 1; left.size() < before;) {
        before = left.size();
        std::vector<Outbox::Entry> later;
        for (Outbox::Entry& entry : left) {
            const auto change = decodeChange(entry.bytes);
            const bool hasPlace = change.ok() && stored.kept.replica.apply(*change).ok();
            (hasPlace ? stored.kept.leftover.outbox : later).push_back(std::move(entry));
        }
        left = std::move(later);
    }
    std::move(left.begin(), left.end(), std::back_inserter(stored.kept.leftover.outbox));
    stored.isComplete = true;
}

struct Reading {
    StoreDatabase& database;
    std::int64_t id = 0;
    StoredDocument stored = {};

    Result<void> snapshot() {
        auto rows = database.run("SELECT through, bytes FROM snapshots WHERE document = ?", {qint64{id}});
        if (!rows.ok())
            return rows.error();
        if (!(*rows)->next())
            return StoreDatabase::faultOf(**rows);
        stored.through = (*rows)->value(0).toLongLong();
        const std::string packed = bytesAt(**rows, 1);
        (*rows)->finish();
        const auto bytes = inflate(packed);
        if (!bytes.ok())
            return damaged("a snapshot");
        auto replica = Replica::decode(*bytes);
        if (!replica.ok())
            return damaged("a snapshot");
        stored.kept.replica = std::move(*replica);
        return {};
    }

    Result<void> journal(const std::map<ReplicaId, Counter>& acked) {
        auto rows =
            database.run("SELECT n, own, record FROM journal WHERE document = ? ORDER BY n", {qint64{id}});
        if (!rows.ok())
            return rows.error();
        const std::int64_t inSnapshot = stored.through;
        while ((*rows)->next()) {
            const std::int64_t n = (*rows)->value(0).toLongLong();
            const bool isLater = n > inSnapshot;
            const std::string record = bytesAt(**rows, 2);
            stored.through = std::max(stored.through, n);
            stored.rowsBehind += isLater ? 1 : 0;
            if (auto taken =
                    (*rows)->value(1).toBool() ? own(record, isLater, acked) : committed(record, isLater);
                !taken.ok())
                return taken;
        }
        return StoreDatabase::faultOf(**rows);
    }

    Result<void> own(const std::string& bytes, bool isLater, const std::map<ReplicaId, Counter>& acked) {
        auto record = decodeOwn(bytes);
        if (!record)
            return damaged("an own change");
        if (isLater) // what has no place is for OpenDocument
            static_cast<void>(stored.kept.replica.apply(*decodeChange(record->change.bytes)));
        const auto through = acked.find(record->change.replica);
        if (through != acked.end() && record->change.last <= through->second)
            stored.kept.acked.push_back(std::move(record->change.bytes));
        else
            stored.kept.leftover.outbox.push_back(std::move(record->change));
        return {};
    }

    Result<void> committed(const std::string& bytes, bool isLater) {
        const auto change = decodeCommitted(bytes);
        const auto decoded = change ? decodeChange(*change) : Result<Change>(damaged("a change"));
        if (!decoded.ok())
            return damaged("a change");
        if (isLater && stored.isComplete && !stored.kept.replica.apply(*decoded).ok())
            stored.isComplete = false;
        return {};
    }

    // Only those under whose ids there is something here.
    Result<std::map<ReplicaId, Counter>> authors() {
        auto rows = database.run("SELECT replica, key, acked FROM authors WHERE document = ? AND replica IN "
                                 "(SELECT replica FROM journal WHERE document = ? AND own = 1)",
                                 {qint64{id}, qint64{id}});
        if (!rows.ok())
            return rows.error();
        std::map<ReplicaId, Counter> acked;
        while ((*rows)->next()) {
            const auto replica = static_cast<ReplicaId>((*rows)->value(0).toLongLong());
            stored.kept.leftover.authors.push_back({replica, textAt(**rows, 1)});
            acked[replica] = static_cast<Counter>((*rows)->value(2).toLongLong());
        }
        if (auto fault = StoreDatabase::faultOf(**rows); !fault.ok())
            return fault.error();
        return acked;
    }
};

} // namespace

std::string encodePast(const OpenDocument::Leftover& leftover) {
    if (leftover.doneAnew.empty() && leftover.leftEpochs.empty())
        return {};
    QJsonArray doneAnew;
    for (const auto& [replica, first] : leftover.doneAnew)
        doneAnew.append(QJsonArray{static_cast<qint64>(replica), static_cast<qint64>(first)});
    QJsonArray leftEpochs;
    for (const std::string& epoch : leftover.leftEpochs)
        leftEpochs.append(QString::fromStdString(epoch));
    return QJsonDocument(QJsonObject{{doneAnewName, doneAnew}, {leftEpochsName, leftEpochs}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

Result<std::optional<StoredDocument>> readStored(StoreDatabase& database, const std::string& key) {
    using Found = std::optional<StoredDocument>;
    if (auto begun = database.execute("BEGIN"); !begun.ok()) // everything of one state
        return begun.error();
    const auto read = [&]() -> Result<Found> {
        auto rows = database.run("SELECT id, link, title, epoch, version, generation, complete, past "
                                 "FROM documents WHERE key = ?",
                                 {storeText(key)});
        if (!rows.ok())
            return rows.error();
        QSqlQuery& row = **rows;
        if (!row.next()) {
            if (auto fault = StoreDatabase::faultOf(row); !fault.ok())
                return fault.error();
            return Found();
        }
        Reading reading{database, row.value(0).toLongLong()};
        StoredDocument& stored = reading.stored;
        stored.link = textAt(row, 1);
        stored.kept.title = textAt(row, 2);
        stored.kept.leftover.epoch = textAt(row, 3);
        stored.kept.version = static_cast<Seq>(row.value(4).toLongLong());
        stored.generation = row.value(5).toLongLong();
        stored.isComplete = row.value(6).toBool();
        decodePast(textAt(row, 7), stored.kept.leftover);
        row.finish();
        if (auto done = reading.snapshot(); !done.ok())
            return done.error();
        const auto acked = reading.authors();
        if (!acked.ok())
            return acked.error();
        if (auto done = reading.journal(*acked); !done.ok())
            return done.error();
        if (!stored.isComplete && stored.kept.leftover.epoch.empty())
            makeWholeOfOutbox(stored);
        return Found(std::move(stored));
    };
    auto found = read();
    static_cast<void>(database.execute("COMMIT"));
    return found;
}

} // namespace tandem
