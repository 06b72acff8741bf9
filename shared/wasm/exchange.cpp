#include "wasm/exchange.h"

#include "base/utf8.h"

namespace tandem::exchange {

void writeString(ByteWriter& out, std::string_view value) {
    out.varint(value.size());
    out.bytes(value);
}

std::string readString(ByteReader& in) {
    return std::string(in.bytes(static_cast<std::size_t>(in.varintUpTo(in.remaining()))));
}

std::string unitsOf(std::u32string_view text) {
    std::string bytes;
    bytes.reserve(2 * text.size());
    for (const char16_t unit : toUtf16(text)) {
        bytes.push_back(static_cast<char>(unit & 0xFF));
        bytes.push_back(static_cast<char>(unit >> 8));
    }
    return bytes;
}

std::u16string unitsFrom(std::string_view bytes) {
    std::u16string units(bytes.size() / 2, u'\0');
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto low = static_cast<unsigned char>(bytes[2 * i]);
        const auto high = static_cast<unsigned char>(bytes[2 * i + 1]);
        units[i] = static_cast<char16_t>(low | high << 8);
    }
    return units;
}

void writeEdits(ByteWriter& out, const TextEdits& edits) {
    out.varint(edits.size());
    for (const TextEdit& edit : edits) {
        out.varint(edit.utf16Index);
        out.varint(edit.utf16Deleted);
        writeString(out, unitsOf(edit.inserted));
    }
}

std::string editsOf(const TextEdits& edits) {
    ByteWriter out;
    writeEdits(out, edits);
    return std::move(out).take();
}

void writeAnchor(ByteWriter& out, const Anchor& anchor) {
    out.varint(anchor.element.replica);
    out.varint(anchor.element.counter);
    out.byte(anchor.side == Side::right ? 1 : 0);
}

Anchor readAnchor(ByteReader& in) {
    Anchor anchor;
    anchor.element.replica = in.varintUpTo(maxReplicaId);
    anchor.element.counter = static_cast<Counter>(in.varintUpTo(maxCounter));
    anchor.side = in.byte() == 1 ? Side::right : Side::left;
    return anchor;
}

} // namespace tandem::exchange
