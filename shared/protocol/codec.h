// The only encoder and decoder of messages. Decoders take any bytes, are iterative and bounded by limits.h,
// and return `malformed`, `invalidArgument` or `limitExceeded`; they never assert on what they read.
#pragma once

#include "base/result.h"
#include "protocol/message.h"

#include <string>
#include <string_view>

namespace tandem::codec {

std::string encode(const message::FromOperationsClient& message);
std::string encode(const message::FromPlainClient& message);
std::string encode(const message::ToOperationsClient& message);
std::string encode(const message::ToPlainClient& message);

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame);
Result<message::FromPlainClient> decodeFromPlainClient(std::string_view frame);
Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame);
Result<message::ToPlainClient> decodeToPlainClient(std::string_view frame);

} // namespace tandem::codec
