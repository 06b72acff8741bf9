#include "client/closing.h"

#include <charconv>

namespace tandem::closing {

std::string refusalOf(int code, std::string_view reason) {
    switch (code) {
    case 4401:
        return "The server asks for a sign-in.";
    case 4403:
        return "The server does not let you into this document.";
    case 4404:
        return "The document does not exist on this server.";
    default:
        return std::string(reason);
    }
}

// "...; come back in 1234 ms". Longer than a minute is not waited for.
std::optional<std::int64_t> askedBackInMs(int code, std::string_view reason) {
    constexpr int restart = 1012;
    constexpr std::string_view words = "come back in ";
    constexpr std::int64_t longestMs = 60'000;
    const std::size_t at = reason.rfind(words);
    if (code != restart || at == std::string_view::npos)
        return std::nullopt;
    const std::string_view number = reason.substr(at + words.size());
    std::int64_t ms = 0;
    const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), ms);
    if (fault != std::errc() || ms < 0 || ms > longestMs)
        return std::nullopt;
    return ms;
}

bool isFinal(int code) {
    return code == 4401 || code == 4403 || code == 4404;
}

} // namespace tandem::closing
