// The calls of the server's REST interface that the commands need. Each waits for its answer in an event loop
// of its own.
#pragma once

#include "base/result.h"
#include "qt/document_url.h"

#include <string>

namespace tandem::rest {

// `notFound`, `notAllowed`, `unavailable` (no server there) or `internal`, with a sentence.
Result<DocumentUrl> createDocument(const QUrl& server, const std::string& title, const std::string& text);
Result<std::string> fetchText(const DocumentUrl& document);

} // namespace tandem::rest
