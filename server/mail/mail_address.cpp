#include "mail/mail_address.h"

#include <algorithm>

namespace tandem {

namespace {

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Parts with single dots between, each of which `isPart`.
template <typename IsPart>
bool areParts(std::string_view text, IsPart isPart) {
    while (true) {
        const std::size_t dot = text.find('.');
        if (!isPart(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool isAtom(std::string_view part) {
    constexpr std::string_view signs = "!#$%&'*+-/=?^_`{|}~";
    return !part.empty() && std::all_of(part.begin(), part.end(), [&](char c) {
        return isLetterOrDigit(c) || signs.find(c) != std::string_view::npos;
    });
}

bool isLabel(std::string_view part) {
    constexpr std::size_t longest = 63;
    return !part.empty() && part.size() <= longest && part.front() != '-' && part.back() != '-' &&
           std::all_of(part.begin(), part.end(), [](char c) { return isLetterOrDigit(c) || c == '-'; });
}

} // namespace

bool isMailAddress(std::string_view text) {
    constexpr std::size_t longestLocal = 64;
    const std::size_t at = text.find('@');
    if (text.size() > longestMailAddress || at == std::string_view::npos || at > longestLocal)
        return false;
    return areParts(text.substr(0, at), isAtom) && areParts(text.substr(at + 1), isLabel);
}

std::string_view domainOf(std::string_view address) {
    return address.substr(address.find('@') + 1);
}

} // namespace tandem
