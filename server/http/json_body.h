// Reads a JSON object from a request's body, strictly and without exceptions.
#pragma once

#include "base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace tandem {

// malformed: not one JSON object, or nested deeper than limits::nesting.
Result<nlohmann::json> parseJsonObject(std::string_view body);

enum class Presence { required, optional };

// The string field `name`; an optional one that is absent is empty-handed. invalidArgument, with a sentence
// naming it.
Result<std::optional<std::string>> stringField(const nlohmann::json& object, const char* name,
                                               Presence presence);

} // namespace tandem
