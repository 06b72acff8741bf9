// Values as bytes for the page: varints, and strings behind their length.
// resources/web/source/engine/bytes.ts reads and writes the same.
#pragma once

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "client/open_document.h"

#include <string>
#include <string_view>

namespace tandem::exchange {

// Strings and bytes behind their length.
void writeString(ByteWriter& out, std::string_view value);
std::string readString(ByteReader& in);

// The UTF-16 units of a text, low byte first.
std::string unitsOf(std::u32string_view text);
std::u16string unitsFrom(std::string_view bytes);

// Edits in sequence: for each the offset and length in UTF-16 units that go, and the units that come.
void writeEdits(ByteWriter& out, const TextEdits& edits);
std::string editsOf(const TextEdits& edits);

void writeAnchor(ByteWriter& out, const Anchor& anchor);
Anchor readAnchor(ByteReader& in);

} // namespace tandem::exchange
