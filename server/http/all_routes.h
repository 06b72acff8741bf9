// Every address that the server answers over HTTP, but for the WebSockets'. Lives on the event loop; owned by
// main, which also owns what it borrows.
#pragma once

#include "http/document_routes.h"
#include "http/edit_routes.h"
#include "http/past_routes.h"

namespace tandem {

// What the routes work on.
struct RouteSurroundings {
    DocumentStore& documents;
    DocumentCatalog& catalog;
    DocumentPast& past;
    OpLog& log;
    RoomDirectory& rooms;
    Random& random;
    const Log& notes;
};

class AllRoutes {
public:
    explicit AllRoutes(const RouteSurroundings& around);

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    DocumentStore& m_store;
    DocumentRoutes m_documents;
    EditRoutes m_edits;
    PastRoutes m_past;
};

} // namespace tandem
