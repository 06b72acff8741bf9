#include "offline/store_writing.h"

#include "deflate/deflate.h"
#include "offline/own_record.h"
#include "offline/stored_document.h"

namespace tandem {

namespace {

// A new snapshot is due after so much.
constexpr std::size_t longRows = 4'096;
constexpr std::size_t longBytes = 4 * 1024 * 1024;
// Own acked changes that are kept, for a server that comes back from a backup without them.
constexpr qint64 keptAcked = 20'000;

QVariant number(std::uint64_t value) {
    return static_cast<qint64>(value);
}

template <typename... Step>
Result<void> each(const Step&... steps) {
    Result<void> done;
    static_cast<void>(((done = steps(), done.ok()) && ...));
    return done;
}

} // namespace

Result<void> StoreWriting::write(std::span<const StoreTask> tasks) {
    auto written = inTransaction(m_database, [&]() -> Result<void> {
        for (const StoreTask& task : tasks) {
            auto row = rowOf(task.document);
            if (!row.ok())
                return row.error();
            auto put = std::visit([&](const auto& what) { return this->put(task.document, **row, what); },
                                  task.what);
            if (!put.ok())
                return put;
        }
        return {};
    });
    if (!written.ok())
        m_rows.clear(); // what was found out may have been undone
    return written;
}

Result<StoreWriting::Row*> StoreWriting::rowOf(const std::string& key) {
    const auto known = m_rows.find(key);
    if (known != m_rows.end())
        return &known->second;
    if (auto made = m_database.execute("INSERT OR IGNORE INTO documents (key) VALUES (?)", {storeText(key)});
        !made.ok())
        return made.error();
    auto rows = m_database.run("SELECT id, epoch FROM documents WHERE key = ?", {storeText(key)});
    if (!rows.ok())
        return rows.error();
    if (!(*rows)->next())
        return Error{ErrorCode::malformed, "a document that was just made is not there"};
    Row row;
    row.id = (*rows)->value(0).toLongLong();
    row.epoch = textAt(**rows, 1);
    (*rows)->finish();
    return &m_rows.emplace(key, std::move(row)).first->second;
}

Result<void> StoreWriting::addRow(const std::string& key, Row& row, const StoreTask::Made* own,
                                  const std::string& record) {
    ++row.rowsBehind;
    row.bytesBehind += record.size();
    if (row.rowsBehind >= longRows || row.bytesBehind >= longBytes) {
        m_long.insert(key);
        row.rowsBehind = 0;
        row.bytesBehind = 0;
    }
    return each(
        [&] {
            return m_database.execute(
                "INSERT INTO journal (document, own, replica, last, time, record) VALUES (?, ?, ?, ?, ?, ?)",
                {qint64{row.id}, own ? 1 : 0, number(own ? own->change.replica : 0),
                 number(own ? own->change.last : 0), qint64{own ? own->timeMs : 0}, storeBytes(record)});
        },
        [&] {
            return m_database.execute("UPDATE documents SET rows = rows + 1 WHERE id = ?", {qint64{row.id}});
        });
}

Result<void> StoreWriting::addOwn(const std::string& key, Row& row, const StoreTask::Made& made) {
    const ReplicaId author = made.change.replica;
    if (!row.authors.contains(author)) {
        if (auto added =
                m_database.execute("INSERT OR IGNORE INTO authors (document, replica, key) VALUES (?, ?, ?)",
                                   {qint64{row.id}, number(author), storeText(made.key)});
            !added.ok())
            return added;
        if (auto named = nameAuthor(row, author, made.name); !named.ok())
            return named;
        row.authors.insert(author);
    }
    return addRow(key, row, &made, encodeOwn({key, row.epoch, made.key, made.change}));
}

Result<void> StoreWriting::nameAuthor(const Row& row, ReplicaId author, const std::string& name) {
    if (name.empty())
        return {};
    return m_database.execute("INSERT OR IGNORE INTO author_names (document, replica, name) VALUES (?, ?, ?)",
                              {qint64{row.id}, number(author), storeText(name)});
}

Result<void> StoreWriting::setVersion(const Row& row, Seq version) {
    return m_database.execute("UPDATE documents SET version = ? WHERE id = ?",
                              {number(version), qint64{row.id}});
}

Result<void> StoreWriting::put(const std::string& key, Row& row, const StoreTask::Made& made) {
    return addOwn(key, row, made);
}

Result<void> StoreWriting::put(const std::string& key, Row& row, const StoreTask::Committed& committed) {
    return each([&] { return addRow(key, row, nullptr, encodeCommitted(committed.change)); },
                [&] { return setVersion(row, committed.version); });
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Acked& acked) {
    return each(
        [&] {
            return m_database.execute(
                "UPDATE authors SET acked = max(acked, ?) WHERE document = ? AND replica = ?",
                {number(acked.through), qint64{row.id}, number(acked.replica)});
        },
        [&] { return setVersion(row, acked.version); });
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Titled& titled) {
    return m_database.execute("UPDATE documents SET title = ? WHERE id = ?",
                              {storeText(titled.title), qint64{row.id}});
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Opened& opened) {
    const QVariant time = qint64{opened.timeMs};
    return m_database.execute("UPDATE documents SET link = ?, used = max(used, ?), "
                              "binned = CASE WHEN ? > 0 THEN 0 ELSE binned END WHERE id = ?",
                              {storeText(opened.link), time, time, qint64{row.id}});
}

Result<void> StoreWriting::eraseContents(const Row& row) {
    const QVariantList id{qint64{row.id}};
    return each([&] { return m_database.execute("DELETE FROM snapshots WHERE document = ?", id); },
                [&] { return m_database.execute("DELETE FROM journal WHERE document = ?", id); },
                [&] { return m_database.execute("UPDATE documents SET rows = 0 WHERE id = ?", id); },
                [&] { return m_database.execute("DELETE FROM authors WHERE document = ?", id); });
}

Result<void> StoreWriting::put(const std::string& key, Row& row, const StoreTask::Replaced& replaced) {
    std::map<ReplicaId, Counter> acked;
    std::vector<Outbox::Entry> own;
    for (const std::string& bytes : replaced.acked) {
        if (const auto change = decodeChange(bytes); change.ok()) { // made here, so it decodes
            own.push_back({change->replica, change->first, change->last(), bytes});
            acked[change->replica] = change->last();
        }
    }
    own.insert(own.end(), replaced.leftover.outbox.begin(), replaced.leftover.outbox.end());
    row.epoch = replaced.leftover.epoch;
    row.authors.clear();

    const auto times = readPastTimes(m_database, replaced.before.empty() ? key : replaced.before);
    if (!times.ok())
        return times.error();
    if (auto erased = eraseContents(row); !erased.ok())
        return erased;
    // Rows that follow have higher numbers than any before.
    auto updated = each(
        [&] {
            return m_database.execute("INSERT INTO snapshots (document, through, bytes) VALUES (?, "
                                      "(SELECT coalesce(max(seq), 0) FROM sqlite_sequence), ?)",
                                      {qint64{row.id}, storeBytes(deflate(replaced.snapshot))});
        },
        [&] {
            return m_database.execute("UPDATE documents SET title = ?, epoch = ?, version = ?, past = ?, "
                                      "generation = generation + 1, complete = 1 WHERE id = ?",
                                      {storeText(replaced.title), storeText(row.epoch),
                                       number(replaced.version), storeText(encodePast(replaced.leftover)),
                                       qint64{row.id}});
        });
    if (!updated.ok())
        return updated;
    std::map<ReplicaId, std::string> keys;
    for (const OpenDocument::Author& author : replaced.leftover.authors)
        keys[author.replica] = author.key;
    for (const Outbox::Entry& change : own) {
        const auto time = times->find({change.replica, change.last});
        const std::int64_t timeMs = time == times->end() ? 0 : time->second;
        if (auto added = addOwn(key, row, {change, keys[change.replica], timeMs}); !added.ok())
            return added;
    }
    for (const auto& [replica, through] : acked) {
        if (auto set = put(key, row, StoreTask::Acked{replica, through, replaced.version}); !set.ok())
            return set;
    }
    row.rowsBehind = 0;
    row.bytesBehind = 0;
    return {};
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Named& named) {
    for (const auto& [version, label] : named.names.versions) {
        auto done =
            label.empty()
                ? m_database.execute("DELETE FROM version_names WHERE document = ? AND version = ?",
                                     {qint64{row.id}, qint64{version}})
                : m_database.execute(
                      "INSERT OR REPLACE INTO version_names (document, version, label) VALUES (?, ?, ?)",
                      {qint64{row.id}, qint64{version}, storeText(label)});
        if (!done.ok())
            return done;
    }
    for (const auto& [state, label] : named.names.states) {
        const QVariantList key{qint64{row.id}, storeText(encodeState(state))};
        auto done = label.empty()
                        ? m_database.execute("DELETE FROM named_states WHERE document = ? AND state = ?", key)
                        : m_database.execute("INSERT OR REPLACE INTO named_states (document, state, label) "
                                             "VALUES (?, ?, ?)",
                                             key + QVariantList{storeText(label)});
        if (!done.ok())
            return done;
    }
    for (const auto& [author, name] : named.names.authors) {
        if (auto done = nameAuthor(row, author, name); !done.ok())
            return done;
    }
    return {};
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Rescued& rescued) {
    row.epoch = rescued.epoch;
    return m_database.execute("UPDATE documents SET epoch = ?, complete = 0 WHERE id = ?",
                              {storeText(row.epoch), qint64{row.id}});
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Compacted& compacted) {
    auto rows = m_database.run("SELECT generation FROM documents WHERE id = ?", {qint64{row.id}});
    if (!rows.ok())
        return rows.error();
    const bool isSame = (*rows)->next() && (*rows)->value(0).toLongLong() == compacted.generation;
    (*rows)->finish();
    if (!isSame)
        return {};
    const QVariant id = qint64{row.id};
    const auto erase = [&](const char* statement, const QVariantList& values) -> Result<void> {
        const auto erased = m_database.run(statement, values);
        if (!erased.ok())
            return erased.error();
        const int count = (*erased)->numRowsAffected();
        (*erased)->finish();
        return m_database.execute("UPDATE documents SET rows = rows - ? WHERE id = ?", {count, id});
    };
    return each(
        [&] {
            return m_database.execute(
                "INSERT OR REPLACE INTO snapshots (document, through, bytes) VALUES (?, ?, ?)",
                {id, qint64{compacted.through}, storeBytes(compacted.packed)});
        },
        [&] {
            return erase("DELETE FROM journal WHERE document = ? AND own = 0 AND n <= ?",
                         {id, qint64{compacted.through}});
        },
        [&] {
            return erase(
                "DELETE FROM journal WHERE document = ? AND own = 1 AND n <= (SELECT n FROM journal WHERE "
                "document = ? AND own = 1 ORDER BY n DESC LIMIT 1 OFFSET ?) AND last <= (SELECT acked FROM "
                "authors WHERE document = ? AND authors.replica = journal.replica)",
                {id, id, keptAcked, id});
        });
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::Binned& binned) {
    return m_database.execute("UPDATE documents SET binned = ? WHERE id = ?",
                              {qint64{binned.timeMs}, qint64{row.id}});
}

Result<void> StoreWriting::put(const std::string&, Row& row, const StoreTask::LeftOut&) {
    return m_database.execute("UPDATE documents SET left_out = used WHERE id = ?", {qint64{row.id}});
}

Result<void> StoreWriting::put(const std::string& key, Row& row, const StoreTask::Forgotten&) {
    const QVariantList id{qint64{row.id}};
    auto done = each([&] { return eraseContents(row); },
                     [&] { return m_database.execute("DELETE FROM version_names WHERE document = ?", id); },
                     [&] { return m_database.execute("DELETE FROM named_states WHERE document = ?", id); },
                     [&] { return m_database.execute("DELETE FROM author_names WHERE document = ?", id); },
                     [&] { return m_database.execute("DELETE FROM documents WHERE id = ?", id); });
    m_rows.erase(key);
    return done;
}

} // namespace tandem
