// Checked reading of one JSON object from anyone: after the first fault every read gives an empty value, and
// error() says which field was wrong. Borrows the object. Only for codec.cpp and HTTP bodies: it brings
// nlohmann's header with it.
#pragma once

#include "base/result.h"
#include "base/utf8.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tandem {

class JsonFields {
public:
    using Json = nlohmann::json;

    explicit JsonFields(const Json& object) : m_object(object) {}

    const std::optional<Error>& error() const { return m_error; }
    bool ok() const { return !m_error; }
    void fail(std::string_view name, std::string_view expected);

    // The field's value; nullptr when it is not there, or null.
    const Json* find(std::string_view name) const;

    std::string string(std::string_view name, std::size_t maxBytes);
    std::optional<std::string> optionalString(std::string_view name, std::size_t maxBytes);
    std::uint64_t number(std::string_view name, std::uint64_t min, std::uint64_t max);
    std::optional<std::uint64_t> optionalNumber(std::string_view name, std::uint64_t min, std::uint64_t max);
    bool boolean(std::string_view name);
    // An empty array after a fault.
    const Json& array(std::string_view name, std::size_t maxSize);

private:
    const Json& m_object;
    std::optional<Error> m_error;
};

// Parses one JSON object nested at most `nesting` deep; malformed otherwise.
Result<nlohmann::json> parseJsonObject(std::string_view text, int nesting);

} // namespace tandem
