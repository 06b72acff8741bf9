// Documents as REST shows them and takes them. Pure.
#pragma once

#include "storage/document_store.h"

namespace tandem {

struct DocumentRequest {
    std::string title; // cleaned
    std::u32string text;
    std::optional<DocumentId> id;
};

// The body of POST /v1/docs. malformed, invalidArgument, limitExceeded; the detail is a sentence that names
// the field.
Result<DocumentRequest> parseDocumentRequest(std::string_view body);

// The same for the same title and text.
std::string requestHash(const DocumentRequest& request);

// `text` is UTF-8.
std::string documentJson(const DocumentInfo& info, std::string_view text);
std::string pageJson(const DocumentPage& page);

} // namespace tandem
