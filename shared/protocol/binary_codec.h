// Messages of operations clients as binary frames (PROTOCOL.md, "Binary frames"), for codec.cpp.
#pragma once

#include "base/result.h"
#include "protocol/message.h"

#include <string>
#include <string_view>

namespace tandem::binary {

// The first byte of a frame. Never '{', with which JSON begins.
enum class FrameType : std::uint8_t {
    hello = 1,
    opSubmit = 2,
    cursorUpdate = 3,
    ping = 4,
    welcome = 65,
    snapshot = 66,
    docUpdate = 67,
    ack = 68,
    nack = 69,
    presenceJoin = 70,
    presenceCursor = 71,
    presenceLeave = 72,
    pong = 73,
    accessChanged = 74,
    packedSnapshot = 75,
    titleChanged = 76,
};

std::string encode(const message::FromOperationsClient& message);
std::string encode(const message::ToOperationsClient& message);

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame);
Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame);

} // namespace tandem::binary
