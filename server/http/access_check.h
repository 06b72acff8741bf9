// Asks the gate whether a request may do what its call needs, before anything else of it is looked at: the
// one place where REST calls are let in. Lives on the event loop; owned by main; borrows the rest.
#pragma once

#include "access/gate.h"
#include "http/repeated_requests.h"

namespace tandem {

class AccessCheck {
public:
    AccessCheck(const Gate& gate, const Router& router, RepeatedRequests& next)
        : m_gate(gate), m_router(router), m_next(next), m_alive(std::make_shared<bool>(true)) {}
    ~AccessCheck() { *m_alive = false; }

    // 401 or 403; else the handler finds in the request why it was let in.
    void route(HttpRequest request, HttpRespond respond);

private:
    const Gate& m_gate;
    const Router& m_router;
    RepeatedRequests& m_next;
    std::shared_ptr<bool> m_alive; // guards callbacks of the gate
};

} // namespace tandem
