#include "http/query_parameters.h"

#include <charconv>

namespace tandem {

const std::string* parameter(const HttpRequest& request, const char* name) {
    const auto given = request.query.find(name);
    return given == request.query.end() ? nullptr : &given->second;
}

Error wrongParameter(const std::string& name, const std::string& expected) {
    return {ErrorCode::invalidArgument, "The parameter \"" + name + "\" must be " + expected + "."};
}

std::optional<std::uint64_t> decimal(std::string_view text) {
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc() || rest != end)
        return std::nullopt;
    return number;
}

Result<bool> readFlag(const HttpRequest& request, const char* name) {
    const std::string* given = parameter(request, name);
    if (given && *given != "true" && *given != "false")
        return wrongParameter(name, "true or false");
    return given && *given == "true";
}

Result<std::optional<std::uint64_t>> readNumber(const HttpRequest& request, const char* name,
                                                std::uint64_t least, std::uint64_t most) {
    const std::string* given = parameter(request, name);
    if (!given)
        return std::optional<std::uint64_t>();
    const auto number = decimal(*given);
    if (!number || *number < least || *number > most)
        return wrongParameter(name, "a number from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

} // namespace tandem
