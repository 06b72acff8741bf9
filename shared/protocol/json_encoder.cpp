// Messages to JSON.
#include "protocol/json_codec.h"

#include "base/base64url.h"
#include "base/utf8.h"

#include <nlohmann/json.hpp>

namespace tandem::json {

namespace {

using Json = nlohmann::ordered_json;

// An empty object with room for so many fields: growing copies the names, and braced lists copy the values.
Json objectOf(std::size_t fields) {
    Json::object_t object;
    object.reserve(fields);
    return object;
}

Json toJson(const Anchor& anchor) {
    Json one = objectOf(3);
    one["replica"] = anchor.element.replica;
    one["counter"] = anchor.element.counter;
    one["side"] = anchor.side == Side::left ? "left" : "right";
    return one;
}

void putSelection(Json& out, const message::AnySelection& selection) {
    if (const auto* anchors = std::get_if<message::AnchorRange>(&selection)) {
        out["tail"] = toJson(anchors->tail);
        out["head"] = toJson(anchors->head);
    } else if (const auto* indexes = std::get_if<message::IndexRange>(&selection)) {
        out["tail"] = indexes->tail;
        out["head"] = indexes->head;
    } else {
        out["tail"] = nullptr;
        out["head"] = nullptr;
    }
}

void putMember(Json& out, const message::Member& member) {
    out["session"] = member.session;
    out["name"] = member.name;
    out["color"] = member.color;
    putSelection(out, member.selection);
    out["idle"] = member.idle;
}

Json toJson(const std::vector<message::Member>& members) {
    Json array = Json::array();
    for (const message::Member& member : members) {
        Json one = objectOf(6);
        putMember(one, member);
        array.push_back(std::move(one));
    }
    return array;
}

Json toJson(const std::vector<std::string>& byteStrings) {
    Json array = Json::array();
    for (const std::string& bytes : byteStrings)
        array.push_back(toBase64Url(bytes));
    return array;
}

Json toJson(const message::ReplicaKey& key) {
    Json one = objectOf(2);
    one["id"] = key.id;
    one["key"] = key.key;
    return one;
}

Json toJson(const message::Limits& limits) {
    Json object = objectOf(limits.size());
    for (const auto& [name, value] : limits)
        object[name] = value;
    return object;
}

template <typename T>
void putOptional(Json& out, const char* name, const std::optional<T>& value) {
    if (value)
        out[name] = *value;
}

// --- one overload a message

void put(Json& out, const message::Hello& m) {
    out["type"] = "hello";
    out["name"] = m.name;
    out["color"] = m.color;
    out["replicas"] = Json::array();
    for (const message::ReplicaKey& key : m.replicas)
        out["replicas"].push_back(toJson(key));
    putOptional(out, "epoch", m.epoch);
    putOptional(out, "after", m.after);
    out["client"] = m.client;
    putOptional(out, "token", m.token);
    if (m.unpacks)
        out["unpacks"] = true;
}

void put(Json& out, const message::PlainHello& m) {
    out["type"] = "hello";
    putOptional(out, "name", m.name);
    putOptional(out, "color", m.color);
    if (m.resume)
        out["resume"] = {{"replica", m.resume->id}, {"key", m.resume->key}};
    putOptional(out, "token", m.token);
}

void put(Json& out, const message::OpSubmit& m) {
    out["type"] = "op.submit";
    out["replica"] = m.replica;
    putOptional(out, "key", m.key);
    out["changes"] = toJson(m.changes);
}

void put(Json& out, const message::EditInsert& m) {
    out["type"] = "edit.insert";
    out["id"] = m.id;
    out["index"] = m.index;
    out["text"] = toUtf8(m.text);
    putOptional(out, "version", m.version);
}

void put(Json& out, const message::EditDelete& m) {
    out["type"] = "edit.delete";
    out["id"] = m.id;
    out["index"] = m.index;
    out["length"] = m.length;
    putOptional(out, "version", m.version);
}

void put(Json& out, const message::CursorUpdate& m) {
    out["type"] = "cursor.update";
    putSelection(out, m.selection);
}

void put(Json& out, const message::Ping&) {
    out["type"] = "ping";
}

void put(Json& out, const message::Welcome& m) {
    out["type"] = "welcome";
    out["session"] = m.session;
    out["role"] = m.role;
    out["epoch"] = m.epoch;
    out["version"] = m.version;
    out["title"] = m.title;
    out["limits"] = toJson(m.limits);
    out["server"] = m.server;
    out["members"] = toJson(m.members);
}

void put(Json& out, const message::Snapshot& m) {
    out["type"] = "snapshot";
    out["version"] = m.version;
    out["part"] = m.part;
    out["parts"] = m.parts;
    out["bytes"] = toBase64Url(m.bytes);
    if (m.packed)
        out["packed"] = true;
}

void put(Json& out, const message::PlainSnapshot& m) {
    out["type"] = "snapshot";
    out["session"] = m.session;
    out["role"] = m.role;
    out["replica"] = m.author.id;
    out["key"] = m.author.key;
    out["epoch"] = m.epoch;
    out["version"] = m.version;
    out["title"] = m.title;
    out["text"] = m.text;
    out["limits"] = toJson(m.limits);
    out["members"] = toJson(m.members);
}

void put(Json& out, const message::DocUpdate& m) {
    out["type"] = "doc.update";
    out["first"] = m.first;
    Json& changes = out["changes"] = Json::array();
    for (const auto& group : m.groups) {
        Json one = objectOf(3);
        one["replica"] = group.replica;
        one["time"] = group.timeMs;
        one["bytes"] = toJson(group.changes);
        changes.push_back(std::move(one));
    }
}

void put(Json& out, const message::PlainDocUpdate& m) {
    out["type"] = "doc.update";
    out["from"] = m.from;
    out["version"] = m.version;
    Json& edits = out["edits"] = Json::array();
    for (const auto& edit : m.edits) {
        Json one = objectOf(4);
        one["index"] = edit.index;
        one["delete"] = edit.deleted;
        one["insert"] = edit.inserted;
        one["author"] = edit.author;
        edits.push_back(std::move(one));
    }
}

void put(Json& out, const message::Ack& m) {
    out["type"] = "ack";
    out["replica"] = m.replica;
    out["through"] = m.through;
    out["version"] = m.version;
}

void put(Json& out, const message::PlainAck& m) {
    out["type"] = "ack";
    out["id"] = m.id;
    out["version"] = m.version;
}

void put(Json& out, const message::Nack& m) {
    out["type"] = "nack";
    out["code"] = m.code;
    out["detail"] = m.detail;
    out["retryable"] = m.retryable;
    if (const auto* change = std::get_if<OpId>(&m.refused))
        out["for"] = {{"replica", change->replica}, {"counter", change->counter}};
    else if (const auto* id = std::get_if<std::string>(&m.refused))
        out["for"] = *id;
    else
        out["for"] = nullptr;
}

void put(Json& out, const message::PresenceJoin& m) {
    out["type"] = "presence.join";
    out["session"] = m.session;
    out["name"] = m.name;
    out["color"] = m.color;
}

void put(Json& out, const message::PresenceCursor& m) {
    out["type"] = "presence.cursor";
    putMember(out, m.member);
}

void put(Json& out, const message::PresenceLeave& m) {
    out["type"] = "presence.leave";
    out["session"] = m.session;
}

void put(Json& out, const message::AccessChanged& m) {
    out["type"] = "access.changed";
    out["role"] = m.role;
}

void put(Json& out, const message::TitleChanged& m) {
    out["type"] = "title.changed";
    out["title"] = m.title;
}

void put(Json& out, const message::Pong&) {
    out["type"] = "pong";
}

template <typename Any>
std::string encodeAny(const Any& any) {
    Json out = objectOf(11); // the most that a message has
    std::visit([&out](const auto& message) { put(out, message); }, any);
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string encode(const message::FromOperationsClient& message) {
    return encodeAny(message);
}
std::string encode(const message::FromPlainClient& message) {
    return encodeAny(message);
}
std::string encode(const message::ToOperationsClient& message) {
    return encodeAny(message);
}
std::string encode(const message::ToPlainClient& message) {
    return encodeAny(message);
}

} // namespace tandem::json
