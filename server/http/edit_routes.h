// The REST calls that change a text, through its room like everyone else (PROTOCOL.md, "REST"). Lives on the
// event loop; owned by main, which also owns what it borrows.
#pragma once

#include "base/random.h"
#include "http/document_json.h"
#include "http/edit_calls.h"
#include "http/router.h"
#include "rooms/room_directory.h"
#include "storage/document_past.h"

namespace tandem {

class EditRoutes {
public:
    EditRoutes(DocumentStore& documents, DocumentPast& past, RoomDirectory& rooms, Random& random)
        : m_documents(documents), m_past(past), m_rooms(rooms), m_random(random) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void replaceText(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void replaceWith(const HttpRequest& asked, const DocumentInfo& info, const TextRequest& wanted,
                     HttpRespond respond);
    void revert(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    void edit(const HttpRequest& request, const DocumentId& id, HttpRespond respond);
    // Opens the room at `version` at least, which another server may have made.
    void openAt(const DocumentId& id, Seq version, std::function<void(Result<DocumentRoom*>)> ready);

    DocumentStore& m_documents;
    DocumentPast& m_past;
    RoomDirectory& m_rooms;
    Random& m_random;
    EditCalls m_calls;
};

} // namespace tandem
