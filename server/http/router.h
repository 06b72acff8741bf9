// Finds the handler of a request by method and path. Filled once at the start by main; handlers run on the
// event loop.
#pragma once

#include "access/permission.h"
#include "base/ids.h"
#include "http/http_message.h"

namespace tandem {

class Router {
public:
    using Handler = std::function<void(const HttpRequest& request, HttpRespond respond)>;

    // A part of `pattern` in braces takes any one part of a path: "/v1/docs/{id}", where {id} is the document
    // that `right` is for, the right that whoever calls must have.
    void add(std::string method, std::string_view pattern, Right right, Handler handler);

    // All that was added, as "GET /v1/docs/{id}".
    std::vector<std::string> calls() const;

    struct Call {
        Right right = Right::none; // also when there is no such call
        DocumentId document;       // as it stands in the address; empty: the call is about none
    };
    Call callOf(const HttpRequest& request) const;

    // Answers 404 and 405 itself, OPTIONS with what there is, and HEAD through GET (the connection leaves out
    // the body).
    void route(HttpRequest request, HttpRespond respond) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> parts;
        Right right = Right::none;
        Handler handler;
    };

    std::vector<Route> m_routes;
};

} // namespace tandem
