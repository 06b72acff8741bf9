#include "bench/deflate.h"

#include "base/check.h"

#include <zlib.h>

namespace tandem::bench {

std::string deflated(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string out(size, '\0');
    const int state = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 6);
    check(state == Z_OK, "zlib compresses");
    out.resize(size);
    return out;
}

std::string inflated(std::string_view bytes, std::size_t size) {
    std::string out(size, '\0');
    uLongf written = size;
    const int state = uncompress(reinterpret_cast<Bytef*>(out.data()), &written,
                                 reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    check(state == Z_OK && written == size, "zlib gives back what it was given");
    return out;
}

} // namespace tandem::bench
