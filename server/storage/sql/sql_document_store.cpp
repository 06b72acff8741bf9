#include "storage/sql/sql_document_store.h"

#include "base/base64url.h"
#include "storage/sql/sql_op_log.h"

#include <charconv>
#include <limits>

namespace tandem {

namespace {

// The last document of a page: the next one begins after it.
struct PagePlace {
    std::int64_t createdMs = std::numeric_limits<std::int64_t>::max();
    DocumentId id;
};

std::string encodeCursor(const DocumentInfo& last) {
    return toBase64Url(std::to_string(last.createdMs) + ":" + last.id);
}

Result<PagePlace> decodeCursor(std::string_view cursor) {
    const Error malformed{ErrorCode::malformed, "the cursor is not one that this server gave"};
    const auto text = fromBase64Url(cursor);
    if (!text)
        return malformed;
    PagePlace place;
    const char* const end = text->data() + text->size();
    const auto [colon, fault] = std::from_chars(text->data(), end, place.createdMs);
    if (fault != std::errc() || colon == end || *colon != ':')
        return malformed;
    place.id.assign(colon + 1, end);
    if (!isDocumentId(place.id))
        return malformed;
    return place;
}

DocumentInfo documentIn(const SqlRows& row) {
    return {row.text(0),    row.text(1),   row.text(2), static_cast<Seq>(row.integer(3)),
            row.integer(4), row.integer(5)};
}

Result<DocumentInfo> findDocument(SqlConnection& connection, const DocumentId& id) {
    auto rows = connection.run(
        "SELECT id, title, epoch, head, created_ms, updated_ms FROM documents WHERE id = ?", {sqlText(id)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return documentIn(*rows);
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return Error{ErrorCode::notFound, "There is no document with this id."};
}

Result<DocumentStore::Created> createDocument(SqlConnection& connection, const NewDocument& document,
                                              std::int64_t timeMs) {
    {
        auto same = connection.run("SELECT request_hash FROM documents WHERE id = ?", {sqlText(document.id)});
        if (!same)
            return same.error();
        if (same->next()) {
            if (same->bytes(0) != document.requestHash)
                return Error{ErrorCode::alreadyExists, "Another document has this id."};
            auto existing = findDocument(connection, document.id);
            if (!existing)
                return existing.error();
            return DocumentStore::Created{std::move(*existing), true};
        }
        if (auto fault = same->fault(); !fault)
            return fault.error();
    }
    const DocumentInfo info{document.id, document.title, document.epoch, document.content.size(),
                            timeMs,      timeMs};
    const QVariant now = sqlInteger(static_cast<std::uint64_t>(timeMs));
    auto stored = connection.run("INSERT INTO documents (id, title, epoch, head, created_ms, updated_ms, "
                                 "request_hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                 {sqlText(info.id), sqlText(info.title), sqlText(info.epoch),
                                  sqlInteger(info.head), now, now, sqlBytes(document.requestHash)});
    if (!stored)
        return stored.error();
    if (auto changes = insertChanges(connection, info.id, 1, timeMs, document.content); !changes)
        return changes.error();
    return DocumentStore::Created{info, false};
}

Result<DocumentPage> listDocuments(SqlConnection& connection, std::size_t limit, const PagePlace& after) {
    const QVariant createdMs = sqlInteger(static_cast<std::uint64_t>(after.createdMs));
    auto rows = connection.run("SELECT id, title, epoch, head, created_ms, updated_ms FROM documents "
                               "WHERE created_ms < ? OR (created_ms = ? AND id < ?) "
                               "ORDER BY created_ms DESC, id DESC LIMIT ?",
                               {createdMs, createdMs, sqlText(after.id), sqlInteger(limit + 1)});
    if (!rows)
        return rows.error();
    DocumentPage page;
    while (rows->next()) {
        if (page.documents.size() == limit) {
            page.next = encodeCursor(page.documents.back());
            return page;
        }
        page.documents.push_back(documentIn(*rows));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return page;
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

// Questions about no document in particular keep an order among themselves; a disk that takes long to write
// must not hold up the list.
const DocumentId noDocument;
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

void SqlDocumentStore::list(std::size_t limit, std::optional<std::string> cursor,
                            std::function<void(Result<DocumentPage>)> done) {
    const auto work = [limit, cursor = std::move(cursor)](SqlConnection& connection) -> Result<DocumentPage> {
        const auto place = cursor ? decodeCursor(*cursor) : Result<PagePlace>(PagePlace());
        if (!place)
            return place.error();
        return listDocuments(connection, limit, *place);
    };
    m_calls.read<DocumentPage>(noDocument, work, std::move(done));
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
