// How a LocalStore tells documents apart, and what opens them again: those of servers by their address, those
// that no server has by an id of their own. The latter are DocumentUrls without a server. Plain functions.
#pragma once

#include "base/ids.h"
#include "qt/document_url.h"

namespace tandem {

inline bool isLocalOnly(const DocumentUrl& document) {
    return document.server.isEmpty();
}
DocumentUrl makeLocalOnly(Random& random);

// Both without the secret, which is in the keychain.
QString storeKeyOf(const DocumentUrl& document);
QString storeLinkOf(const DocumentUrl& document);
std::optional<DocumentUrl> documentOfStoreLink(const QString& link);

} // namespace tandem
