// Parameters in the address of a request, checked. invalidArgument; the detail is a sentence that names the
// parameter. Pure.
#pragma once

#include "base/result.h"
#include "http/http_message.h"

#include <cstdint>
#include <optional>

namespace tandem {

// Nothing: it is not there. Borrowed from the request.
const std::string* parameter(const HttpRequest& request, const char* name);
Error wrongParameter(const std::string& name, const std::string& expected);

// All of a text as a number in decimal digits; nothing when it is none.
std::optional<std::uint64_t> decimal(std::string_view text);

// "true" or "false"; false when it is not there.
Result<bool> readFlag(const HttpRequest& request, const char* name);
// A number from `least` to `most`; nothing when it is not there.
Result<std::optional<std::uint64_t>> readNumber(const HttpRequest& request, const char* name,
                                                std::uint64_t least, std::uint64_t most);

} // namespace tandem
