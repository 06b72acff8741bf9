#include "storage/sql/sql_document_catalog.h"

#include "storage/sql/document_rows.h"
#include "storage/sql/job_rows.h"
#include "storage/sql/sql_audit_log.h"

#include <algorithm>

namespace tandem {

namespace {

Result<void> runAll(SqlConnection& connection, std::initializer_list<const char*> statements,
                    const QVariantList& values) {
    for (const char* statement : statements) {
        if (auto done = connection.run(statement, values); !done)
            return done.error();
    }
    return {};
}

Result<DocumentPage> listDocuments(SqlConnection& connection, const DocumentQuery& query,
                                   const PagePlace& after) {
    constexpr auto present = "SELECT " TANDEM_DOCUMENT_COLUMNS " FROM documents "
                             "WHERE deleted_ms IS NULL AND INSTR(title_folded, ?) > 0 "
                             "AND (created_ms < ? OR (created_ms = ? AND id < ?)) "
                             "ORDER BY created_ms DESC, id DESC LIMIT ?";
    constexpr auto deleted = "SELECT " TANDEM_DOCUMENT_COLUMNS " FROM documents "
                             "WHERE deleted_ms IS NOT NULL AND INSTR(title_folded, ?) > 0 "
                             "AND (created_ms < ? OR (created_ms = ? AND id < ?)) "
                             "ORDER BY created_ms DESC, id DESC LIMIT ?";
    const QVariant createdMs = sqlTime(after.createdMs);
    auto rows = connection.run(query.deleted ? deleted : present,
                               {sqlText(foldedTitle(query.inTitle)), createdMs, createdMs, sqlText(after.id),
                                sqlInteger(query.limit + 1)});
    if (!rows)
        return rows.error();
    DocumentPage page;
    while (rows->next()) {
        if (page.documents.size() == query.limit) {
            page.next = PagePlace::of(page.documents.back()).cursor();
            return page;
        }
        page.documents.push_back(documentIn(*rows));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return page;
}

Result<void> check(const DocumentInfo& info, const DocumentCatalog::Expected& expected) {
    const DocumentRevision present{info.head, info.metaRevision};
    if (expected && std::find(expected->begin(), expected->end(), present) == expected->end())
        return Error{ErrorCode::conditionFailed, "The document has changed meanwhile."};
    return {};
}

Result<DocumentInfo> renameDocument(SqlConnection& connection, const DocumentId& id, const std::string& title,
                                    const DocumentCatalog::Expected& expected, std::int64_t timeMs) {
    auto info = findDocument(connection, id);
    if (!info)
        return info;
    if (auto checked = check(*info, expected); !checked)
        return checked.error();
    if (info->title == title)
        return info;
    auto renamed =
        connection.run("UPDATE documents SET title = ?, title_folded = ?, updated_ms = ?, "
                       "meta_revision = meta_revision + 1 WHERE id = ?",
                       {sqlText(title), sqlText(foldedTitle(title)), sqlTime(timeMs), sqlText(id)});
    if (!renamed)
        return renamed.error();
    return findDocument(connection, id);
}

Result<DocumentInfo> binDocument(SqlConnection& connection, const DocumentId& id,
                                 const DocumentCatalog::Expected& expected, std::int64_t timeMs) {
    auto info = findDocument(connection, id);
    if (!info)
        return info;
    if (auto checked = check(*info, expected); !checked)
        return checked.error();
    auto moved =
        connection.run("UPDATE documents SET deleted_ms = ?, meta_revision = meta_revision + 1 WHERE id = ?",
                       {sqlTime(timeMs), sqlText(id)});
    if (!moved)
        return moved.error();
    return findAnywhere(connection, id);
}

Result<DocumentInfo> restoreDocument(SqlConnection& connection, const DocumentId& id, std::int64_t timeMs) {
    auto info = findAnywhere(connection, id);
    if (!info || info->deletedMs == 0)
        return info;
    if (timeMs - info->deletedMs > binKeepsMs)
        return Error{ErrorCode::notFound, "The document has been in the bin for too long."};
    auto restored = connection.run(
        "UPDATE documents SET deleted_ms = NULL, meta_revision = meta_revision + 1 WHERE id = ?",
        {sqlText(id)});
    if (!restored)
        return restored.error();
    return findDocument(connection, id);
}

Result<void> purgeDocument(SqlConnection& connection, const DocumentId& id) {
    if (auto deleted = deleteJobsOf(connection, id); !deleted)
        return deleted;
    return runAll(
        connection,
        {"DELETE FROM snapshots WHERE document_id = ?", "DELETE FROM snapshot_parts WHERE document_id = ?",
         "DELETE FROM segments WHERE document_id = ?", "DELETE FROM packed_counters WHERE document_id = ?",
         "DELETE FROM packed_edit_ids WHERE document_id = ?", "DELETE FROM changes WHERE document_id = ?",
         "DELETE FROM replicas WHERE document_id = ?", "DELETE FROM named_versions WHERE document_id = ?",
         "DELETE FROM links WHERE document_id = ?", "DELETE FROM documents WHERE id = ?"},
        {sqlText(id)});
}

// Another server may have purged or restored it since it was found.
Result<bool> purgeIfExpired(SqlConnection& connection, const DocumentId& id, std::int64_t nowMs) {
    const std::int64_t beforeMs = nowMs - binKeepsMs;
    if (auto locked = lockDocument(connection, id); !locked)
        return locked.error();
    const auto info = findAnywhere(connection, id);
    if (!info)
        return info.error().code == ErrorCode::notFound ? Result<bool>(false) : info.error();
    if (info->deletedMs == 0 || info->deletedMs >= beforeMs)
        return false;
    if (auto purged = purgeDocument(connection, id); !purged)
        return purged.error();
    const AuditEntry entry{nowMs, id, "document purged", "server", "its time in the bin was over", {}};
    if (auto told = insertAuditEntry(connection, entry); !told)
        return told.error();
    return true;
}

Result<std::vector<DocumentId>> expiredDocuments(SqlConnection& connection, std::int64_t beforeMs,
                                                 std::size_t most) {
    auto rows = connection.run("SELECT id FROM documents WHERE deleted_ms < ? ORDER BY deleted_ms LIMIT ?",
                               {sqlTime(beforeMs), sqlInteger(most)});
    if (!rows)
        return rows.error();
    std::vector<DocumentId> ids;
    while (rows->next())
        ids.push_back(rows->text(0));
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return ids;
}

} // namespace

void SqlDocumentCatalog::list(DocumentQuery query, std::function<void(Result<DocumentPage>)> done) {
    const auto work = [query = std::move(query)](SqlConnection& connection) -> Result<DocumentPage> {
        const auto place =
            query.cursor ? PagePlace::read(*query.cursor) : Result<PagePlace>(PagePlace::beforeAll());
        if (!place)
            return place.error();
        return listDocuments(connection, query, *place);
    };
    // Of no document in particular: no answer waits for this one.
    m_calls.read<DocumentPage>({}, work, std::move(done));
}

void SqlDocumentCatalog::rename(DocumentId id, std::string title, Expected expected,
                                std::function<void(Result<DocumentInfo>)> done) {
    m_calls.change<DocumentInfo>(
        id,
        [this, id, title = std::move(title), expected](SqlConnection& connection) {
            return renameDocument(connection, id, title, expected, m_clock.wallMs());
        },
        std::move(done));
}

void SqlDocumentCatalog::moveToBin(DocumentId id, Expected expected,
                                   std::function<void(Result<DocumentInfo>)> done) {
    m_calls.change<DocumentInfo>(
        id,
        [this, id, expected](SqlConnection& connection) {
            return binDocument(connection, id, expected, m_clock.wallMs());
        },
        std::move(done));
}

void SqlDocumentCatalog::restore(DocumentId id, std::function<void(Result<DocumentInfo>)> done) {
    m_calls.change<DocumentInfo>(
        id,
        [this, id](SqlConnection& connection) { return restoreDocument(connection, id, m_clock.wallMs()); },
        std::move(done));
}

void SqlDocumentCatalog::purge(DocumentId id, Expected expected, std::function<void(Result<void>)> done) {
    m_calls.change<void>(
        id,
        [id, expected](SqlConnection& connection) -> Result<void> {
            const auto info = findAnywhere(connection, id);
            if (!info)
                return info.error();
            if (auto checked = check(*info, expected); !checked)
                return checked;
            return purgeDocument(connection, id);
        },
        std::move(done));
}

void SqlDocumentCatalog::purgeExpired(std::size_t most, std::function<void(Result<std::size_t>)> done) {
    const auto work = [this, most](SqlConnection& connection) -> Result<std::size_t> {
        const std::int64_t nowMs = m_clock.wallMs();
        const auto ids = expiredDocuments(connection, nowMs - binKeepsMs, most);
        if (!ids)
            return ids.error();
        std::size_t purged = 0;
        for (const DocumentId& id : *ids) {
            const auto gone = purgeIfExpired(connection, id, nowMs);
            if (!gone)
                return gone.error();
            purged += *gone ? 1 : 0;
        }
        return purged;
    };
    m_calls.write<std::size_t>({}, work, std::move(done));
}

} // namespace tandem
