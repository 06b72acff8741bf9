// The only encoder and decoder of messages. Operations clients and servers speak binary frames, or JSON for
// debugging: a frame that begins with '{' is JSON, no binary one does. Plain clients speak JSON. Decoders
// take any bytes, are iterative and bounded by limits.h, and return `malformed`, `invalidArgument` or
// `limitExceeded`; they never assert on what they read.
#pragma once

#include "base/result.h"
#include "protocol/message.h"

#include <string>
#include <string_view>

namespace tandem::codec {

enum class Encoding { binary, json };

// How a frame is encoded: binary frames travel as WebSocket binary messages, JSON as text.
Encoding encodingOf(std::string_view frame);

std::string encode(const message::FromOperationsClient& message, Encoding encoding = Encoding::binary);
std::string encode(const message::FromPlainClient& message);
std::string encode(const message::ToOperationsClient& message, Encoding encoding = Encoding::binary);
std::string encode(const message::ToPlainClient& message);

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame);
Result<message::FromPlainClient> decodeFromPlainClient(std::string_view frame);
Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame);
Result<message::ToPlainClient> decodeToPlainClient(std::string_view frame);

} // namespace tandem::codec
