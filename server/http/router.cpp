#include "http/router.h"

#include <algorithm>

namespace tandem {

namespace {

std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        parts.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return parts;
}

// HEAD is answered through GET.
std::string methodOf(const HttpRequest& request) {
    return request.method == "HEAD" ? "GET" : request.method;
}

bool isPlaceholder(std::string_view part) {
    return part.starts_with('{') && part.ends_with('}');
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
    return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                      [](const std::string& expected, const std::string& part) {
                          return isPlaceholder(expected) ? !part.empty() : expected == part;
                      });
}

} // namespace

void Router::add(std::string method, std::string_view pattern, Right right, Handler handler) {
    m_routes.push_back({std::move(method), partsOf(pattern), right, std::move(handler)});
}

std::vector<std::string> Router::calls() const {
    std::vector<std::string> calls;
    for (const Route& route : m_routes) {
        std::string& call = calls.emplace_back(route.method + " ");
        for (const std::string& part : route.parts)
            call += "/" + part;
    }
    return calls;
}

Router::Call Router::callOf(const HttpRequest& request) const {
    const std::vector<std::string> path = partsOf(request.path);
    for (const Route& route : m_routes) {
        if (route.method != methodOf(request) || !matches(route.parts, path))
            continue;
        Call call{route.right, {}};
        for (std::size_t i = 0; i < path.size(); ++i) {
            if (route.parts[i] == "{id}")
                call.document = path[i];
        }
        return call;
    }
    return {};
}

void Router::route(HttpRequest request, HttpRespond respond) const {
    const std::vector<std::string> path = partsOf(request.path);
    const std::string method = methodOf(request);
    std::string allowed;
    for (const Route& route : m_routes) {
        if (!matches(route.parts, path))
            continue;
        if (route.method == method) {
            for (std::size_t i = 0; i < path.size(); ++i) {
                const std::string& part = route.parts[i];
                if (isPlaceholder(part))
                    request.pathParts[part.substr(1, part.size() - 2)] = path[i];
            }
            route.handler(request, std::move(respond));
            return;
        }
        allowed += route.method == "GET" ? "GET, HEAD, " : route.method + ", ";
    }
    if (allowed.empty()) {
        respond(problem(request, 404, "There is nothing at this address."));
        return;
    }
    allowed += "OPTIONS";
    HttpResponse response = request.method == "OPTIONS"
                                ? HttpResponse{204, {}, {}}
                                : problem(request, 405, "This address does not know the method; see Allow.");
    respond(std::move(response.header("Allow", allowed)));
}

} // namespace tandem
