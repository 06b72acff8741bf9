// Entity tags (RFC 9110, 8.8.3) of documents: `"version.metaRevision"`. Pure.
#pragma once

#include "storage/document_catalog.h"

namespace tandem {

std::string etagOf(const DocumentInfo& info);
std::string etagOf(const DocumentRevision& revision);

// Does the If-None-Match header name it? "*" names every document; weak tags count as well.
bool isNamedIn(std::string_view ifNoneMatch, const DocumentRevision& revision);

// What an If-Match header allows; nothing for "*", an empty list when it names no revision of ours.
DocumentCatalog::Expected expectedBy(std::string_view ifMatch);

} // namespace tandem
