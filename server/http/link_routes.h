// The REST calls about share links (PROTOCOL.md, "REST"). Lives on the event loop; owned by main, which also
// owns what it borrows.
#pragma once

#include "access/gate.h"
#include "base/random.h"
#include "http/audit_trail.h"
#include "http/link_address.h"
#include "http/link_json.h"
#include "http/router.h"

namespace tandem {

class LinkRoutes {
public:
    // `sockets` hear of every change.
    LinkRoutes(LinkStore& links, AuditTrail& audit, GrantListener& sockets, Random& random,
               const Clock& clock, LinkAddress address)
        : m_links(links)
        , m_audit(audit)
        , m_sockets(sockets)
        , m_random(random)
        , m_clock(clock)
        , m_address(std::move(address)) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void create(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void list(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void change(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void revoke(const HttpRequest& request, const DocumentId& id, HttpRespond respond);

    LinkStore& m_links;
    AuditTrail& m_audit;
    GrantListener& m_sockets;
    Random& m_random;
    const Clock& m_clock;
    const LinkAddress m_address;
};

} // namespace tandem
