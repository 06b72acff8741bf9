// The REST calls about documents (PROTOCOL.md, "REST"). Lives on the event loop; owned by main, which also
// owns what it borrows.
#pragma once

#include "base/random.h"
#include "http/router.h"
#include "rooms/room_directory.h"

namespace tandem {

class DocumentRoutes {
public:
    DocumentRoutes(DocumentStore& documents, RoomDirectory& rooms, Random& random)
        : m_documents(documents), m_rooms(rooms), m_random(random) {}

    // This object must outlive the router's use.
    void addTo(Router& router);

private:
    void create(const HttpRequest& request, HttpRespond respond);
    void list(const HttpRequest& request, HttpRespond respond);
    void show(const HttpRequest& request, HttpRespond respond);
    void answerWithRoom(const HttpRequest& request, const DocumentId& id, HttpRespond respond);

    DocumentStore& m_documents;
    RoomDirectory& m_rooms;
    Random& m_random;
};

} // namespace tandem
