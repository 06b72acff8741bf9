// Binary frames from anyone to messages.
#include "base/base64url.h"
#include "base/byte_reader.h"
#include "base/utf8.h"
#include "protocol/binary_codec.h"
#include "protocol/limits.h"

namespace tandem::binary {

namespace {

constexpr std::uint64_t maxNumber = maxReplicaId;
constexpr std::size_t idBytes = 64;
constexpr std::size_t sentenceBytes = 1024;
constexpr std::size_t keyBytes = 16;

std::string byteString(ByteReader& in, std::size_t maxBytes) {
    return std::string(in.bytes(in.varintUpTo(maxBytes)));
}

std::string text(ByteReader& in, std::size_t maxBytes) {
    std::string value = byteString(in, maxBytes);
    if (!fromUtf8(value).ok())
        in.fail();
    return value;
}

bool flag(ByteReader& in) {
    const std::uint8_t value = in.byte();
    if (value > 1)
        in.fail();
    return value == 1;
}

// A count of things that take a byte at least, so that it never asks for more memory than the frame has
// bytes.
std::uint64_t count(ByteReader& in, std::uint64_t max) {
    const std::uint64_t value = in.varintUpTo(max);
    if (value > in.remaining())
        in.fail();
    return in.ok() ? value : 0;
}

ReplicaId replica(ByteReader& in) {
    const ReplicaId id = in.varintUpTo(maxReplicaId);
    if (id == 0)
        in.fail();
    return id;
}

Counter counter(ByteReader& in) {
    const auto value = static_cast<Counter>(in.varintUpTo(maxCounter));
    if (value == 0)
        in.fail();
    return value;
}

int color(ByteReader& in) {
    const std::uint8_t value = in.byte();
    if (value >= limits::colors)
        in.fail();
    return value;
}

std::string key(ByteReader& in) {
    return toBase64Url(in.bytes(keyBytes));
}

Anchor anchor(ByteReader& in) {
    Anchor result;
    result.element.replica = in.varintUpTo(maxReplicaId);
    result.element.counter = static_cast<Counter>(in.varintUpTo(maxCounter));
    result.side = flag(in) ? Side::right : Side::left;
    const bool isRoot = result.element.replica == 0;
    if (isRoot != (result.element.counter == 0) || (isRoot && result.side == Side::left))
        in.fail();
    return result;
}

message::AnySelection selection(ByteReader& in) {
    if (!flag(in))
        return std::monostate{};
    const Anchor tail = anchor(in);
    return message::AnchorRange{tail, anchor(in)};
}

message::Member member(ByteReader& in) {
    message::Member m;
    m.session = text(in, idBytes);
    m.name = text(in, limits::nameLength * 4);
    m.color = color(in);
    m.selection = selection(in);
    m.idle = flag(in);
    return m;
}

std::vector<std::string> byteStrings(ByteReader& in) {
    std::vector<std::string> all;
    const std::uint64_t n = count(in, limits::changesPerSubmit);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i)
        all.push_back(byteString(in, limits::frameBytes));
    return all;
}

// --- one function a message

message::Hello hello(ByteReader& in) {
    message::Hello m;
    m.name = text(in, limits::nameLength * 4);
    m.color = color(in);
    const std::uint64_t replicas = count(in, limits::replicasPerHello);
    for (std::uint64_t i = 0; i < replicas && in.ok(); ++i) {
        const ReplicaId id = replica(in);
        m.replicas.push_back({id, key(in)});
    }
    if (flag(in)) {
        m.epoch = text(in, idBytes);
        m.after = in.varintUpTo(maxNumber);
    }
    m.client = text(in, limits::clientLength);
    if (flag(in))
        m.token = text(in, limits::tokenLength);
    m.unpacks = in.remaining() > 0;
    if (m.unpacks && !flag(in))
        in.fail(); // left out is how it is said
    return m;
}

message::OpSubmit opSubmit(ByteReader& in) {
    message::OpSubmit m;
    m.replica = replica(in);
    if (flag(in))
        m.key = key(in);
    m.changes = byteStrings(in);
    return m;
}

message::Welcome welcome(ByteReader& in) {
    message::Welcome m;
    m.session = text(in, idBytes);
    m.role = text(in, idBytes);
    m.epoch = text(in, idBytes);
    m.version = in.varintUpTo(maxNumber);
    m.title = text(in, limits::titleLength * 4);
    const std::uint64_t limitCount = count(in, sentenceBytes);
    for (std::uint64_t i = 0; i < limitCount && in.ok(); ++i) {
        std::string name = text(in, idBytes);
        m.limits[std::move(name)] = in.varint();
    }
    m.server = text(in, sentenceBytes);
    const std::uint64_t members = count(in, limits::frameBytes);
    for (std::uint64_t i = 0; i < members && in.ok(); ++i)
        m.members.push_back(member(in));
    return m;
}

message::Snapshot snapshot(ByteReader& in, bool packed) {
    message::Snapshot m;
    m.packed = packed;
    m.version = in.varintUpTo(maxNumber);
    m.part = in.varintUpTo(maxNumber);
    m.parts = in.varintUpTo(maxNumber);
    m.bytes = byteString(in, limits::frameBytes);
    if (m.parts == 0)
        in.fail();
    return m;
}

message::DocUpdate docUpdate(ByteReader& in) {
    message::DocUpdate m;
    m.first = in.varintUpTo(maxNumber);
    const std::uint64_t groups = count(in, limits::frameBytes);
    for (std::uint64_t i = 0; i < groups && in.ok(); ++i) {
        message::DocUpdate::Group group;
        group.replica = replica(in);
        group.timeMs = static_cast<std::int64_t>(in.varintUpTo(maxNumber));
        group.changes = byteStrings(in);
        m.groups.push_back(std::move(group));
    }
    if (m.first == 0)
        in.fail();
    return m;
}

message::Ack ack(ByteReader& in) {
    message::Ack m;
    m.replica = replica(in);
    m.through = counter(in);
    m.version = in.varintUpTo(maxNumber);
    return m;
}

message::Nack nack(ByteReader& in) {
    message::Nack m;
    m.code = text(in, idBytes);
    m.detail = text(in, sentenceBytes);
    m.retryable = flag(in);
    if (flag(in)) {
        const ReplicaId id = replica(in);
        m.refused = OpId{id, counter(in)};
    }
    return m;
}

message::PresenceJoin presenceJoin(ByteReader& in) {
    message::PresenceJoin m;
    m.session = text(in, idBytes);
    m.name = text(in, limits::nameLength * 4);
    m.color = color(in);
    return m;
}

// What `read` makes of the rest of the frame, if it is all there and nothing follows.
template <typename Any, typename Message>
Result<Any> finish(ByteReader& in, Message message) {
    if (!in.ok() || !in.atEnd())
        return Error{ErrorCode::malformed, "the frame is damaged"};
    return Any(std::move(message));
}

const Error unknownType{ErrorCode::unknownType, "there is no message of this type"};

} // namespace

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame) {
    using Any = message::FromOperationsClient;
    ByteReader in(frame);
    switch (static_cast<FrameType>(in.byte())) {
    case FrameType::hello:
        return finish<Any>(in, hello(in));
    case FrameType::opSubmit:
        return finish<Any>(in, opSubmit(in));
    case FrameType::cursorUpdate:
        return finish<Any>(in, message::CursorUpdate{selection(in)});
    case FrameType::ping:
        return finish<Any>(in, message::Ping{});
    default:
        return unknownType;
    }
}

Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame) {
    using Any = message::ToOperationsClient;
    ByteReader in(frame);
    switch (static_cast<FrameType>(in.byte())) {
    case FrameType::welcome:
        return finish<Any>(in, welcome(in));
    case FrameType::snapshot:
        return finish<Any>(in, snapshot(in, false));
    case FrameType::packedSnapshot:
        return finish<Any>(in, snapshot(in, true));
    case FrameType::docUpdate:
        return finish<Any>(in, docUpdate(in));
    case FrameType::ack:
        return finish<Any>(in, ack(in));
    case FrameType::nack:
        return finish<Any>(in, nack(in));
    case FrameType::presenceJoin:
        return finish<Any>(in, presenceJoin(in));
    case FrameType::presenceCursor:
        return finish<Any>(in, message::PresenceCursor{member(in)});
    case FrameType::presenceLeave:
        return finish<Any>(in, message::PresenceLeave{text(in, idBytes)});
    case FrameType::accessChanged:
        return finish<Any>(in, message::AccessChanged{text(in, idBytes)});
    case FrameType::titleChanged:
        return finish<Any>(in, message::TitleChanged{text(in, limits::titleLength * 4)});
    case FrameType::pong:
        return finish<Any>(in, message::Pong{});
    default:
        return unknownType;
    }
}

} // namespace tandem::binary
