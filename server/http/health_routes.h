// Whether the process lives and whether it can serve, for whoever watches it.
#pragma once

#include "http/router.h"
#include "storage/document_store.h"

namespace tandem {

// `documents` must outlive the router's use.
void addHealthRoutes(Router& router, DocumentStore& documents);

} // namespace tandem
