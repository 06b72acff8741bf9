// Every address that the server answers over HTTP, but for the WebSockets'. Lives on the event loop; owned by
// main, which also owns what it borrows.
#pragma once

#include "http/document_routes.h"
#include "http/edit_routes.h"
#include "http/health_routes.h"
#include "http/job_routes.h"
#include "http/link_routes.h"
#include "http/metrics_route.h"
#include "http/past_routes.h"

namespace tandem {

// What the routes work on.
struct RouteSurroundings {
    const Readiness& readiness;
    PrometheusMeasures& measures;
    DocumentStore& documents;
    DocumentCatalog& catalog;
    DocumentPast& past;
    OpLog& log;
    LinkStore& links;
    AuditLog& audit;
    RoomDirectory& rooms;
    const Gate& gate;
    GrantListener& sockets;
    const Clock& clock;
    Random& random;
    const Log& notes;
    JobRoutes::Parts jobs;
    std::string publicUrl; // may be empty
};

class AllRoutes {
public:
    explicit AllRoutes(const RouteSurroundings& around);

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    const Readiness& m_readiness;
    PrometheusMeasures& m_measures;
    AuditTrail m_audit;
    DocumentRoutes m_documents;
    EditRoutes m_edits;
    PastRoutes m_past;
    LinkRoutes m_links;
    JobRoutes m_jobs;
};

} // namespace tandem
