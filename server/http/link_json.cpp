#include "http/link_json.h"

#include "log/timestamp.h"
#include "protocol/display_text.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

#include <QDateTime>

#include <algorithm>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t timeBytes = 40;

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json describe(const ShareLink& link) {
    Json json{{"number", link.number},
              {"role", wordFor(link.role)},
              {"label", link.label},
              {"created", timestamp(link.createdMs)},
              {"expires", nullptr}};
    if (link.expiresMs)
        json["expires"] = timestamp(*link.expiresMs);
    return json;
}

Role readRole(JsonFields& in) {
    const auto role = roleFor(in.string("role", limits::nameLength));
    if (!role)
        in.fail("role", "owner, editor or viewer");
    return role.value_or(Role::viewer);
}

std::string readLabel(JsonFields& in) {
    const auto label = fromUtf8(in.optionalString("label", limits::bodyBytes).value_or(std::string()));
    const std::u32string clean = label ? withoutControls(*label) : std::u32string();
    if (!label || clean.size() > limits::nameLength)
        in.fail("label", "at most " + std::to_string(limits::nameLength) + " characters");
    return toUtf8(clean);
}

// Null, or left out: never.
std::optional<std::int64_t> readExpiry(JsonFields& in, std::int64_t nowMs) {
    const auto text = in.optionalString("expires", timeBytes);
    if (!text)
        return std::nullopt;
    const QDateTime time = QDateTime::fromString(QString::fromStdString(*text), Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime || time.toMSecsSinceEpoch() <= nowMs) {
        in.fail("expires", "a time to come, like 2030-01-31T09:05:00Z");
        return std::nullopt;
    }
    return time.toMSecsSinceEpoch();
}

} // namespace

bool isSecret(std::string_view text) {
    return text.size() >= limits::secretLength && text.size() <= limits::tokenLength &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '-' || c == '_';
           });
}

Result<NewLink> parseNewLink(std::string_view body, std::int64_t nowMs) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    NewLink link;
    link.role = readRole(in);
    link.label = readLabel(in);
    link.expiresMs = readExpiry(in, nowMs);
    if (in.error())
        return *in.error();
    return link;
}

Result<LinkChange> parseLinkChange(std::string_view body, std::int64_t nowMs) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    LinkChange change;
    if (object->contains("role"))
        change.role = readRole(in);
    if (object->contains("label"))
        change.label = readLabel(in);
    if (object->contains("expires"))
        change.expiresMs = readExpiry(in, nowMs);
    if (in.error())
        return *in.error();
    return change;
}

std::string linkJson(const ShareLink& link) {
    return dump(describe(link));
}

std::string linksJson(const std::vector<ShareLink>& links) {
    Json list = Json::array();
    for (const ShareLink& link : links)
        list.push_back(describe(link));
    return dump({{"links", std::move(list)}});
}

std::string openLinkJson(const OpenLink& link) {
    Json json = describe(link.link);
    json["secret"] = link.secret;
    json["url"] = link.url;
    return dump(json);
}

} // namespace tandem
