// Share links in an SQL database. Owned by SqlStorage.
#pragma once

#include "access/link_store.h"
#include "base/clock.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

class SqlLinkStore final : public LinkStore {
public:
    SqlLinkStore(SqlCalls& calls, const Clock& clock) : m_calls(calls), m_clock(clock) {}

    void add(DocumentId document, NewLink link, std::function<void(Result<ShareLink>)> done) override;
    void list(DocumentId document, std::function<void(Result<std::vector<ShareLink>>)> done) override;
    void change(DocumentId document, LinkNumber number, LinkChange change,
                std::function<void(Result<ShareLink>)> done) override;
    void revoke(DocumentId document, LinkNumber number, std::function<void(Result<void>)> done) override;
    void find(DocumentId document, std::string secretHash,
              std::function<void(Result<std::optional<ShareLink>>)> done) override;

private:
    SqlCalls& m_calls;
    const Clock& m_clock; // asked on the writing thread
};

// The link that a document is made with. For the transaction that makes it.
Result<void> insertOwnerLink(SqlConnection& connection, const DocumentId& document,
                             const std::string& secretHash, std::int64_t timeMs);

} // namespace tandem
