// Share links as REST shows them and takes them. Pure. Errors as in document_json.h.
#pragma once

#include "access/link_store.h"

#include <string_view>

namespace tandem {

// What makes a secret of the client's own good enough: at least 128 bits in base64url.
bool isSecret(std::string_view text);

// A link as whoever gets it needs it, which is only told once.
struct OpenLink {
    ShareLink link;
    std::string secret;
    std::string url;
};

// The body of POST /v1/docs/{id}/links, without a secret.
Result<NewLink> parseNewLink(std::string_view body, std::int64_t nowMs);
// The body of PATCH /v1/docs/{id}/links/{number}.
Result<LinkChange> parseLinkChange(std::string_view body, std::int64_t nowMs);

std::string linkJson(const ShareLink& link);
std::string linksJson(const std::vector<ShareLink>& links);
std::string openLinkJson(const OpenLink& link);

} // namespace tandem
