#include "backup/backup_writer.h"

#include "access/token.h"
#include "deflate/deflate.h"

namespace tandem {

Result<void> BackupWriter::put(std::string_view bytes) {
    m_hash.add(bytes);
    m_bytes += bytes.size();
    return m_sink(bytes);
}

Result<void> BackupWriter::putBlock(char kind, std::string_view content) {
    const std::string packed = deflate(content);
    std::string block(1, kind);
    for (int shift = 0; shift < 32; shift += 8)
        block += static_cast<char>(packed.size() >> shift & 0xFF);
    block += packed;
    block += sha256(block);
    return put(block);
}

Result<void> BackupWriter::finishBlock() {
    const std::string content = std::move(m_block).take();
    m_block = ByteWriter();
    return content.empty() ? Result<void>() : putBlock(m_kind, content);
}

Result<void> BackupWriter::begin(const BackupHeader& header) {
    if (auto done = put(backupMagic); !done)
        return done;
    ByteWriter content;
    content.varint(static_cast<std::uint64_t>(header.schema));
    content.varint(static_cast<std::uint64_t>(header.madeMs));
    content.varint(header.program.size());
    content.bytes(header.program);
    return putBlock(headerKind, std::move(content).take());
}

Result<void> BackupWriter::add(const BackupTable& table, const BackupRow& row) {
    if (table.kind != m_kind || m_block.size() >= fullBlockBytes) {
        if (auto done = finishBlock(); !done)
            return done;
        m_kind = table.kind;
    }
    writeRow(m_block, table.columns, row);
    if (m_block.size() > largestBlockBytes)
        return Error{ErrorCode::limitExceeded, "a row of the table " + table.name + " is too large"};
    m_counts.add(table, row);
    return {};
}

Result<void> BackupWriter::end() {
    if (auto done = finishBlock(); !done)
        return done;
    ByteWriter content;
    for (const std::uint64_t rows : m_counts.rows)
        content.varint(rows);
    content.bytes(m_hash.value());
    return putBlock(endKind, std::move(content).take());
}

} // namespace tandem
