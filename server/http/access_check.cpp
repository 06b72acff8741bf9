#include "http/access_check.h"

namespace tandem {

void AccessCheck::route(HttpRequest request, HttpRespond respond) {
    const Router::Call call = m_router.callOf(request);
    const bool isWatching = call.right == Right::watch && request.isLocal;
    // An address that names no possible document is answered like any other that leads nowhere.
    if (call.right == Right::none || isWatching || (!call.document.empty() && !isDocumentId(call.document)))
        return m_next.route(std::move(request), std::move(respond));
    const std::string token = request.token;
    m_gate.check(call.right, call.document, token,
                 [this, alive = m_alive, request = std::move(request),
                  respond = std::move(respond)](const Result<Grant>& grant) mutable {
                     if (!*alive)
                         return;
                     if (!grant)
                         return respond(problem(request, grant.error()));
                     request.grant = *grant;
                     m_next.route(std::move(request), std::move(respond));
                 });
}

} // namespace tandem
