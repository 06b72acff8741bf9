#include "http/link_routes.h"

#include "access/token.h"
#include "base/ids.h"
#include "http/document_calls.h"
#include "http/query_parameters.h"

namespace tandem {

namespace {

std::string nameOf(const ShareLink& link) {
    return "link " + std::to_string(link.number) + " for " + std::string(wordFor(link.role)) + "s";
}

// What is wrong with the links of a document, not with the request.
HttpResponse refusal(const HttpRequest& request, const Error& error) {
    if (error.code == ErrorCode::conditionFailed || error.code == ErrorCode::limitExceeded)
        return problem(request, 409, error.detail);
    return problem(request, error);
}

std::optional<LinkNumber> numberIn(const HttpRequest& request, const HttpRespond& respond) {
    const auto number = decimal(request.pathParts.at("number"));
    if (number && *number >= 1 && *number <= maxReplicaId)
        return number;
    respond(problem(request, 404, "The document has no share link with this number."));
    return std::nullopt;
}

} // namespace

void LinkRoutes::addTo(Router& router) {
    const auto add = [&](const char* method, const char* pattern, auto handler) {
        addDocumentCall(router, method, pattern, Right::own, *this, handler);
    };
    add("POST", "/v1/docs/{id}/links", &LinkRoutes::create);
    add("GET", "/v1/docs/{id}/links", &LinkRoutes::list);
    add("PATCH", "/v1/docs/{id}/links/{number}", &LinkRoutes::change);
    add("DELETE", "/v1/docs/{id}/links/{number}", &LinkRoutes::revoke);
}

void LinkRoutes::create(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    auto wanted = jsonBody(request, respond,
                           [&](std::string_view body) { return parseNewLink(body, m_clock.wallMs()); });
    if (!wanted)
        return;
    const std::string secret = makeRandomId(m_random);
    wanted->secretHash = sha256(secret);
    m_links.add(id, std::move(*wanted),
                [this, asked = withoutBody(request), id, secret,
                 respond = std::move(respond)](const Result<ShareLink>& link) {
                    if (!link)
                        return respond(refusal(asked, link.error()));
                    const OpenLink open{*link, secret, m_address.of(asked, id, secret)};
                    m_audit.record(asked, id, "link created", nameOf(*link),
                                   [respond, open] { respond(jsonResponse(201, openLinkJson(open))); });
                });
}

void LinkRoutes::list(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    m_links.list(id, [request, respond = std::move(respond)](const Result<std::vector<ShareLink>>& links) {
        respond(links ? jsonResponse(200, linksJson(*links)) : refusal(request, links.error()));
    });
}

void LinkRoutes::change(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto number = numberIn(request, respond);
    if (!number)
        return;
    auto wanted = jsonBody(request, respond,
                           [&](std::string_view body) { return parseLinkChange(body, m_clock.wallMs()); });
    if (!wanted)
        return;
    m_links.change(id, *number, std::move(*wanted),
                   [this, asked = withoutBody(request), id,
                    respond = std::move(respond)](const Result<ShareLink>& link) {
                       if (!link)
                           return respond(refusal(asked, link.error()));
                       m_sockets.linkChanged(id, link->number);
                       m_audit.record(asked, id, "link changed", nameOf(*link), [respond, link = *link] {
                           respond(jsonResponse(200, linkJson(link)));
                       });
                   });
}

void LinkRoutes::revoke(const HttpRequest& request, const DocumentId& id, HttpRespond respond) {
    const auto number = numberIn(request, respond);
    if (!number)
        return;
    m_links.revoke(
        id, *number,
        [this, request, id, number = *number, respond = std::move(respond)](const Result<void>& revoked) {
            if (!revoked)
                return respond(refusal(request, revoked.error()));
            m_sockets.linkChanged(id, number);
            m_audit.record(request, id, "link revoked", "link " + std::to_string(number), [respond] {
                respond(HttpResponse{204, {}, {}});
            });
        });
}

} // namespace tandem
