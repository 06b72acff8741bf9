// Documents as the runs of jobs read them: questions that wait for their answers, on any thread but the event
// loop's. Owned by main; may be asked by several jobs at once.
#pragma once

#include "storage/document_past.h"
#include "storage/document_store.h"

#include <vector>

namespace tandem {

// Errors as those of the stores: notFound, logReplaced (it was restored meanwhile), unavailable, internal.
class DocumentSource {
public:
    virtual ~DocumentSource() = default;

    virtual Result<DocumentInfo> find(const DocumentId& document) = 0;
    // One page of all that are not in the bin; nothing for `cursor`: the first.
    virtual Result<DocumentPage> list(const std::optional<std::string>& cursor) = 0;

    virtual Result<PastVersion> versionAt(const DocumentInfo& document, Seq version) = 0;
    virtual Result<std::vector<Replacement>> changesBetween(const DocumentInfo& document, Seq from,
                                                            Seq to) = 0;
    virtual Result<EditSessionPage> sessionsBefore(const DocumentInfo& document, Seq before,
                                                   std::size_t most) = 0;
    // Changes after `after`, in order, at most `most`.
    virtual Result<std::vector<LoggedChange>> changesAfter(const DocumentInfo& document, Seq after,
                                                           std::size_t most) = 0;
    virtual Result<std::vector<ReplicaBinding>> authors(const DocumentId& document) = 0;
    virtual Result<std::vector<NamedVersion>> names(const DocumentId& document) = 0;
};

} // namespace tandem
