// The past of documents in an SQL database: read and played on the thread for slow work. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/document_past.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

class SqlDocumentPast final : public DocumentPast {
public:
    SqlDocumentPast(SqlThread& slow, SqlThread& writer, const Clock& clock)
        : m_calls(slow, writer), m_clock(clock) {}

    void versionAt(DocumentId document, std::string epoch, Seq version,
                   std::function<void(Result<PastVersion>)> done) override;
    void changesBetween(DocumentId document, std::string epoch, Seq from, Seq to,
                        std::function<void(Result<std::vector<Replacement>>)> done) override;
    void sessionsBefore(DocumentId document, std::string epoch, Seq before, std::size_t most,
                        std::function<void(Result<EditSessionPage>)> done) override;
    void nameVersion(DocumentId document, std::optional<Seq> version, std::string label,
                     std::function<void(Result<NamedVersion>)> done) override;
    void removeName(DocumentId document, Seq version, std::function<void(Result<void>)> done) override;
    void namedVersions(DocumentId document,
                       std::function<void(Result<std::vector<NamedVersion>>)> done) override;

private:
    SqlCalls m_calls;     // apart from the log's, whose answers must not wait for these
    const Clock& m_clock; // asked on the writing thread
};

} // namespace tandem
