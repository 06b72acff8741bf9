#include "http/document_json.h"

#include "access/token.h"
#include "base/utf8.h"
#include "crdt/text_diff.h"
#include "log/timestamp.h"
#include "protocol/display_text.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

#include <map>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t editsAtOnce = 1'000;
constexpr std::uint64_t maxIndex = 0xFFFF'FFFF;
// An index beyond the text is found when the edit is taken: the text at its version may not be here any more.
constexpr std::size_t anyLength = std::size_t{1} << 40;
constexpr const char* nameless = "REST";

std::string authorName(const std::optional<std::string>& given) {
    return given ? displayName(*given) : nameless;
}

// A field that is there must not be null: `expected` says what it is.
void refuseNull(JsonFields& in, const nlohmann::json& object, const char* name, const char* expected) {
    if (object.contains(name) && !in.find(name))
        in.fail(name, expected);
}

Result<Splice> parseSplice(const nlohmann::json& json, std::size_t place) {
    const Error fault{ErrorCode::invalidArgument,
                      "\"edits\" must be a list of {\"index\", \"delete\"?, \"insert\"?}; "
                      "number " +
                          std::to_string(place) + " is not"};
    if (!json.is_object())
        return fault;
    JsonFields in(json);
    Splice splice;
    splice.index = in.number("index", 0, maxIndex);
    splice.deleted = in.optionalNumber("delete", 0, maxIndex).value_or(0);
    const auto text = fromUtf8(in.optionalString("insert", limits::documentBytes).value_or(std::string()));
    if (in.error() || !text)
        return fault;
    splice.inserted = *text;
    return splice;
}

Json describe(const DocumentInfo& info) {
    return {{"id", info.id}, {"title", info.title}, {"version", info.head}};
}

Json describe(const NamedVersion& named) {
    return {{"version", named.version}, {"label", named.label}, {"named", timestamp(named.namedMs)}};
}

void addTimes(Json& json, const DocumentInfo& info) {
    json["created"] = timestamp(info.createdMs);
    json["updated"] = timestamp(info.updatedMs);
}

Json whole(const DocumentInfo& info, std::string_view text) {
    Json json = describe(info);
    json["text"] = text;
    json["epoch"] = info.epoch;
    addTimes(json, info);
    return json;
}

Json summary(const DocumentInfo& info) {
    Json json = describe(info);
    addTimes(json, info);
    if (info.deletedMs > 0)
        json["deleted"] = timestamp(info.deletedMs);
    return json;
}

// Who writes as which replica id, where that is known.
class Names {
public:
    explicit Names(const std::vector<ReplicaBinding>& bindings) {
        for (const ReplicaBinding& binding : bindings)
            m_names.emplace(binding.replica, binding.name);
    }
    Json author(ReplicaId replica) const {
        Json author{{"replica", replica}};
        if (const auto name = m_names.find(replica); name != m_names.end() && !name->second.empty())
            author["name"] = name->second;
        return author;
    }

private:
    std::map<ReplicaId, std::string_view> m_names;
};

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Result<std::string> cleanTitle(const std::string& given, const std::string& field) {
    const auto decoded = fromUtf8(given);
    if (!decoded)
        return Error{ErrorCode::invalidArgument, "\"" + field + "\" must be valid UTF-8"};
    const std::u32string title = withoutControls(*decoded);
    if (title.empty() || title.size() > limits::titleLength)
        return Error{ErrorCode::invalidArgument, "\"" + field + "\" must have 1 to " +
                                                     std::to_string(limits::titleLength) + " characters"};
    return toUtf8(title);
}

Result<DocumentRequest> parseDocumentRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    for (const char* name : {"text", "id", "owner_secret"})
        refuseNull(in, *object, name, "a string, or left out");
    const std::string title = in.string("title", limits::bodyBytes);
    const std::optional<std::string> text = in.optionalString("text", limits::documentBytes);
    DocumentRequest request;
    request.id = in.optionalString("id", limits::bodyBytes);
    if (request.id && !isDocumentId(*request.id))
        in.fail("id", "16 to 64 of the characters A-Z a-z 0-9 _ -");
    request.ownerSecret = in.optionalString("owner_secret", limits::bodyBytes);
    if (request.ownerSecret && !isSecret(*request.ownerSecret))
        in.fail("owner_secret", "22 to 256 of the characters A-Z a-z 0-9 _ -, chosen at random");
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

Result<std::string> parseTitle(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    const std::string title = in.string("title", limits::bodyBytes);
    if (in.error())
        return *in.error();
    return cleanTitle(title);
}

Result<TextRequest> parseTextRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    const std::string text = in.string("text", limits::documentBytes);
    const auto name = in.optionalString("name", limits::bodyBytes);
    if (in.error())
        return *in.error();
    auto codePoints = fromUtf8(text);
    if (!codePoints)
        return codePoints.error();
    return TextRequest{std::move(*codePoints), authorName(name)};
}

Result<RevertRequest> parseRevertRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    const Seq version = in.number("version", 0, maxReplicaId);
    const auto name = in.optionalString("name", limits::bodyBytes);
    if (in.error())
        return *in.error();
    return RevertRequest{version, authorName(name)};
}

Result<VersionName> parseVersionName(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    refuseNull(in, *object, "version", "a number, or left out");
    const std::string label = in.string("label", limits::bodyBytes);
    const auto version = in.optionalNumber("version", 0, maxReplicaId);
    if (in.error())
        return *in.error();
    auto clean = cleanTitle(label, "label");
    if (!clean)
        return clean.error();
    return VersionName{std::move(*clean), version};
}

Result<EditsRequest> parseEditsRequest(std::string_view body) {
    const auto object = parseJsonObject(body, limits::nesting);
    if (!object)
        return object.error();
    JsonFields in(*object);
    EditsRequest request;
    request.id = in.string("id", limits::editIdLength);
    if (request.id.empty())
        in.fail("id", "a string of 1 to " + std::to_string(limits::editIdLength) + " bytes");
    refuseNull(in, *object, "version", "a number, or left out");
    request.version = in.optionalNumber("version", 0, maxReplicaId);
    request.name = authorName(in.optionalString("name", limits::bodyBytes));
    const auto& edits = in.array("edits", editsAtOnce);
    if (in.error())
        return *in.error();
    std::vector<Splice> sequence;
    for (const auto& edit : edits) {
        auto splice = parseSplice(edit, sequence.size());
        if (!splice)
            return splice.error();
        sequence.push_back(std::move(*splice));
    }
    auto splices = splicesOfSequence(anyLength, sequence);
    if (!splices)
        return splices.error();
    request.splices = std::move(*splices);
    return request;
}

std::string documentJson(const DocumentInfo& info, std::string_view text) {
    return dump(whole(info, text));
}

std::string newDocumentJson(const DocumentInfo& info, std::string_view text, const OpenLink& link) {
    Json json = whole(info, text);
    json["link"] = Json::parse(openLinkJson(link));
    return dump(json);
}

std::string summaryJson(const DocumentInfo& info) {
    return dump(summary(info));
}

std::string namedVersionJson(const NamedVersion& named) {
    return dump(describe(named));
}

std::string namedVersionsJson(const std::vector<NamedVersion>& versions) {
    Json list = Json::array();
    for (const NamedVersion& named : versions)
        list.push_back(describe(named));
    return dump({{"versions", std::move(list)}});
}

std::string sessionsJson(const EditSessionPage& page, const std::vector<ReplicaBinding>& bindings) {
    const Names names(bindings);
    Json sessions = Json::array();
    for (const EditSession& session : page.sessions) {
        Json authors = Json::array();
        for (const auto& [replica, changes] : session.changes) {
            Json author = names.author(replica);
            author["changes"] = changes;
            authors.push_back(std::move(author));
        }
        sessions.push_back({{"from", session.from},
                            {"to", session.to},
                            {"started", timestamp(session.startedMs)},
                            {"ended", timestamp(session.endedMs)},
                            {"authors", std::move(authors)}});
    }
    Json next;
    if (page.next)
        next = *page.next;
    return dump({{"sessions", std::move(sessions)}, {"next", std::move(next)}});
}

std::string authorsJson(Seq version, const std::vector<AuthorRange>& ranges,
                        const std::vector<ReplicaBinding>& bindings) {
    const Names names(bindings);
    Json authors = Json::array();
    std::size_t index = 0;
    for (const AuthorRange& range : ranges) {
        Json author{{"index", index}, {"length", range.length}};
        author.update(names.author(range.replica));
        authors.push_back(std::move(author));
        index += range.length;
    }
    return dump({{"version", version}, {"authors", std::move(authors)}});
}

std::string changesJson(Seq from, Seq to, const std::vector<Replacement>& changes) {
    Json edits = Json::array();
    for (const Replacement& change : changes)
        edits.push_back({{"index", change.index},
                         {"delete", change.removed.size()},
                         {"insert", toUtf8(change.inserted)},
                         {"deleted", toUtf8(change.removed)}});
    return dump({{"from", from}, {"to", to}, {"edits", std::move(edits)}});
}

std::string editJson(std::string_view id, Seq version) {
    return dump({{"id", id}, {"version", version}});
}

std::string pageJson(const DocumentPage& page) {
    Json documents = Json::array();
    for (const DocumentInfo& info : page.documents)
        documents.push_back(summary(info));
    Json next;
    if (page.next)
        next = *page.next;
    return dump({{"documents", std::move(documents)}, {"next", std::move(next)}});
}

} // namespace tandem
