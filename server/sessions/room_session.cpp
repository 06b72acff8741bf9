#include "sessions/room_session.h"

#include "protocol/limits.h"

#include <utility>

namespace tandem {

RoomSession::RoomSession(Connection& connection, Entrance& entrance, const Clock& clock)
    : m_connection(connection)
    , m_entrance(entrance)
    , m_clock(clock)
    , m_rate(clock)
    , m_openedAtMs(clock.monotonicMs())
    , m_alive(std::make_shared<bool>(true)) {}

RoomSession::~RoomSession() {
    *m_alive = false;
    if (m_joined)
        m_room->leave(*this);
}

void RoomSession::end(CloseCode code, std::string_view reason) {
    if (m_ended)
        return;
    m_ended = true;
    m_connection.close(code, reason);
}

void RoomSession::end(const Error& error) {
    end(closeCodeFor(error), error.detail);
}

void RoomSession::closed() {
    m_ended = true;
    if (std::exchange(m_joined, false))
        m_room->leave(*this);
}

void RoomSession::tick() {
    if (awaitsHello() && m_clock.monotonicMs() - m_openedAtMs >= limits::helloTimeoutMs)
        return end(CloseCode::noHello, "no hello came");
    if (!m_joined || !m_missedCursors.areDue(m_connection))
        return;
    for (const Peer& peer : m_room->members().othersThan(*this))
        peerMoved(peer);
}

// --- in and out

void RoomSession::admitted(Result<Admission> admission) {
    if (m_ended)
        return;
    if (!admission.ok())
        return end(admission.error());
    m_room = admission->room;
    m_role = admission->role;
    entered();
}

void RoomSession::accessChanged(Result<Role> role) {
    if (!role.ok())
        return end(role.error());
    if (m_role == *role)
        return;
    m_role = *role;
    tell(message::AccessChanged{std::string(wordFor(m_role))});
}

void RoomSession::join(Peer self) {
    m_room->join(*this, std::move(self));
    m_joined = true;
}

std::vector<message::Member> RoomSession::others() const {
    std::vector<message::Member> members;
    for (const Peer& peer : m_room->members().othersThan(*this))
        members.push_back(memberFor(peer));
    return members;
}

void RoomSession::received(std::string_view frame) {
    if (m_ended)
        return;
    if (!m_rate.allows(frame))
        return end(CloseCode::tooFast, "more messages than messages_per_second or bytes_per_second");
    take(frame);
}

// --- from the room

void RoomSession::peerJoined(const Peer& peer) {
    tell(message::PresenceJoin{peer.session, peer.name, peer.color});
}

void RoomSession::peerMoved(const Peer& peer) {
    if (m_missedCursors.mayTell(m_connection))
        tell(message::PresenceCursor{memberFor(peer)});
}

void RoomSession::peerLeft(const std::string& session) {
    tell(message::PresenceLeave{session});
}

void RoomSession::titleChanged(const std::string& title) {
    tell(message::TitleChanged{title});
}

void RoomSession::roomClosed(const Error& error) {
    m_joined = false;
    end(error);
}

} // namespace tandem
