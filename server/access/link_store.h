// Share links of documents. Of their secrets only the SHA-256 is kept. Threads and callbacks as in
// storage/op_log.h.
#pragma once

#include "access/permission.h"
#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tandem {

using LinkNumber = std::uint64_t;

struct NewLink {
    Role role = Role::viewer;
    std::string label;                     // cleaned, may be empty
    std::optional<std::int64_t> expiresMs; // nothing: never
    std::string secretHash;
};

struct ShareLink {
    LinkNumber number = 0; // from 1, never used again in its document
    Role role = Role::viewer;
    std::string label;
    std::optional<std::int64_t> expiresMs;
    std::int64_t createdMs = 0;

    bool hasExpired(std::int64_t nowMs) const { return expiresMs && *expiresMs <= nowMs; }
};

// What is to be another; the rest stays.
struct LinkChange {
    std::optional<Role> role;
    std::optional<std::string> label;
    std::optional<std::optional<std::int64_t>> expiresMs;
};

class LinkStore {
public:
    virtual ~LinkStore() = default;

    // notFound: there is no such document, or it is in the bin. limitExceeded: limits::linksPerDocument.
    // alreadyExists: the document has a link with this secret, or had one.
    virtual void add(DocumentId document, NewLink link, std::function<void(Result<ShareLink>)> done) = 0;
    // Those that are not revoked, the oldest first, expired ones as well. notFound.
    virtual void list(DocumentId document, std::function<void(Result<std::vector<ShareLink>>)> done) = 0;
    // notFound. conditionFailed: nobody would own the document any more.
    virtual void change(DocumentId document, LinkNumber number, LinkChange change,
                        std::function<void(Result<ShareLink>)> done) = 0;
    // The same errors.
    virtual void revoke(DocumentId document, LinkNumber number, std::function<void(Result<void>)> done) = 0;

    // The link with this secret; nothing when there is none, or it is revoked. Whether the document is in the
    // bin does not matter.
    virtual void find(DocumentId document, std::string secretHash,
                      std::function<void(Result<std::optional<ShareLink>>)> done) = 0;
};

} // namespace tandem
