#include "backup/backup_reader.h"

#include "access/token.h"
#include "backup/running_hash.h"
#include "deflate/deflate.h"

#include <algorithm>
#include <limits>

namespace tandem {

namespace {

constexpr std::size_t longestProgram = 1'000; // bytes

Error damagedAt(std::uint64_t byte) {
    return {ErrorCode::malformed,
            "It is damaged: what begins at byte " + std::to_string(byte) + " is not what was written."};
}

struct Block {
    char kind = 0;
    std::string content; // unpacked
    std::uint64_t begin = 0;
};

class BackupFile {
public:
    explicit BackupFile(const BackupSource& source) : m_source(source) {}

    std::uint64_t bytes() const { return m_bytes; }
    // Of all that was read before the newest block.
    const std::string& hashBefore() const { return m_hashBefore; }

    Result<void> readMagic();
    Result<Block> readBlock();
    Result<bool> isAtEnd();

private:
    Result<std::string> take(std::size_t count);

    const BackupSource& m_source;
    RunningHash m_hash;
    std::string m_hashBefore;
    std::uint64_t m_bytes = 0;
};

Result<std::string> BackupFile::take(std::size_t count) {
    auto bytes = m_source(count);
    if (!bytes)
        return bytes;
    m_hash.add(*bytes);
    m_bytes += bytes->size();
    if (bytes->size() < count)
        return Error{ErrorCode::malformed,
                     "It was cut off: it ends at byte " + std::to_string(m_bytes) + "."};
    return bytes;
}

Result<void> BackupFile::readMagic() {
    constexpr std::size_t versionBytes = 2; // and the end of the line
    const auto magic = take(backupMagic.size());
    if (!magic && magic.error().code != ErrorCode::malformed)
        return magic.error();
    const std::string_view name = backupMagic.substr(0, backupMagic.size() - versionBytes);
    if (!magic || !magic->starts_with(name))
        return Error{ErrorCode::malformed, "It is no backup of Tandem."};
    if (*magic != backupMagic)
        return Error{ErrorCode::unavailable, "It is a backup of a form that this program does not know."};
    return {};
}

Result<Block> BackupFile::readBlock() {
    Block block;
    block.begin = m_bytes;
    m_hashBefore = m_hash.value();
    const auto frame = take(backupFrameBytes);
    if (!frame)
        return frame.error();
    block.kind = frame->front();
    std::size_t size = 0;
    for (std::size_t i = 1; i < backupFrameBytes; ++i)
        size |= std::size_t{static_cast<unsigned char>((*frame)[i])} << 8 * (i - 1);
    if (size > largestPackedBytes)
        return damagedAt(block.begin);
    const auto packed = take(size);
    if (!packed)
        return packed.error();
    const auto hash = take(backupHashBytes);
    if (!hash)
        return hash.error();
    auto content =
        sha256(*frame + *packed) == *hash ? inflate(*packed, largestBlockBytes) : damagedAt(block.begin);
    if (!content)
        return damagedAt(block.begin);
    block.content = std::move(*content);
    return block;
}

Result<bool> BackupFile::isAtEnd() {
    const auto more = m_source(1);
    if (!more)
        return more.error();
    return more->empty();
}

Result<BackupHeader> readHeader(BackupFile& file, int schema) {
    const auto block = file.readBlock();
    if (!block)
        return block.error();
    ByteReader in(block->content);
    BackupHeader header;
    header.schema = static_cast<int>(in.varintUpTo(std::numeric_limits<int>::max()));
    header.madeMs = static_cast<std::int64_t>(in.varintUpTo(std::numeric_limits<std::int64_t>::max()));
    header.program = std::string(in.bytes(in.varintUpTo(longestProgram)));
    if (block->kind != headerKind || header.schema < firstSchema || !in.ok() || !in.atEnd())
        return damagedAt(block->begin);
    if (header.schema > schema)
        return Error{ErrorCode::unavailable,
                     "It was made by a newer version of tandem-server (its tables have version " +
                         std::to_string(header.schema) + ", this program knows " + std::to_string(schema) +
                         ")."};
    return header;
}

// Tables come in their order, and rows in that of their keys.
class RowOrder {
public:
    // The table of the next block; null when there is none of that kind, or it came before.
    const BackupTable* enter(char kind) {
        const auto& tables = backupTables();
        const auto found = std::find_if(tables.begin() + m_table, tables.end(),
                                        [kind](const BackupTable& table) { return table.kind == kind; });
        if (found == tables.end())
            return nullptr;
        if (found - tables.begin() != m_table)
            m_last.clear();
        m_table = found - tables.begin();
        return &*found;
    }
    // Does it come behind the one before?
    bool take(const BackupTable& table, const BackupRow& row) {
        if (!m_last.empty() && !isBehind(table, m_last, row))
            return false;
        m_last.assign(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(table.keyColumns));
        return true;
    }

private:
    std::ptrdiff_t m_table = 0;
    BackupRow m_last; // its key
};

Result<void> checkEnd(BackupFile& file, const Block& block, const BackupCounts& counts) {
    ByteReader in(block.content);
    bool isRight = true;
    for (const std::uint64_t rows : counts.rows)
        isRight = in.varint() == rows && isRight;
    isRight = in.bytes(backupHashBytes) == file.hashBefore() && isRight;
    if (!isRight || !in.ok() || !in.atEnd())
        return damagedAt(block.begin);
    const std::uint64_t end = file.bytes();
    const auto isAtEnd = file.isAtEnd();
    if (!isAtEnd)
        return isAtEnd.error();
    return *isAtEnd ? Result<void>() : damagedAt(end);
}

} // namespace

Result<BackupContents> readBackup(const BackupSource& source, int schema, const BackupVisit& visit) {
    BackupFile file(source);
    if (auto magic = file.readMagic(); !magic)
        return magic.error();
    const auto header = readHeader(file, schema);
    if (!header)
        return header.error();
    BackupContents contents;
    contents.header = *header;
    RowOrder order;
    while (true) {
        const auto block = file.readBlock();
        if (!block)
            return block.error();
        if (block->kind == endKind) {
            if (auto right = checkEnd(file, *block, contents.counts); !right)
                return right.error();
            contents.bytes = file.bytes();
            return contents;
        }
        const BackupTable* table = order.enter(block->kind);
        if (!table)
            return damagedAt(block->begin);
        ByteReader in(block->content);
        while (!in.atEnd()) {
            auto row = readRow(in, table->columnsAt(header->schema));
            if (!row || !order.take(*table, *row))
                return damagedAt(block->begin);
            contents.counts.add(*table, *row);
            if (auto visited = visit(*table, std::move(*row)); !visited)
                return visited.error();
        }
    }
}

} // namespace tandem
