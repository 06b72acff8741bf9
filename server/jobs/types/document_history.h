// A document's whole history as an archive (archive/document_archive.h), read piece by piece. Needs a thread
// that may wait.
#pragma once

#include "jobs/document_source.h"
#include "jobs/job_handler.h"

namespace tandem {

// Deflated, up to `version`. limitExceeded: it is larger than an archive may be; unavailable: it was stopped;
// and the errors of DocumentSource.
Result<std::string> historyArchive(DocumentSource& documents, const DocumentInfo& document, Seq version,
                                   JobProgress& progress);

} // namespace tandem
