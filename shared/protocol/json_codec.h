// Messages as JSON, for codec.cpp.
#pragma once

#include "base/result.h"
#include "protocol/message.h"

#include <string>
#include <string_view>

namespace tandem::json {

std::string encode(const message::FromOperationsClient& message);
std::string encode(const message::FromPlainClient& message);
std::string encode(const message::ToOperationsClient& message);
std::string encode(const message::ToPlainClient& message);

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame);
Result<message::FromPlainClient> decodeFromPlainClient(std::string_view frame);
Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame);
Result<message::ToPlainClient> decodeToPlainClient(std::string_view frame);

} // namespace tandem::json
