#include "http/health_routes.h"

namespace tandem {

void addHealthRoutes(Router& router, DocumentStore& documents) {
    for (const char* address : {"/healthz", "/health"})
        router.add("GET", address, Right::none, [](const HttpRequest&, HttpRespond respond) {
            respond(jsonResponse(200, R"({"status":"ok"})"));
        });
    router.add("GET", "/readyz", Right::none, [&documents](const HttpRequest& request, HttpRespond respond) {
        documents.probe([request, respond = std::move(respond)](Result<void> answers) {
            if (answers)
                respond(jsonResponse(200, R"({"status":"ready"})"));
            else
                respond(problem(request, 503,
                                "The database cannot be used now: " + answers.error().detail + "."));
        });
    });
}

} // namespace tandem
