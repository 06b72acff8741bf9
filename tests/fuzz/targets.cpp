#include "fuzz/targets.h"

#include "base/byte_reader.h"
#include "base/check.h"
#include "crdt/change_stream.h"
#include "crdt/replica.h"
#include "protocol/codec.h"

namespace tandem::fuzz {

namespace {

template <typename Any, typename Encode>
void comesBack(Result<Any> (*decode)(std::string_view), std::string_view bytes, Encode encode) {
    const auto message = decode(bytes);
    if (!message.ok())
        return;
    const std::string frame = encode(*message);
    const auto back = decode(frame);
    // Bytes in base64 and JSON may be larger than the frame they came in.
    if (back.ok())
        check(*back == *message, "a message comes back from its own frame");
    else
        check(back.error().code == ErrorCode::limitExceeded, "a message that was accepted has a frame");
}

// A replica with some text of two authors, some of it deleted.
Replica small() {
    Replica replica;
    const Splice first{0, 0, U"The quick brown fox"};
    const Splice second{4, 5, U"slow 😀"};
    static_cast<void>(replica.edit(1, std::span(&first, 1)));
    static_cast<void>(replica.edit(2, std::span(&second, 1)));
    return replica;
}

void applySoundly(Replica& replica, std::string_view bytes) {
    const auto change = decodeChange(bytes);
    if (!change.ok())
        return;
    TextEdits edits;
    std::u32string view = replica.codePoints();
    // As a Change and as bytes it means the same.
    auto copy = Replica::decode(replica.encode());
    check(copy.ok(), "a replica comes back from its own bytes");
    const std::string own = encodeChange(*change);
    const auto encoded = splitChange(own);
    check(encoded.ok(), "a change's own bytes are of the present format");
    const auto fromBytes = copy->apply(*encoded);
    const auto effect = replica.apply(*change, &edits);
    check(fromBytes.ok() == effect.ok(), "a change is taken or refused in either form");
    check(copy->text() == replica.text(), "a change does the same in either form");
    for (const TextEdit& edit : edits)
        view.replace(edit.index, edit.deleted, edit.inserted);
    check(view == replica.codePoints(), "edits by index tell what a change did");
}

} // namespace

void message(std::string_view bytes) {
    const auto inItsOwnWay = [encoding = codec::encodingOf(bytes)](const auto& any) {
        return codec::encode(any, encoding);
    };
    const auto asJson = [](const auto& any) { return codec::encode(any); };
    comesBack(codec::decodeFromOperationsClient, bytes, inItsOwnWay);
    comesBack(codec::decodeFromPlainClient, bytes, asJson);
    comesBack(codec::decodeToPlainClient, bytes, asJson);
    const auto update = codec::decodeToOperationsClient(bytes);
    if (update.ok())
        static_cast<void>(inItsOwnWay(*update));
}

void change(std::string_view bytes) {
    const auto decoded = decodeChange(bytes);
    if (!decoded.ok())
        return;
    const std::string again = encodeChange(*decoded);
    if (bytes.front() == again.front()) // else of format 1
        check(again == bytes, "a change has one encoding");
    const auto back = decodeChange(again);
    check(back.ok() && *back == *decoded, "a change comes back from its own bytes");
    Replica replica = small();
    applySoundly(replica, bytes);
    replica.checkInvariants();
}

void changeStream(std::string_view bytes) {
    ChangeStream reading;
    ChangeStream writing;
    Replica replica = small();
    ByteReader in(bytes);
    while (in.ok() && !in.atEnd()) {
        const std::string_view one = in.bytes(in.byte());
        const auto encoded = reading.readHead(one);
        if (!encoded.ok())
            return;
        const auto change = decodeChange(*encoded);
        if (!change.ok())
            return;
        reading.advance(change->counterCount());
        std::string again;
        writing.writeHead(change->replica, change->first, change->counterCount(), again);
        writeOps(*change, again);
        check(again.size() <= one.size(), "a stream writes no more than it has to");
        static_cast<void>(replica.apply(*encoded));
    }
    replica.checkInvariants();
}

void snapshot(std::string_view bytes) {
    auto decoded = Replica::decode(bytes);
    if (!decoded.ok())
        return;
    // A few bytes may stand for millions of deleted elements, which the check walks one by one.
    constexpr std::uint64_t mostWalked = 1'000'000;
    const bool isWalked = decoded->elementCount() < mostWalked;
    if (isWalked)
        decoded->checkInvariants();
    const std::string again = decoded->encode();
    const auto back = Replica::decode(again);
    check(back.ok() && back->encode() == again, "a replica comes back from its own bytes");
    const Splice splice{decoded->length() / 2, 0, U"x"};
    static_cast<void>(decoded->edit(maxReplicaId, std::span(&splice, 1)));
    if (isWalked)
        decoded->checkInvariants();
}

void replica(std::string_view bytes) {
    Replica replica = small();
    ByteReader in(bytes);
    while (in.ok() && !in.atEnd())
        applySoundly(replica, in.bytes(in.byte()));
    replica.checkInvariants();
}

} // namespace tandem::fuzz
