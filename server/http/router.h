// Finds the handler of a request by method and path. Filled once at the start by main; handlers run on the
// event loop.
#pragma once

#include "http/http_message.h"

namespace tandem {

class Router {
public:
    using Handler = std::function<void(const HttpRequest& request, HttpRespond respond)>;

    // A part of `pattern` in braces takes any one part of a path: "/v1/docs/{id}".
    void add(std::string method, std::string_view pattern, Handler handler);

    // All that was added, as "GET /v1/docs/{id}".
    std::vector<std::string> calls() const;

    // Answers 404 and 405 itself, OPTIONS with what there is, and HEAD through GET (the connection leaves out
    // the body).
    void route(HttpRequest request, HttpRespond respond) const;

private:
    struct Route {
        std::string method;
        std::vector<std::string> parts;
        Handler handler;
    };

    std::vector<Route> m_routes;
};

} // namespace tandem
