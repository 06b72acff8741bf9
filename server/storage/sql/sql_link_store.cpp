#include "storage/sql/sql_link_store.h"

#include "protocol/limits.h"
#include "storage/sql/document_rows.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr const char* selectLinks = "SELECT number, role, label, created_ms, expires_ms FROM links "
                                    "WHERE document_id = ? AND revoked_ms = 0 ORDER BY number";

QVariant sqlExpiry(const std::optional<std::int64_t>& ms) {
    return sqlTime(ms.value_or(0));
}

Result<ShareLink> linkIn(const SqlRows& row) {
    ShareLink link;
    link.number = static_cast<LinkNumber>(row.integer(0));
    const auto role = roleFor(row.text(1));
    if (!role)
        return Error{ErrorCode::internal, "a share link has an unknown role"};
    link.role = *role;
    link.label = row.text(2);
    link.createdMs = row.integer(3);
    if (const std::int64_t expiresMs = row.integer(4); expiresMs > 0)
        link.expiresMs = expiresMs;
    return link;
}

Result<std::vector<ShareLink>> linksIn(Result<SqlRows> rows) {
    if (!rows)
        return rows.error();
    std::vector<ShareLink> links;
    while (rows->next()) {
        auto link = linkIn(*rows);
        if (!link)
            return link.error();
        links.push_back(std::move(*link));
    }
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return links;
}

Result<std::vector<ShareLink>> listLinks(SqlConnection& connection, const DocumentId& document) {
    if (auto info = findDocument(connection, document); !info)
        return info.error();
    return linksIn(connection.run(selectLinks, {sqlText(document)}));
}

Result<std::int64_t> highestNumber(SqlConnection& connection, const DocumentId& document) {
    auto rows = connection.run("SELECT COALESCE(MAX(number), 0) FROM links WHERE document_id = ?",
                               {sqlText(document)});
    if (!rows)
        return rows.error();
    if (!rows->next())
        return rows->fault() ? Error{ErrorCode::internal, "the links cannot be counted"}
                             : rows->fault().error();
    return rows->integer(0);
}

Result<void> insertLink(SqlConnection& connection, const DocumentId& document, LinkNumber number,
                        const NewLink& link, std::int64_t timeMs) {
    auto stored =
        connection.run("INSERT INTO links (document_id, number, secret_hash, role, label, created_ms, "
                       "expires_ms, revoked_ms) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                       {sqlText(document), sqlInteger(number), sqlBytes(link.secretHash),
                        sqlText(std::string(wordFor(link.role))), sqlText(link.label), sqlTime(timeMs),
                        sqlExpiry(link.expiresMs)});
    return stored ? Result<void>() : stored.error();
}

Result<ShareLink> addLink(SqlConnection& connection, const DocumentId& document, const NewLink& link,
                          std::int64_t timeMs) {
    const auto present = listLinks(connection, document);
    if (!present)
        return present.error();
    if (present->size() >= limits::linksPerDocument)
        return Error{ErrorCode::limitExceeded,
                     "A document has at most " + std::to_string(limits::linksPerDocument) + " share links."};
    const auto highest = highestNumber(connection, document);
    if (!highest)
        return highest.error();
    auto swept = connection.run("DELETE FROM links WHERE document_id = ? AND revoked_ms > 0 AND number < ?",
                                {sqlText(document), sqlTime(*highest)});
    if (!swept)
        return swept.error();
    const LinkNumber number = static_cast<LinkNumber>(*highest) + 1;
    if (auto stored = insertLink(connection, document, number, link, timeMs); !stored)
        return stored.error();
    return ShareLink{number, link.role, link.label, link.expiresMs, timeMs};
}

// The link, if someone else will own the document when this one does not.
Result<ShareLink> replaceable(SqlConnection& connection, const DocumentId& document, LinkNumber number,
                              bool ownsOn, std::int64_t timeMs) {
    const auto links = listLinks(connection, document);
    if (!links)
        return links.error();
    const auto link = std::find_if(links->begin(), links->end(),
                                   [&](const ShareLink& one) { return one.number == number; });
    if (link == links->end())
        return Error{ErrorCode::notFound, "The document has no share link with this number."};
    const bool othersOwn = std::any_of(links->begin(), links->end(), [&](const ShareLink& one) {
        return one.number != number && one.role == Role::owner && !one.hasExpired(timeMs);
    });
    if (link->role == Role::owner && !ownsOn && !othersOwn)
        return Error{ErrorCode::conditionFailed, "The last link of an owner stays: make another one first."};
    return *link;
}

// Other servers look at the document's revision.
Result<void> noteChange(SqlConnection& connection, const DocumentId& document) {
    auto noted = connection.run("UPDATE documents SET access_revision = access_revision + 1 WHERE id = ?",
                                {sqlText(document)});
    return noted ? Result<void>() : noted.error();
}

Result<ShareLink> changeLink(SqlConnection& connection, const DocumentId& document, LinkNumber number,
                             const LinkChange& change, std::int64_t timeMs) {
    const bool ownsOn = change.role.value_or(Role::owner) == Role::owner &&
                        !change.expiresMs.value_or(std::nullopt).has_value();
    auto link = replaceable(connection, document, number, ownsOn, timeMs);
    if (!link)
        return link;
    link->role = change.role.value_or(link->role);
    link->label = change.label.value_or(link->label);
    link->expiresMs = change.expiresMs.value_or(link->expiresMs);
    auto stored = connection.run(
        "UPDATE links SET role = ?, label = ?, expires_ms = ? WHERE document_id = ? AND number = ?",
        {sqlText(std::string(wordFor(link->role))), sqlText(link->label), sqlExpiry(link->expiresMs),
         sqlText(document), sqlInteger(number)});
    if (!stored)
        return stored.error();
    if (auto noted = noteChange(connection, document); !noted)
        return noted.error();
    return link;
}

Result<void> revokeLink(SqlConnection& connection, const DocumentId& document, LinkNumber number,
                        std::int64_t timeMs) {
    if (auto link = replaceable(connection, document, number, false, timeMs); !link)
        return link.error();
    auto revoked = connection.run("UPDATE links SET revoked_ms = ? WHERE document_id = ? AND number = ?",
                                  {sqlTime(timeMs), sqlText(document), sqlInteger(number)});
    return revoked ? noteChange(connection, document) : revoked.error();
}

Result<std::optional<ShareLink>> findLink(SqlConnection& connection, const DocumentId& document,
                                          const std::string& secretHash) {
    auto links = linksIn(connection.run("SELECT number, role, label, created_ms, expires_ms FROM links "
                                        "WHERE document_id = ? AND secret_hash = ? AND revoked_ms = 0",
                                        {sqlText(document), sqlBytes(secretHash)}));
    if (!links)
        return links.error();
    return links->empty() ? std::optional<ShareLink>() : std::move(links->front());
}

} // namespace

Result<void> insertOwnerLink(SqlConnection& connection, const DocumentId& document,
                             const std::string& secretHash, std::int64_t timeMs) {
    return insertLink(connection, document, 1, {Role::owner, {}, std::nullopt, secretHash}, timeMs);
}

void SqlLinkStore::add(DocumentId document, NewLink link, std::function<void(Result<ShareLink>)> done) {
    m_calls.change<ShareLink>(
        document,
        [this, document, link = std::move(link)](SqlConnection& connection) {
            return addLink(connection, document, link, m_clock.wallMs());
        },
        std::move(done));
}

void SqlLinkStore::list(DocumentId document, std::function<void(Result<std::vector<ShareLink>>)> done) {
    m_calls.read<std::vector<ShareLink>>(
        document, [document](SqlConnection& connection) { return listLinks(connection, document); },
        std::move(done));
}

void SqlLinkStore::change(DocumentId document, LinkNumber number, LinkChange change,
                          std::function<void(Result<ShareLink>)> done) {
    m_calls.change<ShareLink>(
        document,
        [this, document, number, change = std::move(change)](SqlConnection& connection) {
            return changeLink(connection, document, number, change, m_clock.wallMs());
        },
        std::move(done));
}

void SqlLinkStore::revoke(DocumentId document, LinkNumber number, std::function<void(Result<void>)> done) {
    m_calls.change<void>(
        document,
        [this, document, number](SqlConnection& connection) {
            return revokeLink(connection, document, number, m_clock.wallMs());
        },
        std::move(done));
}

void SqlLinkStore::find(DocumentId document, std::string secretHash,
                        std::function<void(Result<std::optional<ShareLink>>)> done) {
    m_calls.read<std::optional<ShareLink>>(
        document,
        [document, secretHash = std::move(secretHash)](SqlConnection& connection) {
            return findLink(connection, document, secretHash);
        },
        std::move(done));
}

} // namespace tandem
