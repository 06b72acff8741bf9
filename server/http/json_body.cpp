#include "http/json_body.h"

#include "protocol/limits.h"

#include <nlohmann/json.hpp>

namespace tandem {

namespace {

// Counted before parsing, on the text itself: brackets outside strings.
bool isNestedTooDeep(std::string_view text) {
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > limits::nesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

Result<nlohmann::json> parseJsonObject(std::string_view body) {
    if (isNestedTooDeep(body))
        return Error{ErrorCode::malformed,
                     "The body is nested deeper than " + std::to_string(limits::nesting) + " levels."};
    nlohmann::json object = nlohmann::json::parse(body, nullptr, false);
    if (!object.is_object())
        return Error{ErrorCode::malformed, "The body must be one JSON object in UTF-8."};
    return Result<nlohmann::json>(std::move(object));
}

Result<std::optional<std::string>> stringField(const nlohmann::json& object, const char* name,
                                               Presence presence) {
    const auto field = object.find(name);
    if (field == object.end()) {
        if (presence == Presence::optional)
            return std::optional<std::string>();
        return Error{ErrorCode::invalidArgument, "The field \"" + std::string(name) + "\" is missing."};
    }
    const auto* text = field->get_ptr<const std::string*>();
    if (!text)
        return Error{ErrorCode::invalidArgument, "The field \"" + std::string(name) + "\" must be a string."};
    return std::optional<std::string>(*text);
}

} // namespace tandem
