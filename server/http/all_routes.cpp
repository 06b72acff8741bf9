#include "http/all_routes.h"

#include "http/health_routes.h"
#include "http/page_routes.h"

namespace tandem {

AllRoutes::AllRoutes(const RouteSurroundings& around)
    : m_store(around.documents)
    , m_documents(around.documents, around.catalog, around.past, around.rooms, around.random, around.notes)
    , m_edits(around.documents, around.past, around.rooms, around.random)
    , m_past(around.documents, around.past, around.log) {}

void AllRoutes::addTo(Router& router) {
    m_documents.addTo(router);
    m_edits.addTo(router);
    m_past.addTo(router);
    addHealthRoutes(router, m_store);
    addPageRoutes(router);
}

} // namespace tandem
