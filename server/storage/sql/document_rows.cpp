#include "storage/sql/document_rows.h"

#include "base/base64url.h"

#include <charconv>
#include <limits>

namespace tandem {

DocumentInfo documentIn(const SqlRows& row) {
    DocumentInfo info;
    info.id = row.text(0);
    info.title = row.text(1);
    info.epoch = row.text(2);
    info.head = static_cast<Seq>(row.integer(3));
    info.createdMs = row.integer(4);
    info.updatedMs = row.integer(5);
    info.metaRevision = static_cast<std::uint64_t>(row.integer(6));
    info.deletedMs = row.integer(7);
    info.accessRevision = static_cast<std::uint64_t>(row.integer(8));
    return info;
}

Result<void> lockDocument(SqlConnection& connection, const DocumentId& id) {
    if (!connection.dialect().lockDocument)
        return {};
    auto locked = connection.run(connection.dialect().lockDocument, {sqlText(id)});
    return locked ? Result<void>() : locked.error();
}

Result<DocumentInfo> findAnywhere(SqlConnection& connection, const DocumentId& id) {
    auto rows =
        connection.run("SELECT " TANDEM_DOCUMENT_COLUMNS " FROM documents WHERE id = ?", {sqlText(id)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return documentIn(*rows);
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return Error{ErrorCode::notFound, "There is no document with this id."};
}

Result<DocumentInfo> findDocument(SqlConnection& connection, const DocumentId& id) {
    auto found = findAnywhere(connection, id);
    if (found && found->deletedMs > 0)
        return Error{ErrorCode::notFound, "The document is in the bin."};
    return found;
}

std::string foldedTitle(const std::string& title) {
    return QString::fromStdString(title).toCaseFolded().toStdString();
}

PagePlace PagePlace::beforeAll() {
    return {std::numeric_limits<std::int64_t>::max(), {}};
}

std::string PagePlace::cursor() const {
    return toBase64Url(std::to_string(createdMs) + ":" + id);
}

Result<PagePlace> PagePlace::read(std::string_view cursor) {
    const Error malformed{ErrorCode::malformed, "The cursor is not one that this server gave."};
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

} // namespace tandem
