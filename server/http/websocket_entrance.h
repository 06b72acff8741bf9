// The way of one WebSocket into its document: the gate, then the room; and out again when its link is
// revoked, changed or has expired. Owned by its connection; lives on the event loop; borrows the rest.
#pragma once

#include "access/gate.h"
#include "rooms/room_directory.h"
#include "sessions/session.h"

#include <memory>

namespace tandem {

class WebsocketEntrance final : public Entrance {
public:
    WebsocketEntrance(const Gate& gate, RoomDirectory& rooms, DocumentId document)
        : m_gate(gate)
        , m_rooms(rooms)
        , m_document(std::move(document))
        , m_alive(std::make_shared<bool>(true)) {}
    ~WebsocketEntrance() override { *m_alive = false; }

    // Before anything else; the session borrows this entrance.
    void setSession(Session& session) { m_session = &session; }

    bool isOpen() const override { return m_gate.isOpen(); }
    void enter(const std::string& token) override;

    void linkChanged(const DocumentId& document, std::optional<LinkNumber> link);
    // About once a second.
    void tick();

private:
    void openRoom();
    void askAgain();

    const Gate& m_gate;
    RoomDirectory& m_rooms;
    const DocumentId m_document;
    Session* m_session = nullptr;
    std::string m_token;
    std::optional<Grant> m_grant;
    bool m_admitted = false;
    bool m_opensRoom = false; // the room is asked for and answers at once
    bool m_isStale = false;   // the grant may be another one by now
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
