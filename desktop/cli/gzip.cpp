#include "cli/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tandem {

namespace {
constexpr int gzipWindowBits = 15 + 16; // the largest window, gzip header expected

class Inflater {
public:
    Inflater() { m_ready = inflateInit2(&m_stream, gzipWindowBits) == Z_OK; }
    ~Inflater() {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    bool ready() const { return m_ready; }
    z_stream& stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ready = false;
};
} // namespace

bool isGzip(std::string_view bytes) {
    return bytes.starts_with("\x1f\x8b");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t maxBytes) {
    Inflater inflater;
    if (!inflater.ready())
        return Error{ErrorCode::internal, "zlib could not be started"};
    std::string content;
    std::array<char, 64 * 1024> buffer;
    z_stream& stream = inflater.stream();
    while (true) {
        if (stream.avail_in == 0) {
            const auto some = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
            // zlib only reads from next_in, though its type does not say so.
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
            stream.avail_in = static_cast<uInt>(some);
            bytes.remove_prefix(some);
        }
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return Error{ErrorCode::malformed, "the gzip data is damaged or cut"};
        content.append(buffer.data(), buffer.size() - stream.avail_out);
        if (content.size() > maxBytes)
            return Error{ErrorCode::limitExceeded, "the gzip data is too large"};
        if (state == Z_STREAM_END) {
            if (stream.avail_in == 0 && bytes.empty())
                return content;
            if (inflateReset(&stream) != Z_OK)
                return Error{ErrorCode::internal, "zlib could not be started again"};
        }
    }
}

} // namespace tandem
