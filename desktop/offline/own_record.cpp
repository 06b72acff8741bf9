#include "offline/own_record.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

#include <zlib.h>

namespace tandem {

namespace {

// Mark, length of the body, body, checksum of all that.
constexpr std::string_view ownMark = "TdO1";
constexpr std::string_view committedMark = "TdC1";
constexpr std::size_t wordBytes = 4;
constexpr std::size_t headBytes = 4 + wordBytes;

void appendWord(std::string& out, std::uint32_t value) {
    for (std::size_t i = 0; i < wordBytes; ++i)
        out.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
}

std::uint32_t wordAt(std::string_view bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < wordBytes; ++i)
        value |= std::uint32_t{static_cast<std::uint8_t>(bytes[at + i])} << (8 * i);
    return value;
}

std::uint32_t checksum(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string framed(std::string_view mark, std::string_view body) {
    std::string out(mark);
    appendWord(out, static_cast<std::uint32_t>(body.size()));
    out += body;
    appendWord(out, checksum(out));
    return out;
}

// The body of what begins here; more may follow.
std::optional<std::string_view> bodyAt(std::string_view mark, std::string_view bytes) {
    if (bytes.size() < headBytes + wordBytes || !bytes.starts_with(mark))
        return std::nullopt;
    const std::size_t length = wordAt(bytes, mark.size());
    if (length > bytes.size() - headBytes - wordBytes ||
        wordAt(bytes, headBytes + length) != checksum(bytes.substr(0, headBytes + length)))
        return std::nullopt;
    return bytes.substr(headBytes, length);
}

std::optional<std::string_view> onlyBody(std::string_view mark, std::string_view bytes) {
    const auto body = bodyAt(mark, bytes);
    if (!body || body->size() + headBytes + wordBytes != bytes.size())
        return std::nullopt;
    return body;
}

void appendText(ByteWriter& writer, std::string_view text) {
    writer.varint(text.size());
    writer.bytes(text);
}

std::string textOf(ByteReader& reader) {
    return std::string(reader.bytes(static_cast<std::size_t>(reader.varintUpTo(reader.remaining()))));
}

std::optional<OwnRecord> ownOf(std::string_view body) {
    ByteReader reader(body);
    OwnRecord record;
    record.document = textOf(reader);
    record.epoch = textOf(reader);
    record.key = textOf(reader);
    record.change.replica = reader.varintUpTo(maxReplicaId);
    record.change.first = static_cast<Counter>(reader.varintUpTo(maxCounter));
    record.change.last = static_cast<Counter>(reader.varintUpTo(maxCounter));
    record.change.bytes = reader.rest();
    if (!reader.ok() || !decodeChange(record.change.bytes).ok())
        return std::nullopt;
    return record;
}

} // namespace

std::string encodeOwn(const OwnRecord& record) {
    ByteWriter body;
    appendText(body, record.document);
    appendText(body, record.epoch);
    appendText(body, record.key);
    body.varint(record.change.replica);
    body.varint(record.change.first);
    body.varint(record.change.last);
    body.bytes(record.change.bytes);
    return framed(ownMark, std::move(body).take());
}

std::optional<OwnRecord> decodeOwn(std::string_view bytes) {
    const auto body = onlyBody(ownMark, bytes);
    return body ? ownOf(*body) : std::nullopt;
}

std::vector<OwnRecord> findOwn(std::string_view bytes) {
    std::vector<OwnRecord> found;
    for (std::size_t at = bytes.find(ownMark); at != std::string_view::npos;
         at = bytes.find(ownMark, at + 1)) {
        const auto body = bodyAt(ownMark, bytes.substr(at));
        if (!body)
            continue;
        if (auto record = ownOf(*body))
            found.push_back(std::move(*record));
    }
    return found;
}

std::string encodeCommitted(std::string_view change) {
    return framed(committedMark, change);
}

std::optional<std::string> decodeCommitted(std::string_view bytes) {
    const auto body = onlyBody(committedMark, bytes);
    return body ? std::optional<std::string>(*body) : std::nullopt;
}

} // namespace tandem
