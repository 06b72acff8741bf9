// What the sessions of both kinds of clients have in common: a place in a room, with a role, how fast the
// client may send, carets that it misses while it reads slowly, and one end. Owned, like every session, by
// the door that accepted its socket; lives on the event loop.
#pragma once

#include "protocol/message.h"
#include "rooms/document_room.h"
#include "sessions/connection.h"
#include "sessions/incoming_rate.h"
#include "sessions/missed_cursors.h"
#include "sessions/session.h"

#include <variant>

namespace tandem {

class RoomSession : public Session, protected Participant {
public:
    ~RoomSession() override;

    void admitted(Result<Admission> admission) final;
    void accessChanged(Result<Role> role) final;
    void received(std::string_view frame) final;
    void closed() final;
    void tick() final;

protected:
    // Told in the same words to either kind of client.
    using News = std::variant<message::PresenceJoin, message::PresenceCursor, message::PresenceLeave,
                              message::AccessChanged, message::TitleChanged>;

    // Borrows all; they outlive it.
    RoomSession(Connection& connection, Entrance& entrance, const Clock& clock);

    // It was let in, and room() is there.
    virtual void entered() = 0;
    // A frame that came no faster than it may.
    virtual void take(std::string_view frame) = 0;
    // Sends it in the client's own encoding.
    virtual void tell(News news) = 0;
    // Someone else in the room, as this client is told of them.
    virtual message::Member memberFor(const Peer& peer) const = 0;

    // What a callback asks before anything else: a session may be deleted, or at its end, while it waits.
    auto whileAlive() const {
        return [this, alive = m_alive] { return *alive && !m_ended; };
    }
    DocumentRoom& room() { return *m_room; }
    const DocumentRoom& room() const { return *m_room; }
    bool isAdmitted() const { return m_room != nullptr; }
    bool hasJoined() const { return m_joined; }
    bool hasEnded() const { return m_ended; }
    Role role() const { return m_role; }
    Connection& connection() { return m_connection; }
    Entrance& entrance() { return m_entrance; }

    void join(Peer self);
    // Everyone else in the room.
    std::vector<message::Member> others() const;
    void end(CloseCode code, std::string_view reason);
    void end(const Error& error);

private:
    void peerJoined(const Peer& peer) final;
    void peerMoved(const Peer& peer) final;
    void peerLeft(const std::string& session) final;
    void titleChanged(const std::string& title) final;
    void roomClosed(const Error& error) final;

    Connection& m_connection;
    Entrance& m_entrance;
    const Clock& m_clock;
    IncomingRate m_rate;
    MissedCursors m_missedCursors;
    std::int64_t m_openedAtMs = 0;
    Role m_role = Role::viewer;
    DocumentRoom* m_room = nullptr;
    bool m_joined = false;
    bool m_ended = false;
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
