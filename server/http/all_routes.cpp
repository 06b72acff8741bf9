#include "http/all_routes.h"

#include "http/page_routes.h"

namespace tandem {

namespace {
LinkAddress linkAddress(const RouteSurroundings& around) {
    using Secrets = LinkAddress::Secrets;
    return {around.publicUrl, around.gate.isOpen() ? Secrets::notNeeded : Secrets::needed};
}
} // namespace

AllRoutes::AllRoutes(const RouteSurroundings& around)
    : m_readiness(around.readiness)
    , m_measures(around.measures)
    , m_audit(around.audit, around.notes)
    , m_documents(around.documents, around.catalog, around.past, around.rooms, around.gate, m_audit,
                  around.random, linkAddress(around))
    , m_edits(around.documents, around.past, around.rooms, around.random)
    , m_past(around.documents, around.past, around.log)
    , m_links(around.links, m_audit, around.sockets, around.random, around.clock, linkAddress(around))
    , m_jobs(around.jobs, around.gate, m_audit, around.measures, around.random) {}

void AllRoutes::addTo(Router& router) {
    m_documents.addTo(router);
    m_edits.addTo(router);
    m_past.addTo(router);
    m_links.addTo(router);
    m_jobs.addTo(router);
    addHealthRoutes(router, m_readiness);
    addMetricsRoute(router, m_measures);
    addPageRoutes(router);
}

} // namespace tandem
