// The documents of the stores, asked through the event loop, on which the stores live. Owned by main; borrows
// the stores.
#pragma once

#include "jobs/document_source.h"
#include "jobs/event_loop_calls.h"
#include "storage/document_catalog.h"

namespace tandem {

class StoredDocuments final : public DocumentSource {
public:
    struct Stores {
        DocumentStore& documents;
        DocumentCatalog& catalog;
        DocumentPast& past;
        OpLog& log;
    };
    StoredDocuments(const Stores& stores, EventLoopCalls& loop) : m_stores(stores), m_loop(loop) {}

    Result<DocumentInfo> find(const DocumentId& document) override;
    Result<DocumentPage> list(const std::optional<std::string>& cursor) override;
    Result<PastVersion> versionAt(const DocumentInfo& document, Seq version) override;
    Result<std::vector<Replacement>> changesBetween(const DocumentInfo& document, Seq from, Seq to) override;
    Result<EditSessionPage> sessionsBefore(const DocumentInfo& document, Seq before,
                                           std::size_t most) override;
    Result<std::vector<LoggedChange>> changesAfter(const DocumentInfo& document, Seq after,
                                                   std::size_t most) override;
    Result<std::vector<ReplicaBinding>> authors(const DocumentId& document) override;
    Result<std::vector<NamedVersion>> names(const DocumentId& document) override;

private:
    const Stores m_stores;
    EventLoopCalls& m_loop;
};

} // namespace tandem
