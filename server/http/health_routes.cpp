#include "http/health_routes.h"

#include "http/metrics_route.h"

#include <algorithm>

namespace tandem {

namespace {
constexpr std::string_view livingAddresses[] = {"/healthz", "/health"};
constexpr std::string_view readyAddress = "/readyz";
} // namespace

bool isForWatchers(std::string_view path) {
    return std::find(std::begin(livingAddresses), std::end(livingAddresses), path) !=
               std::end(livingAddresses) ||
           path == readyAddress || path == metricsAddress;
}

void addHealthRoutes(Router& router, const Readiness& readiness) {
    for (const std::string_view address : livingAddresses)
        router.add("GET", address, Right::none, [](const HttpRequest&, HttpRespond respond) {
            respond(jsonResponse(200, R"({"status":"ok"})"));
        });
    router.add(
        "GET", readyAddress, Right::none, [&readiness](const HttpRequest& request, HttpRespond respond) {
            if (readiness.stops)
                return respond(problem(request, 503, "The server stops."));
            readiness.documents.probe([&readiness, request,
                                       respond = std::move(respond)](Result<void> answers) {
                if (!answers)
                    respond(problem(request, 503,
                                    "The database cannot be used now: " + answers.error().detail + "."));
                else if (!readiness.bus.isWhole())
                    respond(jsonResponse(
                        200,
                        R"({"status":"degraded","detail":"Redis cannot be used now: other servers are heard )"
                        R"(within seconds instead of at once."})"));
                else
                    respond(jsonResponse(200, R"({"status":"ready"})"));
            });
        });
}

} // namespace tandem
