#include "storage/sql/version_names.h"

namespace tandem {

namespace {

// The newest version of a document that is there.
Result<Seq> newestOf(SqlConnection& connection, const DocumentId& document) {
    auto rows =
        connection.run("SELECT head FROM documents WHERE id = ? AND deleted_ms IS NULL", {sqlText(document)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return static_cast<Seq>(rows->integer(0));
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return Error{ErrorCode::notFound, "there is no document " + document};
}

Result<void> refuseTooMany(SqlConnection& connection, const DocumentId& document, Seq version) {
    auto rows = connection.run("SELECT COUNT(*) FROM named_versions WHERE document_id = ? AND version <> ?",
                               {sqlText(document), sqlInteger(version)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return rows->fault();
    if (static_cast<std::size_t>(rows->integer(0)) >= maxNamedVersions)
        return Error{ErrorCode::limitExceeded,
                     "at most " + std::to_string(maxNamedVersions) + " versions have a name"};
    return {};
}

} // namespace

Result<NamedVersion> storeName(SqlConnection& connection, const DocumentId& document,
                               std::optional<Seq> version, const std::string& label, std::int64_t timeMs) {
    const auto newest = newestOf(connection, document);
    if (!newest)
        return newest.error();
    const Seq wanted = version.value_or(*newest);
    if (wanted > *newest)
        return noSuchVersion(wanted, *newest);
    if (auto room = refuseTooMany(connection, document, wanted); !room)
        return room.error();
    auto stored = connection.run(
        "REPLACE INTO named_versions (document_id, version, label, named_ms) VALUES (?, ?, ?, ?)",
        {sqlText(document), sqlInteger(wanted), sqlText(label),
         sqlInteger(static_cast<std::uint64_t>(timeMs))});
    if (!stored)
        return stored.error();
    return NamedVersion{wanted, label, timeMs};
}

Result<void> deleteName(SqlConnection& connection, const DocumentId& document, Seq version) {
    if (auto newest = newestOf(connection, document); !newest)
        return newest.error();
    auto removed = connection.run("DELETE FROM named_versions WHERE document_id = ? AND version = ?",
                                  {sqlText(document), sqlInteger(version)});
    if (!removed)
        return removed.error();
    if (removed->affected() == 0)
        return Error{ErrorCode::notFound, "version " + std::to_string(version) + " has no name"};
    return {};
}

Result<std::vector<NamedVersion>> readNames(SqlConnection& connection, const DocumentId& document) {
    if (auto newest = newestOf(connection, document); !newest)
        return newest.error();
    auto rows = connection.run(
        "SELECT version, label, named_ms FROM named_versions WHERE document_id = ? ORDER BY version DESC",
        {sqlText(document)});
    if (!rows)
        return rows.error();
    std::vector<NamedVersion> names;
    while (rows->next())
        names.push_back({static_cast<Seq>(rows->integer(0)), rows->text(1), rows->integer(2)});
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return names;
}

} // namespace tandem
