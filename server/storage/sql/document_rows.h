// A document's row, and how pages of them are told apart. Plain functions for the stores of documents.
#pragma once

#include "storage/document_store.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// What documentIn reads, in this order: for SELECT.
#define TANDEM_DOCUMENT_COLUMNS                                                                              \
    "id, title, epoch, head, created_ms, updated_ms, meta_revision, COALESCE(deleted_ms, 0), "               \
    "access_revision"

DocumentInfo documentIn(const SqlRows& row);

// Makes other writers of this document, on other servers, wait until this transaction ends. Comes before what
// is read in order to write. What does not exist is not locked.
Result<void> lockDocument(SqlConnection& connection, const DocumentId& id);

// In the bin or not. notFound.
Result<DocumentInfo> findAnywhere(SqlConnection& connection, const DocumentId& id);
// Not in the bin. notFound.
Result<DocumentInfo> findDocument(SqlConnection& connection, const DocumentId& id);

// Titles compare in this form, whatever the case of their letters.
std::string foldedTitle(const std::string& title);

// The last document of a page: the next one begins after it.
struct PagePlace {
    std::int64_t createdMs = 0;
    DocumentId id;

    static PagePlace beforeAll();
    static PagePlace of(const DocumentInfo& last) { return {last.createdMs, last.id}; }
    std::string cursor() const;
    // malformed
    static Result<PagePlace> read(std::string_view cursor);
};

} // namespace tandem
