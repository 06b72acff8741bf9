// Makes the bytes of a backup out of rows, block by block, so that memory is bounded however much there is.
// Borrows where they go. Invariant: nothing is a backup before end() has succeeded.
#pragma once

#include "backup/backup_format.h"
#include "backup/running_hash.h"

#include <functional>

namespace tandem {

class BackupWriter {
public:
    using Sink = std::function<Result<void>(std::string_view bytes)>;

    explicit BackupWriter(Sink sink) : m_sink(std::move(sink)) {}

    // First. All errors but limitExceeded are the sink's.
    Result<void> begin(const BackupHeader& header);
    // In the order of backupTables() and of their keys. limitExceeded: the row is too large for a block.
    Result<void> add(const BackupTable& table, const BackupRow& row);
    // Last.
    Result<void> end();

    const BackupCounts& counts() const { return m_counts; }
    std::uint64_t bytes() const { return m_bytes; }

private:
    Result<void> put(std::string_view bytes);
    Result<void> putBlock(char kind, std::string_view content);
    Result<void> finishBlock();

    Sink m_sink;
    RunningHash m_hash;
    std::uint64_t m_bytes = 0;
    BackupCounts m_counts;
    char m_kind = 0; // of the rows in m_block
    ByteWriter m_block;
};

} // namespace tandem
