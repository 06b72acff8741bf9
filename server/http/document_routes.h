// The REST calls about whole documents (PROTOCOL.md, "REST"). Lives on the event loop; owned by main, which
// also owns what it borrows.
#pragma once

#include "base/random.h"
#include "http/archive_import.h"
#include "http/audit_trail.h"
#include "http/document_json.h"
#include "http/link_address.h"
#include "http/router.h"
#include "rooms/room_directory.h"
#include "storage/document_catalog.h"
#include "storage/document_past.h"

namespace tandem {

class DocumentRoutes {
public:
    DocumentRoutes(DocumentStore& documents, DocumentCatalog& catalog, DocumentPast& past,
                   RoomDirectory& rooms, const Gate& gate, AuditTrail& audit, Random& random,
                   LinkAddress address)
        : m_documents(documents)
        , m_catalog(catalog)
        , m_past(past)
        , m_rooms(rooms)
        , m_gate(gate)
        , m_audit(audit)
        , m_random(random)
        , m_address(std::move(address)) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    // Of the link that a new document gets. One by chance is another one when the request comes again.
    struct OwnerSecret {
        enum class From { chance, idempotencyKey, client };

        std::string text;
        From from = From::chance;

        bool isSameAgain() const { return from != From::chance; }
    };

    void create(const HttpRequest& request, HttpRespond respond);
    void import(const HttpRequest& request, HttpRespond respond);
    void importArchive(const HttpRequest& request, HttpRespond respond);
    void make(const HttpRequest& request, DocumentRequest wanted, HttpRespond respond);
    void list(const HttpRequest& request, HttpRespond respond);
    void show(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void rename(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void remove(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void restore(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    DocumentId newDocumentId(const HttpRequest& request, const std::string& requestHash);
    OwnerSecret ownerSecret(const HttpRequest& request, const std::optional<std::string>& given,
                            const std::string& requestHash);
    void store(const HttpRequest& asked, NewDocument document, const OwnerSecret& secret, std::string text,
               HttpRespond respond);
    // How a document is shown, of which the text at its version is given.
    using Shown = std::function<std::string(const DocumentInfo& info, const std::string& text)>;
    void answerWithRoom(const HttpRequest& request, const DocumentInfo& info, Shown json,
                        HttpRespond respond);
    void answerWithPast(const HttpRequest& request, const DocumentInfo& info, Seq version,
                        HttpRespond respond);

    DocumentStore& m_documents;
    DocumentCatalog& m_catalog;
    DocumentPast& m_past;
    RoomDirectory& m_rooms;
    const Gate& m_gate;
    AuditTrail& m_audit;
    Random& m_random;
    const LinkAddress m_address;
    ArchiveImport m_archives;
};

} // namespace tandem
