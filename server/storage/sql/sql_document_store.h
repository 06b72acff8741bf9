// The documents in an SQL database. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/document_store.h"
#include "storage/sql/sql_calls.h"
#include "storage/sql/write_health.h"

namespace tandem {

class SqlDocumentStore final : public DocumentStore {
public:
    SqlDocumentStore(SqlCalls& calls, const WriteHealth& health, const Clock& clock)
        : m_calls(calls), m_health(health), m_clock(clock) {}

    void create(NewDocument document, std::function<void(Result<Created>)> done) override;
    void find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) override;
    void probe(std::function<void(Result<void>)> done) override;

private:
    SqlCalls& m_calls;
    const WriteHealth& m_health;
    const Clock& m_clock; // asked on the writing thread
};

} // namespace tandem
