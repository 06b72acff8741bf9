#include "offline/store_rescue.h"

#include "offline/own_record.h"
#include "offline/store_database.h"
#include "offline/stored_document.h"

#include <QFile>

#include <algorithm>

namespace tandem {

namespace {

// More rows than this are not looked for one by one.
constexpr qint64 mostProbes = 300'000;

struct Known {
    std::string link;
    std::string title;
    std::int64_t usedMs = 0;
    std::int64_t binnedMs = 0;
};

std::map<std::string, Known> listed(StoreDatabase& database) {
    std::map<std::string, Known> documents;
    for (const char* statement :
         {"SELECT key, link, title FROM documents ORDER BY id", // until the damage, from both ends
          "SELECT key, link, title FROM documents ORDER BY id DESC"}) {
        auto rows = database.run(statement);
        while (rows.ok() && (*rows)->next())
            documents[textAt(**rows, 0)] = {textAt(**rows, 1), textAt(**rows, 2)};
        if (rows.ok())
            (*rows)->finish();
    }
    auto rows = database.run("SELECT key, used, binned FROM documents"); // older ones have no bin
    while (rows.ok() && (*rows)->next()) {
        if (const auto known = documents.find(textAt(**rows, 0)); known != documents.end()) {
            known->second.usedMs = (*rows)->value(1).toLongLong();
            known->second.binnedMs = (*rows)->value(2).toLongLong();
        }
    }
    return documents;
}

void putKnown(const std::string& key, const Known& known, std::vector<StoreTask>& tasks) {
    tasks.push_back({key, StoreTask::Opened{known.link, known.usedMs}});
    if (known.binnedMs > 0)
        tasks.push_back({key, StoreTask::Binned{known.binnedMs}});
}

StoreTask replaced(const std::string& key, StoredDocument stored) {
    StoreTask::Replaced all{stored.kept.replica.encode(), stored.kept.version, std::move(stored.kept.title),
                            std::move(stored.kept.leftover), std::move(stored.kept.acked)};
    return {key, std::move(all)};
}

struct Found {
    OwnRecord record;
    qint64 n = 0; // of its row; 0: not known
};

// Row by row: one that cannot be read hides no other one.
std::vector<Found> ownInRows(StoreDatabase& database) {
    std::vector<Found> found;
    qint64 end = 0;
    if (auto rows = database.run("SELECT seq FROM sqlite_sequence WHERE name = 'journal'"); rows.ok()) {
        if ((*rows)->next())
            end = (*rows)->value(0).toLongLong();
        (*rows)->finish();
    }
    for (qint64 n = std::max<qint64>(1, end - mostProbes); n <= end; ++n) {
        auto rows = database.run("SELECT record FROM journal WHERE n = ? AND own = 1", {n});
        if (!rows.ok())
            continue;
        if ((*rows)->next()) {
            if (auto record = decodeOwn(bytesAt(**rows, 0)))
                found.push_back({std::move(*record), n});
        }
        (*rows)->finish();
    }
    return found;
}

std::vector<Found> ownInBytes(const QString& path) {
    std::vector<Found> found;
    for (const char* suffix : {"", "-wal"}) {
        QFile file(path + QLatin1String(suffix));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        for (OwnRecord& record : findOwn({bytes.constData(), static_cast<std::size_t>(bytes.size())}))
            found.push_back({std::move(record)});
    }
    return found;
}

// Each once, as they were made: those of one author by their counters, and among those of others as their
// rows stood, as far as that is known.
std::vector<OwnRecord> inOrder(std::vector<Found> found) {
    const auto author = [](const Found& each) {
        return std::tie(each.record.document, each.record.change.replica);
    };
    std::sort(found.begin(), found.end(), [&](const Found& a, const Found& b) {
        const Counter first = a.record.change.first;
        const Counter other = b.record.change.first;
        return std::tuple(author(a), first, a.n == 0) < std::tuple(author(b), other, b.n == 0);
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [&](const Found& a, const Found& b) {
                                return author(a) == author(b) &&
                                       a.record.change.first == b.record.change.first;
                            }),
                found.end());
    for (std::size_t i = 1; i < found.size(); ++i)
        if (author(found[i]) == author(found[i - 1]))
            found[i].n = std::max(found[i].n, found[i - 1].n);
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::tie(a.record.document, a.n) < std::tie(b.record.document, b.n);
    });
    std::vector<OwnRecord> records;
    for (Found& each : found)
        records.push_back(std::move(each.record));
    return records;
}

} // namespace

Rescue rescueFrom(const QString& file) {
    Rescue rescue;
    std::map<std::string, Known> documents;
    std::map<std::string, PastNames> names;
    std::vector<Found> own = ownInBytes(file);
    if (auto database = StoreDatabase::open(file, StoreDatabase::Purpose::reading); database.ok()) {
        documents = listed(**database);
        for (const auto& [key, known] : documents) {
            if (auto read = readPastNames(**database, key); read.ok())
                names[key] = std::move(*read);
            auto stored = readStored(**database, key);
            if (!stored.ok() || !*stored || !(*stored)->isComplete)
                continue;
            rescue.tasks.push_back(replaced(key, std::move(**stored)));
            putKnown(key, known, rescue.tasks);
            rescue.whole.insert(key);
        }
        auto more = ownInRows(**database);
        std::move(more.begin(), more.end(), std::back_inserter(own));
    }

    for (const OwnRecord& record : inOrder(std::move(own))) {
        if (rescue.whole.contains(record.document))
            continue;
        if (rescue.partly.insert(record.document).second) {
            rescue.tasks.push_back({record.document, StoreTask::Rescued{record.epoch}});
            if (const auto known = documents.find(record.document); known != documents.end()) {
                putKnown(record.document, known->second, rescue.tasks);
                rescue.tasks.push_back({record.document, StoreTask::Titled{known->second.title}});
            }
        }
        rescue.tasks.push_back({record.document, StoreTask::Made{record.change, record.key}});
        ++rescue.ownChanges;
    }
    for (auto& [key, named] : names) {
        if (!named.empty() && (rescue.whole.contains(key) || rescue.partly.contains(key)))
            rescue.tasks.push_back({key, StoreTask::Named{std::move(named)}});
    }
    return rescue;
}

} // namespace tandem
