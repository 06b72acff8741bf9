// How calls about one document begin: with its id in the address and, often, JSON in the body. Pure.
#pragma once

#include "base/result.h"
#include "http/request_body.h"
#include "http/router.h"

namespace tandem {

// Adds a call whose address names a document, as {id}, which a member function of `routes` answers. An
// address that holds no possible id is answered with 404. `routes` must outlive the router's use.
template <typename Routes>
void addDocumentCall(Router& router, const char* method, const char* pattern, Right right, Routes& routes,
                     void (Routes::*handler)(const HttpRequest&, const DocumentId&, HttpRespond)) {
    router.add(method, pattern, right, [&routes, handler](const HttpRequest& request, HttpRespond respond) {
        const DocumentId& id = request.pathParts.at("id");
        if (!isDocumentId(id))
            return respond(problem(request, 404, "There is no document with this id."));
        (routes.*handler)(request, id, std::move(respond));
    });
}

// The body as `parse` reads it, which is given bytes and gives a Result. Nothing: it was refused, with 415
// when it is no JSON.
template <typename Parse>
auto jsonBody(const HttpRequest& request, const HttpRespond& respond, Parse parse)
    -> std::optional<std::decay_t<decltype(*parse(std::string_view()))>> {
    if (auto refused = refuseUnlessJson(request)) {
        respond(std::move(*refused));
        return std::nullopt;
    }
    auto parsed = parse(std::string_view(request.body));
    if (!parsed) {
        respond(problem(request, parsed.error()));
        return std::nullopt;
    }
    return std::move(*parsed);
}

} // namespace tandem
