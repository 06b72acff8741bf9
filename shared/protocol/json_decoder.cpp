// JSON from anyone to messages.
#include "protocol/json_codec.h"

#include "base/base64url.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

#include <limits>

namespace tandem::json {

namespace {

using Json = nlohmann::json;
constexpr std::uint64_t maxNumber = maxReplicaId; // what a JSON number holds exactly
constexpr std::size_t idBytes = 64;
constexpr std::size_t sentenceBytes = 1024;

std::string limitedName(JsonFields& in) {
    return in.string("name", limits::nameLength * 4);
}

int color(JsonFields& in) {
    return static_cast<int>(in.number("color", 0, limits::colors - 1));
}

ReplicaId replica(JsonFields& in, const char* name = "replica") {
    return in.number(name, 1, maxReplicaId);
}

std::string key(JsonFields& in, const char* name = "key") {
    std::string text = in.string(name, idBytes);
    const auto bytes = fromBase64Url(text);
    if (!bytes.ok() || bytes->size() != 16)
        in.fail(name, "16 bytes in base64url");
    return text;
}

std::string byteString(JsonFields& in, const Json& value, const char* name) {
    const auto* text = value.get_ptr<const std::string*>();
    auto bytes = text ? fromBase64Url(*text) : Result<std::string>(Error{});
    if (bytes.ok())
        return std::move(*bytes);
    in.fail(name, "bytes in base64url");
    return {};
}

std::vector<std::string> byteStrings(JsonFields& in, const char* name) {
    std::vector<std::string> all;
    for (const Json& value : in.array(name, limits::changesPerSubmit)) {
        all.push_back(byteString(in, value, name));
        if (!in.ok())
            break;
    }
    return all;
}

Anchor anchor(JsonFields& outer, const Json& value, const char* name) {
    if (!value.is_object()) {
        outer.fail(name, "an anchor");
        return {};
    }
    JsonFields in(value);
    Anchor result;
    result.element.replica = in.number("replica", 0, maxReplicaId);
    result.element.counter = static_cast<Counter>(in.number("counter", 0, maxCounter));
    const std::string side = in.string("side", idBytes);
    result.side = side == "left" ? Side::left : Side::right;
    const bool isRoot = result.element.replica == 0;
    if (!in.ok() || (side != "left" && side != "right") || isRoot != (result.element.counter == 0) ||
        (isRoot && side == "left"))
        outer.fail(name, "an anchor");
    return result;
}

message::AnySelection selection(JsonFields& in) {
    const Json* tail = in.find("tail");
    const Json* head = in.find("head");
    if (!tail && !head)
        return std::monostate{};
    if (!tail || !head) {
        in.fail("tail", "given with \"head\"");
        return std::monostate{};
    }
    if (tail->is_object())
        return message::AnchorRange{anchor(in, *tail, "tail"), anchor(in, *head, "head")};
    return message::IndexRange{in.number("tail", 0, maxNumber), in.number("head", 0, maxNumber)};
}

message::Member member(JsonFields& in) {
    message::Member result;
    result.session = in.string("session", idBytes);
    result.name = limitedName(in);
    result.color = color(in);
    result.selection = selection(in);
    result.idle = in.boolean("idle");
    return result;
}

std::vector<message::Member> members(JsonFields& outer) {
    std::vector<message::Member> all;
    for (const Json& value : outer.array("members", std::numeric_limits<std::uint16_t>::max())) {
        JsonFields in(value);
        if (value.is_object())
            all.push_back(member(in));
        if (!value.is_object() || !in.ok()) {
            outer.fail("members", "an array of members");
            break;
        }
    }
    return all;
}

message::Limits limitsOf(JsonFields& in) {
    message::Limits all;
    const Json* object = in.find("limits");
    if (!object || !object->is_object()) {
        in.fail("limits", "an object of numbers");
        return all;
    }
    for (const auto& [name, value] : object->items()) {
        if (const auto* number = value.get_ptr<const std::uint64_t*>())
            all.emplace(name, *number);
    }
    return all;
}

// --- one function a message

message::Hello hello(JsonFields& in) {
    message::Hello m;
    m.name = limitedName(in);
    m.color = color(in);
    for (const Json& value : in.array("replicas", limits::replicasPerHello)) {
        if (!value.is_object()) {
            in.fail("replicas", "an array of {id, key}");
            break;
        }
        JsonFields one(value);
        m.replicas.push_back({replica(one, "id"), key(one)});
        if (!one.ok())
            in.fail("replicas", "an array of {id, key}");
    }
    m.epoch = in.optionalString("epoch", idBytes);
    m.after = in.optionalNumber("after", 0, maxNumber);
    if (m.epoch.has_value() != m.after.has_value())
        in.fail("after", "given with \"epoch\"");
    m.client = in.string("client", limits::clientLength);
    m.token = in.optionalString("token", limits::tokenLength);
    m.unpacks = in.find("unpacks") && in.boolean("unpacks");
    return m;
}

message::PlainHello plainHello(JsonFields& in) {
    message::PlainHello m;
    m.name = in.optionalString("name", limits::nameLength * 4);
    if (const auto number = in.optionalNumber("color", 0, limits::colors - 1))
        m.color = static_cast<int>(*number);
    if (const Json* resume = in.find("resume")) {
        if (resume->is_object()) {
            JsonFields one(*resume);
            m.resume = message::ReplicaKey{replica(one), key(one)};
            if (!one.ok())
                in.fail("resume", "{replica, key}");
        } else {
            in.fail("resume", "{replica, key}");
        }
    }
    m.token = in.optionalString("token", limits::tokenLength);
    return m;
}

message::OpSubmit opSubmit(JsonFields& in) {
    message::OpSubmit m;
    m.replica = replica(in);
    if (in.find("key"))
        m.key = key(in);
    m.changes = byteStrings(in, "changes");
    return m;
}

std::string editId(JsonFields& in) {
    std::string id = in.string("id", limits::editIdLength);
    if (id.empty())
        in.fail("id", "a string that is not empty");
    return id;
}

message::EditInsert editInsert(JsonFields& in) {
    message::EditInsert m;
    m.id = editId(in);
    m.index = in.number("index", 0, maxNumber);
    auto text = fromUtf8(in.string("text", limits::frameBytes));
    if (text.ok())
        m.text = std::move(*text);
    else
        in.fail("text", "Unicode scalar values");
    m.version = in.optionalNumber("version", 0, maxNumber);
    return m;
}

message::EditDelete editDelete(JsonFields& in) {
    message::EditDelete m;
    m.id = editId(in);
    m.index = in.number("index", 0, maxNumber);
    m.length = in.number("length", 0, maxNumber);
    m.version = in.optionalNumber("version", 0, maxNumber);
    return m;
}

message::CursorUpdate cursorUpdate(JsonFields& in) {
    return {selection(in)};
}

message::Welcome welcome(JsonFields& in) {
    message::Welcome m;
    m.session = in.string("session", idBytes);
    m.role = in.string("role", idBytes);
    m.epoch = in.string("epoch", idBytes);
    m.version = in.number("version", 0, maxNumber);
    m.title = in.string("title", limits::titleLength * 4);
    m.limits = limitsOf(in);
    m.server = in.string("server", sentenceBytes);
    m.members = members(in);
    return m;
}

message::Snapshot snapshot(JsonFields& in) {
    message::Snapshot m;
    m.version = in.number("version", 0, maxNumber);
    m.part = in.number("part", 0, maxNumber);
    m.parts = in.number("parts", 1, maxNumber);
    if (const Json* bytes = in.find("bytes"))
        m.bytes = byteString(in, *bytes, "bytes");
    else
        in.fail("bytes", "bytes in base64url");
    m.packed = in.find("packed") && in.boolean("packed");
    return m;
}

message::PlainSnapshot plainSnapshot(JsonFields& in) {
    message::PlainSnapshot m;
    m.session = in.string("session", idBytes);
    m.role = in.string("role", idBytes);
    m.author = {replica(in), key(in)};
    m.epoch = in.string("epoch", idBytes);
    m.version = in.number("version", 0, maxNumber);
    m.title = in.string("title", limits::titleLength * 4);
    m.text = in.string("text", limits::documentBytes);
    m.limits = limitsOf(in);
    m.members = members(in);
    return m;
}

message::DocUpdate docUpdate(JsonFields& outer) {
    message::DocUpdate m;
    m.first = outer.number("first", 1, maxNumber);
    for (const Json& value : outer.array("changes", limits::changesPerSubmit)) {
        if (!value.is_object()) {
            outer.fail("changes", "an array of {replica, time, bytes}");
            break;
        }
        JsonFields in(value);
        message::DocUpdate::Group group;
        group.replica = replica(in);
        group.timeMs = static_cast<std::int64_t>(in.number("time", 0, maxNumber));
        group.changes = byteStrings(in, "bytes");
        if (!in.ok())
            outer.fail("changes", "an array of {replica, time, bytes}");
        m.groups.push_back(std::move(group));
    }
    return m;
}

message::PlainDocUpdate plainDocUpdate(JsonFields& outer) {
    message::PlainDocUpdate m;
    m.from = outer.number("from", 0, maxNumber);
    m.version = outer.number("version", 0, maxNumber);
    for (const Json& value : outer.array("edits", maxNumber)) {
        if (!value.is_object()) {
            outer.fail("edits", "an array of edits");
            break;
        }
        JsonFields in(value);
        message::PlainDocUpdate::Edit edit;
        edit.index = in.number("index", 0, maxNumber);
        edit.deleted = in.number("delete", 0, maxNumber);
        edit.inserted = in.string("insert", limits::documentBytes);
        edit.author = replica(in, "author");
        if (!in.ok())
            outer.fail("edits", "an array of edits");
        m.edits.push_back(std::move(edit));
    }
    return m;
}

message::Ack ack(JsonFields& in) {
    message::Ack m;
    m.replica = replica(in);
    m.through = static_cast<Counter>(in.number("through", 1, maxCounter));
    m.version = in.number("version", 0, maxNumber);
    return m;
}

message::PlainAck plainAck(JsonFields& in) {
    message::PlainAck m;
    m.id = editId(in);
    m.version = in.number("version", 0, maxNumber);
    return m;
}

message::Nack nack(JsonFields& in) {
    message::Nack m;
    m.code = in.string("code", idBytes);
    m.detail = in.string("detail", sentenceBytes);
    m.retryable = in.boolean("retryable");
    const Json* refused = in.find("for");
    if (refused && refused->is_string()) {
        m.refused = in.string("for", limits::editIdLength);
    } else if (refused && refused->is_object()) {
        JsonFields one(*refused);
        m.refused = OpId{replica(one), static_cast<Counter>(one.number("counter", 1, maxCounter))};
        if (!one.ok())
            in.fail("for", "{replica, counter}");
    } else if (refused) {
        in.fail("for", "a change, an id or null");
    }
    return m;
}

message::PresenceJoin presenceJoin(JsonFields& in) {
    return {in.string("session", idBytes), limitedName(in), color(in)};
}

message::PresenceCursor presenceCursor(JsonFields& in) {
    return {member(in)};
}

message::PresenceLeave presenceLeave(JsonFields& in) {
    return {in.string("session", idBytes)};
}

message::AccessChanged accessChanged(JsonFields& in) {
    return {in.string("role", idBytes)};
}

message::TitleChanged titleChanged(JsonFields& in) {
    return {in.string("title", limits::titleLength * 4)};
}

// --- choosing by type

template <typename Any>
struct Entry {
    std::string_view type;
    Any (*read)(JsonFields&);
};

template <typename Any, auto read>
Any as(JsonFields& in) {
    return read(in);
}

template <typename Any, std::size_t n>
Result<Any> decode(std::string_view frame, std::size_t maxBytes, const Entry<Any> (&entries)[n]) {
    if (frame.size() > maxBytes)
        return Error{ErrorCode::limitExceeded,
                     "the frame is larger than " + std::to_string(maxBytes) + " bytes"};
    const auto object = parseJsonObject(frame, limits::nesting);
    if (!object.ok())
        return object.error();
    JsonFields in(*object);
    const std::string type = in.string("type", idBytes);
    if (in.error())
        return *in.error();
    for (const Entry<Any>& entry : entries) {
        if (entry.type != type)
            continue;
        Any message = entry.read(in);
        if (in.error())
            return *in.error();
        return message;
    }
    return Error{ErrorCode::unknownType, "there is no message of this type"};
}

} // namespace

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame) {
    using Any = message::FromOperationsClient;
    static constexpr Entry<Any> entries[] = {
        {"op.submit", as<Any, opSubmit>},
        {"cursor.update", as<Any, cursorUpdate>},
        {"hello", as<Any, hello>},
        {"ping", [](JsonFields&) { return Any(message::Ping{}); }},
    };
    return decode(frame, limits::frameBytes, entries);
}

Result<message::FromPlainClient> decodeFromPlainClient(std::string_view frame) {
    using Any = message::FromPlainClient;
    static constexpr Entry<Any> entries[] = {
        {"edit.insert", as<Any, editInsert>},
        {"edit.delete", as<Any, editDelete>},
        {"cursor.update", as<Any, cursorUpdate>},
        {"hello", as<Any, plainHello>},
        {"ping", [](JsonFields&) { return Any(message::Ping{}); }},
    };
    return decode(frame, limits::frameBytes, entries);
}

Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame) {
    using Any = message::ToOperationsClient;
    static constexpr Entry<Any> entries[] = {
        {"ack", as<Any, ack>},
        {"doc.update", as<Any, docUpdate>},
        {"presence.cursor", as<Any, presenceCursor>},
        {"presence.join", as<Any, presenceJoin>},
        {"presence.leave", as<Any, presenceLeave>},
        {"access.changed", as<Any, accessChanged>},
        {"title.changed", as<Any, titleChanged>},
        {"pong", [](JsonFields&) { return Any(message::Pong{}); }},
        {"nack", as<Any, nack>},
        {"welcome", as<Any, welcome>},
        {"snapshot", as<Any, snapshot>},
    };
    return decode(frame, limits::frameBytes, entries);
}

Result<message::ToPlainClient> decodeToPlainClient(std::string_view frame) {
    using Any = message::ToPlainClient;
    static constexpr Entry<Any> entries[] = {
        {"ack", as<Any, plainAck>},
        {"doc.update", as<Any, plainDocUpdate>},
        {"presence.cursor", as<Any, presenceCursor>},
        {"presence.join", as<Any, presenceJoin>},
        {"presence.leave", as<Any, presenceLeave>},
        {"access.changed", as<Any, accessChanged>},
        {"title.changed", as<Any, titleChanged>},
        {"pong", [](JsonFields&) { return Any(message::Pong{}); }},
        {"nack", as<Any, nack>},
        {"snapshot", as<Any, plainSnapshot>},
    };
    return decode(frame, 2 * limits::documentBytes, entries);
}

} // namespace tandem::json
