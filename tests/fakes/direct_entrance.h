// The way into a document for sessions without a gate: whoever asks is let in with one role. Owned by a test
// or a simulated server; nothing comes to the session once it is gone.
#pragma once

#include "rooms/room_directory.h"
#include "sessions/session.h"

#include <memory>

namespace tandem {

class DirectEntrance final : public Entrance {
public:
    enum class Hello { notNeeded, needed };

    DirectEntrance(RoomDirectory& rooms, DocumentId document, Role role = Role::editor,
                   Hello hello = Hello::notNeeded)
        : m_rooms(rooms), m_document(std::move(document)), m_role(role), m_hello(hello) {}
    ~DirectEntrance() override { *m_alive = false; }

    // The session borrows this entrance.
    void begin(Session& session) {
        m_session = &session;
        m_session->opened();
    }

    bool isOpen() const override { return m_hello == Hello::notNeeded; }
    void enter(const std::string& token) override {
        shown.push_back(token);
        m_rooms.open(m_document, [this, alive = m_alive](Result<DocumentRoom*> room) {
            if (!*alive)
                return;
            if (room.ok())
                m_session->admitted(Admission{*room, m_role});
            else
                m_session->admitted(room.error());
        });
    }

    std::vector<std::string> shown; // tokens

private:
    RoomDirectory& m_rooms;
    const DocumentId m_document;
    const Role m_role;
    const Hello m_hello;
    Session* m_session = nullptr;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace tandem
