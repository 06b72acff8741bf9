// What the handlers of jobs have in common: reading a payload, and what becomes of an error. Pure. Brings
// nlohmann's header with it.
#pragma once

#include "jobs/job_handler.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

namespace tandem {

// Another try would find the same, unless the database or what is stored may be another one by then.
inline JobFailure failureOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::unavailable:
    case ErrorCode::logReplaced:
    case ErrorCode::internal:
        return {error.detail, JobRetry::later, std::nullopt};
    default:
        return {error.detail, JobRetry::never, std::nullopt};
    }
}

inline JobFailure stopped() {
    return {"it was stopped before it was done", JobRetry::later, std::nullopt};
}

inline std::string jsonText(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace tandem
