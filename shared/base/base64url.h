// Base64 with the URL alphabet and no padding (RFC 4648, section 5).
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

std::string toBase64Url(std::string_view bytes);
// Refuses padding, foreign characters and unused bits that are not zero: one text for each byte string.
Result<std::string> fromBase64Url(std::string_view text);

} // namespace tandem
