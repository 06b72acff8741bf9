#include "client/own_changes.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace tandem {

void OwnChanges::add(std::string_view change) {
    ByteWriter length;
    length.varint(change.size());
    m_packed += std::move(length).take();
    m_packed += change;
}

std::vector<std::string> OwnChanges::all() const {
    std::vector<std::string> changes;
    ByteReader reader(m_packed);
    while (!reader.atEnd())
        changes.emplace_back(reader.bytes(static_cast<std::size_t>(reader.varint())));
    return changes;
}

} // namespace tandem
