// The REST calls that change a text, through its room like everyone else (PROTOCOL.md, "REST"). Lives on the
// event loop; owned by main, which also owns what it borrows.
#pragma once

#include "base/random.h"
#include "http/edit_calls.h"
#include "http/router.h"
#include "rooms/room_directory.h"

namespace tandem {

class EditRoutes {
public:
    EditRoutes(DocumentStore& documents, RoomDirectory& rooms, Random& random)
        : m_documents(documents), m_rooms(rooms), m_random(random) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void replaceText(const HttpRequest& request, HttpRespond respond);
    void edit(const HttpRequest& request, HttpRespond respond);
    // Opens the room at `version` at least, which another server may have made.
    void openAt(const DocumentId& id, Seq version, std::function<void(Result<DocumentRoom*>)> ready);

    DocumentStore& m_documents;
    RoomDirectory& m_rooms;
    Random& m_random;
    EditCalls m_calls;
};

} // namespace tandem
