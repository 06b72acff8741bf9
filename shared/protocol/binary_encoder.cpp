// Messages to binary frames.
#include "base/base64url.h"
#include "base/byte_writer.h"
#include "protocol/binary_codec.h"

namespace tandem::binary {

namespace {

void type(ByteWriter& out, FrameType type) {
    out.byte(static_cast<std::uint8_t>(type));
}

void string(ByteWriter& out, std::string_view value) {
    out.varint(value.size());
    out.bytes(value);
}

void flag(ByteWriter& out, bool value) {
    out.byte(value ? 1 : 0);
}

// Its 16 bytes; a key that is none was never accepted.
void key(ByteWriter& out, const std::string& text) {
    const auto bytes = fromBase64Url(text);
    out.bytes(bytes.ok() && bytes->size() == 16 ? *bytes : std::string(16, '\0'));
}

void anchor(ByteWriter& out, const Anchor& anchor) {
    out.varint(anchor.element.replica);
    out.varint(anchor.element.counter);
    out.byte(anchor.side == Side::left ? 0 : 1);
}

void selection(ByteWriter& out, const message::AnySelection& selection) {
    const auto* range = std::get_if<message::AnchorRange>(&selection);
    flag(out, range != nullptr);
    if (!range)
        return;
    anchor(out, range->tail);
    anchor(out, range->head);
}

void member(ByteWriter& out, const message::Member& member) {
    string(out, member.session);
    string(out, member.name);
    out.byte(static_cast<std::uint8_t>(member.color));
    selection(out, member.selection);
    flag(out, member.idle);
}

void strings(ByteWriter& out, const std::vector<std::string>& values) {
    out.varint(values.size());
    for (const std::string& value : values)
        string(out, value);
}

// --- one overload a message

void put(ByteWriter& out, const message::Hello& m) {
    type(out, FrameType::hello);
    string(out, m.name);
    out.byte(static_cast<std::uint8_t>(m.color));
    out.varint(m.replicas.size());
    for (const message::ReplicaKey& replica : m.replicas) {
        out.varint(replica.id);
        key(out, replica.key);
    }
    flag(out, m.epoch.has_value());
    if (m.epoch) {
        string(out, *m.epoch);
        out.varint(m.after.value_or(0));
    }
    string(out, m.client);
    flag(out, m.token.has_value());
    if (m.token)
        string(out, *m.token);
    if (m.unpacks)
        flag(out, true);
}

void put(ByteWriter& out, const message::OpSubmit& m) {
    type(out, FrameType::opSubmit);
    out.varint(m.replica);
    flag(out, m.key.has_value());
    if (m.key)
        key(out, *m.key);
    strings(out, m.changes);
}

void put(ByteWriter& out, const message::CursorUpdate& m) {
    type(out, FrameType::cursorUpdate);
    selection(out, m.selection);
}

void put(ByteWriter& out, const message::Ping&) {
    type(out, FrameType::ping);
}

void put(ByteWriter& out, const message::Welcome& m) {
    type(out, FrameType::welcome);
    string(out, m.session);
    string(out, m.role);
    string(out, m.epoch);
    out.varint(m.version);
    string(out, m.title);
    out.varint(m.limits.size());
    for (const auto& [name, value] : m.limits) {
        string(out, name);
        out.varint(value);
    }
    string(out, m.server);
    out.varint(m.members.size());
    for (const message::Member& one : m.members)
        member(out, one);
}

void put(ByteWriter& out, const message::Snapshot& m) {
    type(out, m.packed ? FrameType::packedSnapshot : FrameType::snapshot);
    out.varint(m.version);
    out.varint(m.part);
    out.varint(m.parts);
    string(out, m.bytes);
}

void put(ByteWriter& out, const message::DocUpdate& m) {
    type(out, FrameType::docUpdate);
    out.varint(m.first);
    out.varint(m.groups.size());
    for (const auto& group : m.groups) {
        out.varint(group.replica);
        out.varint(static_cast<std::uint64_t>(group.timeMs));
        strings(out, group.changes);
    }
}

void put(ByteWriter& out, const message::Ack& m) {
    type(out, FrameType::ack);
    out.varint(m.replica);
    out.varint(m.through);
    out.varint(m.version);
}

void put(ByteWriter& out, const message::Nack& m) {
    type(out, FrameType::nack);
    string(out, m.code);
    string(out, m.detail);
    flag(out, m.retryable);
    const auto* change = std::get_if<OpId>(&m.refused);
    flag(out, change != nullptr);
    if (change) {
        out.varint(change->replica);
        out.varint(change->counter);
    }
}

void put(ByteWriter& out, const message::PresenceJoin& m) {
    type(out, FrameType::presenceJoin);
    string(out, m.session);
    string(out, m.name);
    out.byte(static_cast<std::uint8_t>(m.color));
}

void put(ByteWriter& out, const message::PresenceCursor& m) {
    type(out, FrameType::presenceCursor);
    member(out, m.member);
}

void put(ByteWriter& out, const message::PresenceLeave& m) {
    type(out, FrameType::presenceLeave);
    string(out, m.session);
}

void put(ByteWriter& out, const message::AccessChanged& m) {
    type(out, FrameType::accessChanged);
    string(out, m.role);
}

void put(ByteWriter& out, const message::TitleChanged& m) {
    type(out, FrameType::titleChanged);
    string(out, m.title);
}

void put(ByteWriter& out, const message::Pong&) {
    type(out, FrameType::pong);
}

template <typename Any>
std::string encodeAny(const Any& any) {
    ByteWriter out;
    std::visit([&out](const auto& message) { put(out, message); }, any);
    return std::move(out).take();
}

} // namespace

std::string encode(const message::FromOperationsClient& message) {
    return encodeAny(message);
}

std::string encode(const message::ToOperationsClient& message) {
    return encodeAny(message);
}

} // namespace tandem::binary
