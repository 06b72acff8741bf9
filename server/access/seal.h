// Keeps bytes so that only whoever knows a word can read them: the database holds neither. XSalsa20-Poly1305
// (libsodium's secretbox) under the SHA-256 of the word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tandem {

std::string seal(std::string_view bytes, std::string_view word);
// Nothing: it was another word, or the bytes are damaged.
std::optional<std::string> unseal(std::string_view sealed, std::string_view word);

} // namespace tandem
