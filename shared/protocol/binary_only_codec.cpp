// In place of codec.cpp in the browser's module: operations clients that speak binary frames only, so that no
// JSON needs to be loaded with it.
#include "protocol/binary_codec.h"
#include "protocol/codec.h"
#include "protocol/limits.h"

#include <cassert>

namespace tandem::codec {

Encoding encodingOf(std::string_view frame) {
    return frame.starts_with('{') ? Encoding::json : Encoding::binary;
}

std::string encode(const message::FromOperationsClient& message, [[maybe_unused]] Encoding encoding) {
    assert(encoding == Encoding::binary);
    return binary::encode(message);
}

Result<message::ToOperationsClient> decodeToOperationsClient(std::string_view frame) {
    if (frame.size() > limits::frameBytes)
        return Error{ErrorCode::limitExceeded, "the frame is too large"};
    return binary::decodeToOperationsClient(frame); // refuses JSON: it has no such type
}

} // namespace tandem::codec
