// What a request counts in its client's rate: calls that read a past, or make or take whole documents, cost
// more than others. Pure.
#pragma once

#include "http/http_message.h"

#include <cstdint>

namespace tandem {

std::int64_t weightOf(const HttpRequest& request);

} // namespace tandem
