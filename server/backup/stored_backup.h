// A file that a backup is read from. Owned by whoever reads.
#pragma once

#include "backup/backup_reader.h"

#include <cstdio>
#include <memory>

namespace tandem {

class StoredBackup {
public:
    // The error is a sentence for the operator.
    static Result<StoredBackup> open(const std::string& name);

    // Reads on; good as long as this object.
    BackupSource source() const;
    void rewind() const { std::rewind(m_file.get()); }

private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    explicit StoredBackup(std::FILE* file) : m_file(file) {}

    std::unique_ptr<std::FILE, Closer> m_file;
};

} // namespace tandem
