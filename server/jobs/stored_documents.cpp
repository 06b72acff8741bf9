#include "jobs/stored_documents.h"

namespace tandem {

namespace {
constexpr std::size_t documentsAtOnce = 100;
}

Result<DocumentInfo> StoredDocuments::find(const DocumentId& document) {
    return waitFor<DocumentInfo>(m_loop,
                                 [this, document](auto done) { m_stores.documents.find(document, done); });
}

Result<DocumentPage> StoredDocuments::list(const std::optional<std::string>& cursor) {
    return waitFor<DocumentPage>(m_loop, [this, cursor](auto done) {
        m_stores.catalog.list({documentsAtOnce, cursor, {}, false}, done);
    });
}

Result<PastVersion> StoredDocuments::versionAt(const DocumentInfo& document, Seq version) {
    return waitFor<PastVersion>(m_loop, [this, id = document.id, epoch = document.epoch, version](auto done) {
        m_stores.past.versionAt(id, epoch, version, done);
    });
}

Result<std::vector<Replacement>> StoredDocuments::changesBetween(const DocumentInfo& document, Seq from,
                                                                 Seq to) {
    return waitFor<std::vector<Replacement>>(
        m_loop, [this, id = document.id, epoch = document.epoch, from, to](auto done) {
            m_stores.past.changesBetween(id, epoch, from, to, done);
        });
}

Result<EditSessionPage> StoredDocuments::sessionsBefore(const DocumentInfo& document, Seq before,
                                                        std::size_t most) {
    return waitFor<EditSessionPage>(
        m_loop, [this, id = document.id, epoch = document.epoch, before, most](auto done) {
            m_stores.past.sessionsBefore(id, epoch, before, most, done);
        });
}

Result<std::vector<LoggedChange>> StoredDocuments::changesAfter(const DocumentInfo& document, Seq after,
                                                                std::size_t most) {
    return waitFor<std::vector<LoggedChange>>(
        m_loop, [this, id = document.id, epoch = document.epoch, after, most](auto done) {
            m_stores.log.readAfter(id, epoch, after, most, done);
        });
}

Result<std::vector<ReplicaBinding>> StoredDocuments::authors(const DocumentId& document) {
    return waitFor<std::vector<ReplicaBinding>>(
        m_loop, [this, document](auto done) { m_stores.log.readBindings(document, done); });
}

Result<std::vector<NamedVersion>> StoredDocuments::names(const DocumentId& document) {
    return waitFor<std::vector<NamedVersion>>(
        m_loop, [this, document](auto done) { m_stores.past.namedVersions(document, done); });
}

} // namespace tandem
