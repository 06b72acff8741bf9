#include "http/metrics_route.h"

namespace tandem {

void addMetricsRoute(Router& router, PrometheusMeasures& measures) {
    router.add("GET", metricsAddress, Right::watch, [&measures](const HttpRequest&, HttpRespond respond) {
        HttpResponse response;
        response.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            .header("Cache-Control", "no-store");
        response.body = measures.text();
        respond(std::move(response));
    });
}

} // namespace tandem
