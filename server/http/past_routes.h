// The REST calls about a document's past (PROTOCOL.md, "REST"): sessions of edits, names of versions, who
// wrote what, and what changed between two versions. The text at a version is DocumentRoutes', going back to
// one EditRoutes'. Lives on the event loop; owned by main, which also owns what it borrows.
#pragma once

#include "http/router.h"
#include "storage/document_past.h"
#include "storage/document_store.h"
#include "storage/op_log.h"

namespace tandem {

class PastRoutes {
public:
    PastRoutes(DocumentStore& documents, DocumentPast& past, OpLog& log)
        : m_documents(documents), m_past(past), m_log(log) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void sessions(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void authors(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void listVersions(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void nameVersion(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void removeName(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void withNames(const HttpRequest& request, const DocumentId& id, HttpRespond respond,
                   std::function<HttpResponse(const std::vector<ReplicaBinding>&)> answer);
    void changes(const HttpRequest& request, const DocumentId& id, HttpRespond respond);

    DocumentStore& m_documents;
    DocumentPast& m_past;
    OpLog& m_log;
};

} // namespace tandem
