// What it means to a client that a connection was closed with some code and reason; PROTOCOL.md has the
// codes. Plain functions without state.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::closing {

// The server refuses this person: coming back does not help.
bool isFinal(int code);
// In a sentence.
std::string refusalOf(int code, std::string_view reason);
// A server that restarts says when to come back; nothing when it does not, or longer than one waits for.
std::optional<std::int64_t> askedBackInMs(int code, std::string_view reason);

} // namespace tandem::closing
