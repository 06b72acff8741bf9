// What the server has done, for Prometheus: for whoever asks from this machine, and for the admin.
#pragma once

#include "http/router.h"
#include "metrics/prometheus_measures.h"

namespace tandem {

constexpr std::string_view metricsAddress = "/metrics";

// `measures` must outlive the router's use.
void addMetricsRoute(Router& router, PrometheusMeasures& measures);

} // namespace tandem
