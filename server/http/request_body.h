// What kind of body a request brings. Pure.
#pragma once

#include "http/http_message.h"

namespace tandem {

// Without parameters, in small letters: "application/json".
std::string mediaType(const HttpRequest& request);

// A 415, unless the body is JSON.
std::optional<HttpResponse> refuseUnlessJson(const HttpRequest& request);

} // namespace tandem
