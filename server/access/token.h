// Secrets that clients show: only their SHA-256 is kept.
#pragma once

#include <string>
#include <string_view>

namespace tandem {

// 32 bytes.
std::string sha256(std::string_view bytes);
// In a time that does not depend on where they differ.
bool equalSecrets(std::string_view a, std::string_view b);

} // namespace tandem
