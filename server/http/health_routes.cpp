#include "http/health_routes.h"

namespace tandem {

void addHealthRoutes(Router& router, const Readiness& readiness) {
    for (const char* address : {"/healthz", "/health"})
        router.add("GET", address, Right::none, [](const HttpRequest&, HttpRespond respond) {
            respond(jsonResponse(200, R"({"status":"ok"})"));
        });
    router.add("GET", "/readyz", Right::none, [&readiness](const HttpRequest& request, HttpRespond respond) {
        if (readiness.stops)
            return respond(problem(request, 503, "The server stops."));
        readiness.documents.probe([&readiness, request, respond = std::move(respond)](Result<void> answers) {
            if (!answers)
                respond(problem(request, 503,
                                "The database cannot be used now: " + answers.error().detail + "."));
            else if (!readiness.bus.isWhole())
                respond(jsonResponse(
                    200, R"({"status":"degraded","detail":"Redis cannot be used now: other servers are heard )"
                         R"(within seconds instead of at once."})"));
            else
                respond(jsonResponse(200, R"({"status":"ready"})"));
        });
    });
}

} // namespace tandem
