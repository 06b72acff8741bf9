// Who gets in: turns what someone shows into rights, for every call and every socket. Lives on the event
// loop; owned by main; borrows the store and the clock.
#pragma once

#include "access/link_store.h"
#include "base/clock.h"

namespace tandem {

struct AccessPolicy {
    bool open = true;           // whoever reaches the server may do with documents what they like
    bool anyoneCreates = true;  // else only the admin
    bool anyoneSteers = true;   // jobs, and whom letters go to; else only the admin, and owners of documents
    std::string adminTokenHash; // SHA-256; empty: there is no admin
};

// What someone may do with one document, and why.
struct Grant {
    enum class Source { openAccess, link, adminToken };

    Role role = Role::viewer;
    Source source = Source::openAccess;
    LinkNumber link = 0;
    std::optional<std::int64_t> expiresMs = std::nullopt; // wall clock
};
// For the audit log: "link 3", "admin" or "anyone".
std::string nameOf(const Grant& grant);

// Hears which links give other rights from now on.
class GrantListener {
public:
    virtual ~GrantListener() = default;
    // No number: perhaps any of them.
    virtual void linkChanged(const DocumentId& document, std::optional<LinkNumber> link) = 0;
};

class Gate {
public:
    Gate(AccessPolicy policy, LinkStore& links, const Clock& clock)
        : m_policy(std::move(policy)), m_links(links), m_clock(clock) {}

    // Whoever comes may enter documents, without showing anything.
    bool isOpen() const { return m_policy.open; }

    using Done = std::function<void(Result<Grant>)>;
    // What the one who shows `token`, which may be empty, may do with the document. unauthenticated: nothing
    // was shown. notAllowed: the token does not open this document, or no longer, or there is no such
    // document.
    void admit(const DocumentId& document, const std::string& token, Done done) const;
    // Whether the one who shows `token` may do what needs `right`; `document` is for rights on documents.
    // Errors as above.
    void check(Right right, const DocumentId& document, const std::string& token, Done done) const;

    bool hasExpired(const Grant& grant) const {
        return grant.expiresMs && *grant.expiresMs <= m_clock.wallMs();
    }

private:
    bool isAdmin(const std::string& token) const;
    Result<Grant> checkServerRight(Right right, const std::string& token) const;

    const AccessPolicy m_policy;
    LinkStore& m_links;
    const Clock& m_clock;
};

} // namespace tandem
