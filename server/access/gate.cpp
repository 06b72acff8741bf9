#include "access/gate.h"

#include "access/token.h"

namespace tandem {

namespace {

Error refusal(const std::string& token, std::string sentence) {
    if (token.empty())
        return {ErrorCode::unauthenticated, std::move(sentence)};
    return {ErrorCode::notAllowed, std::move(sentence)};
}

bool isOnDocuments(Right right) {
    return right == Right::read || right == Right::edit || right == Right::own || right == Right::mail;
}

} // namespace

std::string nameOf(const Grant& grant) {
    switch (grant.source) {
    case Grant::Source::openAccess:
        return "anyone";
    case Grant::Source::link:
        return "link " + std::to_string(grant.link);
    case Grant::Source::adminToken:
        return "admin";
    }
    return "anyone";
}

bool Gate::isAdmin(const std::string& token) const {
    return !m_policy.adminTokenHash.empty() && equalSecrets(sha256(token), m_policy.adminTokenHash);
}

void Gate::admit(const DocumentId& document, const std::string& token, Done done) const {
    if (isAdmin(token))
        return done(Grant{Role::owner, Grant::Source::adminToken});
    if (m_policy.open)
        return done(Grant{Role::editor, Grant::Source::openAccess});
    if (token.empty())
        return done(Error{ErrorCode::unauthenticated, "This document opens with a share link only."});
    m_links.find(document, sha256(token),
                 [this, done = std::move(done)](const Result<std::optional<ShareLink>>& link) {
                     if (!link)
                         return done(link.error());
                     if (!*link || (*link)->hasExpired(m_clock.wallMs()))
                         return done(Error{ErrorCode::notAllowed,
                                           "This link does not open the document, or no longer does."});
                     done(Grant{(*link)->role, Grant::Source::link, (*link)->number, (*link)->expiresMs});
                 });
}

void Gate::check(Right right, const DocumentId& document, const std::string& token, Done done) const {
    if (!isOnDocuments(right))
        return done(checkServerRight(right, token));
    admit(document, token, [this, right, done = std::move(done)](const Result<Grant>& grant) {
        const bool isAnyone = grant && grant->source == Grant::Source::openAccess;
        if (isAnyone && right == Right::mail && !m_policy.anyoneSteers)
            return done(Error{ErrorCode::notAllowed, "Only the admin has letters sent from this server."});
        if (grant && !isAnyone && !may(grant->role, right))
            return done(Error{ErrorCode::notAllowed, "This link is for " + std::string(wordFor(grant->role)) +
                                                         "s: it does not allow that."});
        done(grant);
    });
}

Result<Grant> Gate::checkServerRight(Right right, const std::string& token) const {
    if (isAdmin(token))
        return Grant{Role::owner, Grant::Source::adminToken};
    const Grant anyone{Role::editor, Grant::Source::openAccess};
    if (right == Right::none || (right == Right::create && m_policy.anyoneCreates) ||
        (right == Right::list && m_policy.open) || (right == Right::jobs && m_policy.anyoneSteers))
        return anyone;
    switch (right) {
    case Right::create:
        return refusal(token, "Only the admin makes documents on this server.");
    case Right::list:
        return refusal(token, "Only the admin sees which documents there are.");
    case Right::jobs:
        return refusal(token, "Only the admin sees and steers jobs, but for those of a document.");
    default:
        return refusal(token, "This is for the admin only.");
    }
}

} // namespace tandem
