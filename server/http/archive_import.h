// Reads archives of documents on a thread of its own, so that a large one keeps nobody waiting. Owned by the
// routes; used on the event loop. What is under way when it goes is waited for and forgotten.
#pragma once

#include "archive/archive_log.h"

#include <QObject>
#include <QThreadPool>

namespace tandem {

struct ReadArchive {
    std::string title;
    ImportedLog log;
};

class ArchiveImport {
public:
    ArchiveImport();

    // `file` is an archive as `tandem-server archive` writes it, from anyone. malformed, limitExceeded.
    void read(std::string file, std::function<void(Result<ReadArchive>)> done);

private:
    QObject m_context;
    QThreadPool m_pool; // goes first, and waits for its thread
};

} // namespace tandem
