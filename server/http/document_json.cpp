#include "http/document_json.h"

#include "access/display_text.h"
#include "access/token.h"
#include "base/utf8.h"
#include "http/json_body.h"
#include "log/timestamp.h"
#include "protocol/limits.h"

#include <nlohmann/json.hpp>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

Result<std::string> cleanTitle(const std::string& given) {
    const auto decoded = fromUtf8(given);
    if (!decoded)
        return Error{ErrorCode::invalidArgument, "The field \"title\" is not valid UTF-8."};
    const std::u32string title = withoutControls(*decoded);
    if (title.empty() || title.size() > limits::titleLength)
        return Error{ErrorCode::invalidArgument, "The field \"title\" must have 1 to " +
                                                     std::to_string(limits::titleLength) + " characters."};
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
    const auto object = parseJsonObject(body);
    if (!object)
        return object.error();
    DocumentRequest request;
    const auto title = stringField(*object, "title", Presence::required);
    if (!title)
        return title.error();
    auto clean = cleanTitle(**title);
    if (!clean)
        return clean.error();
    request.title = std::move(*clean);

    const auto text = stringField(*object, "text", Presence::optional);
    if (!text)
        return text.error();
    if (*text) {
        if ((*text)->size() > limits::documentBytes)
            return Error{ErrorCode::limitExceeded, "The field \"text\" is longer than a document may be."};
        auto codePoints = fromUtf8(**text);
        if (!codePoints)
            return Error{ErrorCode::invalidArgument, "The field \"text\" is not valid UTF-8."};
        request.text = std::move(*codePoints);
    }

    const auto id = stringField(*object, "id", Presence::optional);
    if (!id)
        return id.error();
    if (*id && !isDocumentId(**id))
        return Error{ErrorCode::invalidArgument,
                     "The field \"id\" must be 16 to 64 of the characters A-Z a-z 0-9 _ -."};
    request.id = *id;
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
