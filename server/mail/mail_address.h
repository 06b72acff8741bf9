// Addresses of people, as strangers give them. Pure.
#pragma once

#include <string_view>

namespace tandem {

constexpr std::size_t longestMailAddress = 254;

// local@domain of ASCII as it is met in practice: no quotes, comments, spaces or control characters, so that
// it can stand in a header and in a command of SMTP as it is.
bool isMailAddress(std::string_view text);

// What stands behind the @. Precondition: isMailAddress().
std::string_view domainOf(std::string_view address);

} // namespace tandem
