// zlib at level 6, as the adapters compress what is stored.
#pragma once

#include <string>
#include <string_view>

namespace tandem::bench {

std::string deflated(std::string_view bytes);
// Precondition: what deflated() gave, of `size` bytes.
std::string inflated(std::string_view bytes, std::size_t size);

} // namespace tandem::bench
