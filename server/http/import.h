// Documents made from files of other kinds. Pure.
#pragma once

#include "http/document_json.h"
#include "http/http_message.h"

#include <variant>

namespace tandem {

// From the body of POST /v1/docs/import: text/plain, text/markdown or text/html in UTF-8. The title is the
// parameter `title`, else that of the page, else the first line. A 415 or 400 otherwise.
std::variant<DocumentRequest, HttpResponse> importedDocument(const HttpRequest& request);

} // namespace tandem
