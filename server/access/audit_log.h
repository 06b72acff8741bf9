// What was done to documents that their owners may have to answer for: grants, revocations, deletions,
// restores, exports. Kept when the document is gone. Threads and callbacks as in storage/op_log.h.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tandem {

struct AuditEntry {
    std::int64_t timeMs = 0; // given by the log
    DocumentId document;
    std::string event;  // "link created"
    std::string actor;  // nameOf(Grant)
    std::string detail; // no secret
    std::string requestId;
};

class AuditLog {
public:
    virtual ~AuditLog() = default;

    virtual void record(AuditEntry entry, std::function<void(Result<void>)> done) = 0;
    // The newest first; of one document, or of all when `document` is empty.
    virtual void read(DocumentId document, std::size_t limit,
                      std::function<void(Result<std::vector<AuditEntry>>)> done) = 0;
};

} // namespace tandem
