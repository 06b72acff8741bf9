// Whether the process lives and whether it can serve, for whoever watches it.
#pragma once

#include "bus/bus.h"
#include "http/router.h"
#include "storage/document_store.h"

namespace tandem {

// What /readyz looks at. Owned by main; all of it must outlive the router's use.
struct Readiness {
    DocumentStore& documents;
    const Bus& bus;
    bool stops = false; // takes nobody new
};

// Does the address tell of the process itself? These here, and /metrics.
bool isForWatchers(std::string_view path);

void addHealthRoutes(Router& router, const Readiness& readiness);

} // namespace tandem
