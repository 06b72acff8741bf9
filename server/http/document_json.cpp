#include "http/document_json.h"

#include "access/display_text.h"
#include "access/token.h"
#include "base/utf8.h"
#include "log/timestamp.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

Result<std::string> cleanTitle(const std::string& given) {
    const auto decoded = fromUtf8(given);
    if (!decoded)
        return Error{ErrorCode::invalidArgument, "\"title\" must be valid UTF-8"};
    const std::u32string title = withoutControls(*decoded);
    if (title.empty() || title.size() > limits::titleLength)
        return Error{ErrorCode::invalidArgument,
                     "\"title\" must have 1 to " + std::to_string(limits::titleLength) + " characters"};
    return toUtf8(title);
}

Json describe(const DocumentInfo& info) {
    return {{"id", info.id}, {"title", info.title}, {"version", info.head}};
}

void addTimes(Json& json, const DocumentInfo& info) {
    json["created"] = timestamp(info.createdMs);
    json["updated"] = timestamp(info.updatedMs);
}

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Result<DocumentRequest> parseDocumentRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    for (const char* name : {"text", "id"}) {
        if (object->contains(name) && !in.find(name))
            in.fail(name, "a string, or left out");
    }
    const std::string title = in.string("title", limits::bodyBytes);
    const std::optional<std::string> text = in.optionalString("text", limits::documentBytes);
    DocumentRequest request;
    request.id = in.optionalString("id", limits::bodyBytes);
    if (request.id && !isDocumentId(*request.id))
        in.fail("id", "16 to 64 of the characters A-Z a-z 0-9 _ -");
    if (in.error())
        return *in.error();

    auto clean = cleanTitle(title);
    if (!clean)
        return clean.error();
    request.title = std::move(*clean);
    auto codePoints = fromUtf8(text.value_or(std::string()));
    if (!codePoints)
        return codePoints.error();
    request.text = std::move(*codePoints);
    return request;
}

std::string requestHash(const DocumentRequest& request) {
    return sha256(request.title + '\0' + toUtf8(request.text));
}

std::string documentJson(const DocumentInfo& info, std::string_view text) {
    Json json = describe(info);
    json["text"] = text;
    json["epoch"] = info.epoch;
    addTimes(json, info);
    return dump(json);
}

std::string pageJson(const DocumentPage& page) {
    Json documents = Json::array();
    for (const DocumentInfo& info : page.documents) {
        Json json = describe(info);
        addTimes(json, info);
        documents.push_back(std::move(json));
    }
    Json next;
    if (page.next)
        next = *page.next;
    return dump({{"documents", std::move(documents)}, {"next", std::move(next)}});
}

} // namespace tandem
