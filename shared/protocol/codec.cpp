#include "protocol/codec.h"

#include "protocol/binary_codec.h"
#include "protocol/json_codec.h"
#include "protocol/limits.h"

namespace tandem::codec {

Encoding encodingOf(std::string_view frame) {
    return frame.starts_with('{') ? Encoding::json : Encoding::binary;
}

namespace {

template <typename Message, typename Decode>
Result<Message> bounded(std::string_view frame, std::size_t maxBytes, Decode decode) {
    if (frame.size() > maxBytes)
        return Error{ErrorCode::limitExceeded,
                     "the frame is larger than " + std::to_string(maxBytes) + " bytes"};
    return decode(frame);
}

} // namespace

std::string encode(const message::FromOperationsClient& message, Encoding encoding) {
    return encoding == Encoding::json ? json::encode(message) : binary::encode(message);
}

std::string encode(const message::ToOperationsClient& message, Encoding encoding) {
    return encoding == Encoding::json ? json::encode(message) : binary::encode(message);
}

std::string encode(const message::FromPlainClient& message) {
    return json::encode(message);
}

std::string encode(const message::ToPlainClient& message) {
    return json::encode(message);
}

Result<message::FromOperationsClient> decodeFromOperationsClient(std::string_view frame) {
    return bounded<message::FromOperationsClient>(frame, limits::frameBytes,
                                                  encodingOf(frame) == Encoding::json
                                                      ? json::decodeFromOperationsClient
                                                      : binary::decodeFromOperationsClient);
}

Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame) {
    return bounded<message::ToOperationsClient>(frame, limits::frameBytes,
                                                encodingOf(frame) == Encoding::json
                                                    ? json::decodeToOperationsClient
                                                    : binary::decodeToOperationsClient);
}

Result<message::FromPlainClient> decodeFromPlainClient(std::string_view frame) {
    return bounded<message::FromPlainClient>(frame, limits::frameBytes, json::decodeFromPlainClient);
}

// A snapshot holds the whole text.
Result<message::ToPlainClient> decodeToPlainClient(std::string_view frame) {
    return bounded<message::ToPlainClient>(frame, 2 * limits::documentBytes, json::decodeToPlainClient);
}

} // namespace tandem::codec
