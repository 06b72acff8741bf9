#include "deflate/deflate.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

#include <zlib.h>

namespace tandem {

namespace {

// zlib cannot shrink anything more than this.
constexpr std::uint64_t largestRatio = 1'040;

const Bytef* zlibBytes(std::string_view bytes) {
    return reinterpret_cast<const Bytef*>(bytes.data());
}

Bytef* zlibBytes(std::string& bytes) {
    return reinterpret_cast<Bytef*>(bytes.data());
}

} // namespace

std::string deflate(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string stream(size, '\0');
    // Fails for want of memory only, with the room that compressBound asks for.
    if (compress2(zlibBytes(stream), &size, zlibBytes(bytes), bytes.size(), Z_BEST_SPEED) != Z_OK)
        throw std::bad_alloc();
    stream.resize(size);
    ByteWriter writer;
    writer.varint(bytes.size());
    writer.bytes(stream);
    return std::move(writer).take();
}

Result<std::string> inflate(std::string_view packed, std::size_t most) {
    const Error damaged{ErrorCode::malformed, "the packed bytes are damaged"};
    ByteReader reader(packed);
    uLongf size = reader.varintUpTo(packed.size() * largestRatio);
    if (!reader.ok())
        return damaged;
    if (size > most)
        return Error{ErrorCode::limitExceeded, "the packed bytes are more than " + std::to_string(most)};
    std::string bytes(size, '\0');
    uLong used = reader.remaining();
    const int outcome = uncompress2(zlibBytes(bytes), &size, zlibBytes(reader.rest()), &used);
    if (outcome != Z_OK || size != bytes.size() || used != reader.remaining())
        return damaged;
    return bytes;
}

} // namespace tandem
