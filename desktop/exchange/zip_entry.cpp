#include "exchange/zip_entry.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace tandem {

namespace {

constexpr std::string_view endSign("PK\5\6");
constexpr std::string_view directorySign("PK\1\2");
constexpr std::string_view fileSign("PK\3\4");
constexpr std::size_t endBytes = 22;
constexpr std::size_t directoryBytes = 46;
constexpr std::size_t fileBytes = 30;
constexpr std::size_t longestComment = 65'535;
constexpr std::uint64_t stored = 0;
constexpr std::uint64_t deflated = 8;

const Error noZip{ErrorCode::malformed, "it is no ZIP archive, or it is damaged"};

// 0 where there is nothing.
std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    return value;
}

Result<std::string> inflated(std::string_view packed, std::size_t size) {
    std::string out(size, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return noZip;
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = ::inflate(&stream, Z_FINISH);
    const bool isWhole = ended == Z_STREAM_END && stream.total_out == size;
    inflateEnd(&stream);
    return isWhole ? Result<std::string>(std::move(out)) : noZip;
}

// The file whose entry in the directory is at `entry`.
Result<std::string> content(std::string_view archive, std::size_t entry, std::size_t most) {
    const std::uint64_t packing = number(archive, entry + 10, 2);
    const std::uint64_t checksum = number(archive, entry + 16, 4);
    const std::uint64_t packedSize = number(archive, entry + 20, 4);
    const std::uint64_t size = number(archive, entry + 24, 4);
    const std::uint64_t header = number(archive, entry + 42, 4);
    if (size > most)
        return Error{ErrorCode::limitExceeded, "it is too large"};
    if (header + fileBytes > archive.size() || archive.substr(header, fileSign.size()) != fileSign)
        return noZip;
    const std::uint64_t start =
        header + fileBytes + number(archive, header + 26, 2) + number(archive, header + 28, 2);
    if (start > archive.size() || packedSize > archive.size() - start)
        return noZip;
    const std::string_view packed = archive.substr(start, packedSize);
    Result<std::string> bytes = packing == deflated                       ? inflated(packed, size)
                                : packing == stored && packedSize == size ? std::string(packed)
                                                                          : Result<std::string>(noZip);
    if (bytes &&
        crc32(0, reinterpret_cast<const Bytef*>(bytes->data()), static_cast<uInt>(bytes->size())) != checksum)
        return noZip;
    return bytes;
}

} // namespace

Result<std::string> zipEntry(std::string_view archive, std::string_view name, std::size_t most) {
    const std::size_t searched = std::min(archive.size(), endBytes + longestComment);
    const std::size_t end = archive.substr(archive.size() - searched).rfind(endSign);
    if (end == std::string_view::npos)
        return noZip;
    const std::size_t endAt = archive.size() - searched + end;
    if (archive.size() - endAt < endBytes)
        return noZip;
    const std::uint64_t count = number(archive, endAt + 10, 2);
    std::size_t entry = number(archive, endAt + 16, 4);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (entry + directoryBytes > archive.size() ||
            archive.substr(entry, directorySign.size()) != directorySign)
            return noZip;
        const std::size_t nameLength = number(archive, entry + 28, 2);
        if (entry + directoryBytes + nameLength > archive.size())
            return noZip;
        if (archive.substr(entry + directoryBytes, nameLength) == name)
            return content(archive, entry, most);
        entry +=
            directoryBytes + nameLength + number(archive, entry + 30, 2) + number(archive, entry + 32, 2);
    }
    return Error{ErrorCode::notFound, "it has no " + std::string(name)};
}

} // namespace tandem
