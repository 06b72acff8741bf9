#include "protocol/json_fields.h"

namespace tandem {

namespace {

// Counts brackets outside of strings: enough to refuse what is nested too deep before anything is built of
// it.
bool isNestedWithin(std::string_view text, int nesting) {
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
            if (++depth > nesting)
                return false;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return true;
}

} // namespace

Result<nlohmann::json> parseJsonObject(std::string_view text, int nesting) {
    if (!isNestedWithin(text, nesting))
        return Error{ErrorCode::malformed, "the JSON is nested too deep"};
    nlohmann::json object = nlohmann::json::parse(text, nullptr, false);
    if (object.is_discarded())
        return Error{ErrorCode::malformed, "this is not valid JSON"};
    if (!object.is_object())
        return Error{ErrorCode::malformed, "a JSON object is expected"};
    return object;
}

void JsonFields::fail(std::string_view name, std::string_view expected) {
    if (!m_error)
        m_error = Error{ErrorCode::invalidArgument,
                        "\"" + std::string(name) + "\" must be " + std::string(expected)};
}

const JsonFields::Json* JsonFields::find(std::string_view name) const {
    const auto field = m_object.find(name);
    return field == m_object.end() || field->is_null() ? nullptr : &*field;
}

std::string JsonFields::string(std::string_view name, std::size_t maxBytes) {
    auto value = optionalString(name, maxBytes);
    if (!value)
        fail(name, "a string");
    return std::move(value).value_or(std::string());
}

std::optional<std::string> JsonFields::optionalString(std::string_view name, std::size_t maxBytes) {
    const Json* field = find(name);
    if (!field)
        return std::nullopt;
    const auto* value = field->get_ptr<const std::string*>();
    if (!value || value->size() > maxBytes) {
        fail(name, "a string of at most " + std::to_string(maxBytes) + " bytes");
        return std::nullopt;
    }
    return *value;
}

std::uint64_t JsonFields::number(std::string_view name, std::uint64_t min, std::uint64_t max) {
    const auto value = optionalNumber(name, min, max);
    if (!value)
        fail(name, "a number");
    return value.value_or(min);
}

std::optional<std::uint64_t> JsonFields::optionalNumber(std::string_view name, std::uint64_t min,
                                                        std::uint64_t max) {
    const Json* field = find(name);
    if (!field)
        return std::nullopt;
    const auto* value = field->get_ptr<const std::uint64_t*>();
    if (!value || *value < min || *value > max) {
        fail(name, "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
        return std::nullopt;
    }
    return *value;
}

bool JsonFields::boolean(std::string_view name) {
    const Json* field = find(name);
    const auto* value = field ? field->get_ptr<const bool*>() : nullptr;
    if (!value)
        fail(name, "true or false");
    return value && *value;
}

const JsonFields::Json& JsonFields::array(std::string_view name, std::size_t maxSize) {
    static const Json empty = Json::array();
    const Json* field = find(name);
    if (field && field->is_array() && field->size() <= maxSize)
        return *field;
    fail(name, "an array of at most " + std::to_string(maxSize) + " values");
    return empty;
}

} // namespace tandem
