// The REST calls about whole documents (PROTOCOL.md, "REST"). Lives on the event loop; owned by main, which
// also owns what it borrows.
#pragma once

#include "base/random.h"
#include "http/document_json.h"
#include "http/router.h"
#include "log/log.h"
#include "rooms/room_directory.h"
#include "storage/document_catalog.h"
#include "storage/document_past.h"

namespace tandem {

class DocumentRoutes {
public:
    DocumentRoutes(DocumentStore& documents, DocumentCatalog& catalog, DocumentPast& past,
                   RoomDirectory& rooms, Random& random, const Log& log)
        : m_documents(documents)
        , m_catalog(catalog)
        , m_past(past)
        , m_rooms(rooms)
        , m_random(random)
        , m_log(log) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void create(const HttpRequest& request, HttpRespond respond);
    void import(const HttpRequest& request, HttpRespond respond);
    void make(const HttpRequest& request, DocumentRequest wanted, HttpRespond respond);
    void list(const HttpRequest& request, HttpRespond respond);
    void show(const HttpRequest& request, HttpRespond respond);
    void rename(const HttpRequest& request, HttpRespond respond);
    void remove(const HttpRequest& request, HttpRespond respond);
    void restore(const HttpRequest& request, HttpRespond respond);
    DocumentId newDocumentId(const HttpRequest& request, const std::string& requestHash);
    void answerWithRoom(const HttpRequest& request, const DocumentInfo& info, HttpRespond respond);
    void answerWithPast(const HttpRequest& request, const DocumentInfo& info, Seq version,
                        HttpRespond respond);

    DocumentStore& m_documents;
    DocumentCatalog& m_catalog;
    DocumentPast& m_past;
    RoomDirectory& m_rooms;
    Random& m_random;
    const Log& m_log;
};

// The document in the address; nothing, and a 404 was given, when it is no id.
std::optional<DocumentId> documentIn(const HttpRequest& request, const HttpRespond& respond);

} // namespace tandem
