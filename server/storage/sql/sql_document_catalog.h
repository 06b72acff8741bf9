// The catalog of documents in an SQL database. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/document_catalog.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

class SqlDocumentCatalog final : public DocumentCatalog {
public:
    SqlDocumentCatalog(SqlCalls& calls, const Clock& clock) : m_calls(calls), m_clock(clock) {}

    void list(DocumentQuery query, std::function<void(Result<DocumentPage>)> done) override;
    void rename(DocumentId id, std::string title, Expected expected,
                std::function<void(Result<DocumentInfo>)> done) override;
    void moveToBin(DocumentId id, Expected expected, std::function<void(Result<DocumentInfo>)> done) override;
    void restore(DocumentId id, std::function<void(Result<DocumentInfo>)> done) override;
    void purge(DocumentId id, Expected expected, std::function<void(Result<void>)> done) override;
    void purgeExpired(std::size_t most, std::function<void(Result<std::size_t>)> done) override;

private:
    SqlCalls& m_calls;
    const Clock& m_clock; // asked on the writing thread
};

} // namespace tandem
