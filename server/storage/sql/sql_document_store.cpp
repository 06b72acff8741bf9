#include "storage/sql/sql_document_store.h"

#include "storage/sql/document_rows.h"
#include "storage/sql/log_appending.h"
#include "storage/sql/log_packing.h"
#include "storage/sql/sql_link_store.h"
#include "storage/sql/sql_op_log.h"
#include "storage/sql/version_names.h"

namespace tandem {

namespace {

Result<void> insertImported(SqlConnection& connection, const DocumentId& document, const ImportedLog& log) {
    for (const ReplicaBinding& binding : log.replicas) {
        if (auto bound = bindReplica(connection, document, binding); !bound)
            return bound;
    }
    if (auto stored = insertSegments(connection, document, log); !stored)
        return stored;
    for (const NamedVersion& named : log.names) {
        if (auto stored = storeName(connection, document, named.version, named.label, named.namedMs); !stored)
            return stored.error();
    }
    return {};
}

// The document that the same request has made; nothing when there is none with its id.
Result<std::optional<DocumentStore::Created>> findCreated(SqlConnection& connection,
                                                          const NewDocument& document) {
    auto same = connection.run("SELECT request_hash FROM documents WHERE id = ?", {sqlText(document.id)});
    if (!same)
        return same.error();
    if (!same->next()) {
        if (auto fault = same->fault(); !fault)
            return fault.error();
        return std::optional<DocumentStore::Created>();
    }
    if (same->bytes(0) != document.requestHash)
        return Error{ErrorCode::alreadyExists, "Another document has this id."};
    auto existing = findDocument(connection, document.id);
    if (!existing && existing.error().code == ErrorCode::notFound)
        return Error{ErrorCode::alreadyExists, "The document is in the bin."};
    if (!existing)
        return existing.error();
    return std::optional(DocumentStore::Created{std::move(*existing), true});
}

Result<DocumentStore::Created> createDocument(SqlConnection& connection, const NewDocument& document,
                                              std::int64_t timeMs) {
    auto before = findCreated(connection, document);
    if (!before)
        return before.error();
    if (*before)
        return std::move(**before);
    DocumentInfo info;
    info.id = document.id;
    info.title = document.title;
    info.epoch = document.epoch;
    info.head = document.imported ? document.imported->head() : document.content.size();
    info.createdMs = info.updatedMs = timeMs;
    const QVariant now = sqlInteger(static_cast<std::uint64_t>(timeMs));
    auto stored =
        connection.run("INSERT INTO documents (id, title, epoch, head, created_ms, updated_ms, "
                       "request_hash, title_folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                       {sqlText(info.id), sqlText(info.title), sqlText(info.epoch), sqlInteger(info.head),
                        now, now, sqlBytes(document.requestHash), sqlText(foldedTitle(info.title))});
    if (!stored && stored.error().code == ErrorCode::alreadyExists) {
        // Another server has made it meanwhile.
        before = findCreated(connection, document);
        if (before && *before)
            return std::move(**before);
        return before ? stored.error() : before.error();
    }
    if (!stored)
        return stored.error();
    if (auto changes = insertChanges(connection, info.id, 1, timeMs, document.content); !changes)
        return changes.error();
    if (document.imported) {
        if (auto imported = insertImported(connection, info.id, *document.imported); !imported)
            return imported.error();
    }
    if (!document.ownerHash.empty()) {
        if (auto owned = insertOwnerLink(connection, info.id, document.ownerHash, timeMs); !owned)
            return owned.error();
    }
    return DocumentStore::Created{info, false};
}

Result<void> readSomething(SqlConnection& connection) {
    auto rows = connection.run("SELECT COUNT(*) FROM (SELECT id FROM documents LIMIT 1) AS some");
    if (!rows)
        return rows.error();
    if (rows->next())
        return {};
    return rows->fault();
}

Result<void> writeSomething(SqlConnection& connection, std::int64_t timeMs) {
    auto written = connection.run("REPLACE INTO write_probe (id, time_ms) VALUES (1, ?)",
                                  {sqlInteger(static_cast<std::uint64_t>(timeMs))});
    return written ? Result<void>() : written.error();
}

// They keep an order among themselves: a disk that takes long to write must not hold up other answers.
const DocumentId probes = "probes";

} // namespace

void SqlDocumentStore::create(NewDocument document, std::function<void(Result<Created>)> done) {
    const DocumentId id = document.id;
    m_calls.write<Created>(
        id,
        [this, document = std::move(document)](SqlConnection& connection) {
            return createDocument(connection, document, m_clock.wallMs());
        },
        std::move(done));
}

void SqlDocumentStore::find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) {
    m_calls.read<DocumentInfo>(
        id, [id](SqlConnection& connection) { return findDocument(connection, id); }, std::move(done));
}

void SqlDocumentStore::probe(std::function<void(Result<void>)> done) {
    m_calls.read<void>(probes, &readSomething,
                       [this, lately = m_health.lately(), done = std::move(done)](Result<void> read) {
                           if (!read || lately)
                               return done(read ? *lately : read);
                           const auto write = [this](SqlConnection& connection) {
                               return writeSomething(connection, m_clock.wallMs());
                           };
                           m_calls.write<void>(probes, write, done);
                       });
}

} // namespace tandem
