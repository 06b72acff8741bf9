#include "export/zip_file.h"

#include <zlib.h>

#include <cassert>
#include <limits>

namespace tandem {

namespace {

constexpr std::uint16_t neededVersion = 20;
constexpr std::uint16_t firstDay = 1 << 5 | 1; // of 1980
constexpr std::uint16_t deflateMethod = 8;

void put16(std::string& out, std::uint16_t value) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8);
}

void put32(std::string& out, std::uint32_t value) {
    put16(out, static_cast<std::uint16_t>(value & 0xFFFF));
    put16(out, static_cast<std::uint16_t>(value >> 16));
}

std::string deflatedRaw(std::string_view bytes) {
    z_stream stream{};
    constexpr int withoutHeader = -15;
    constexpr int memory = 8;
    [[maybe_unused]] const int begun =
        deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, withoutHeader, memory, Z_DEFAULT_STRATEGY);
    assert(begun == Z_OK);
    std::string out(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    [[maybe_unused]] const int ended = ::deflate(&stream, Z_FINISH);
    assert(ended == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace

void ZipFile::add(std::string_view name, std::string_view bytes, Packing packing) {
    assert(m_bytes.size() + bytes.size() < std::numeric_limits<std::uint32_t>::max());
    const std::string packed = packing == Packing::deflated ? deflatedRaw(bytes) : std::string(bytes);
    std::string common;
    put16(common, neededVersion);
    put16(common, 0);
    put16(common, packing == Packing::deflated ? deflateMethod : 0);
    put16(common, 0);
    put16(common, firstDay);
    put32(common,
          static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size())));
    put32(common, static_cast<std::uint32_t>(packed.size()));
    put32(common, static_cast<std::uint32_t>(bytes.size()));
    put16(common, static_cast<std::uint16_t>(name.size()));
    put16(common, 0);

    const auto place = static_cast<std::uint32_t>(m_bytes.size());
    m_bytes += "PK\x03\x04" + common;
    m_bytes += name;
    m_bytes += packed;

    m_directory += "PK\x01\x02";
    put16(m_directory, neededVersion);
    m_directory += common;
    put16(m_directory, 0); // comment
    put16(m_directory, 0); // disk
    put16(m_directory, 0);
    put32(m_directory, 0);
    put32(m_directory, place);
    m_directory += name;
    ++m_count;
}

std::string ZipFile::finish() && {
    const auto place = static_cast<std::uint32_t>(m_bytes.size());
    m_bytes += m_directory;
    m_bytes += "PK\x05\x06";
    put32(m_bytes, 0);
    put16(m_bytes, m_count);
    put16(m_bytes, m_count);
    put32(m_bytes, static_cast<std::uint32_t>(m_directory.size()));
    put32(m_bytes, place);
    put16(m_bytes, 0);
    return std::move(m_bytes);
}

} // namespace tandem
