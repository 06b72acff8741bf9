#include "http/websocket_entrance.h"

namespace tandem {

void WebsocketEntrance::enter(const std::string& token) {
    m_token = token;
    m_gate.admit(m_document, m_token, [this, alive = m_alive](const Result<Grant>& grant) {
        if (!*alive)
            return;
        if (!grant)
            return m_session->admitted(grant.error());
        m_grant = *grant;
        openRoom();
    });
}

void WebsocketEntrance::openRoom() {
    m_opensRoom = true;
    m_rooms.open(m_document, [this, alive = m_alive](const Result<DocumentRoom*>& room) {
        if (!*alive)
            return;
        if (!room)
            return m_session->admitted(room.error());
        m_admitted = true;
        // A room that was loaded since then may know of changes that the gate did not: then nobody tells.
        m_isStale = m_isStale || !m_opensRoom;
        m_session->admitted(Admission{*room, m_grant->role});
        if (m_isStale)
            askAgain();
    });
    m_opensRoom = false;
}

void WebsocketEntrance::linkChanged(const DocumentId& document, std::optional<LinkNumber> link) {
    // As long as the gate has not answered, its answer may be the one from before.
    const bool concerned =
        document == m_document &&
        (!m_grant || (m_grant->source == Grant::Source::link && (!link || m_grant->link == *link)));
    if (!concerned)
        return;
    m_isStale = true;
    if (m_admitted)
        askAgain();
}

void WebsocketEntrance::askAgain() {
    m_isStale = false;
    m_gate.admit(m_document, m_token, [this, alive = m_alive](const Result<Grant>& grant) {
        if (!*alive)
            return;
        if (grant) {
            m_grant = *grant;
            m_session->accessChanged(grant->role);
        } else if (grant.error().code == ErrorCode::notAllowed) {
            m_session->accessChanged(grant.error());
        } else {
            m_isStale = true; // the database did not answer: again with the next tick
        }
    });
}

void WebsocketEntrance::tick() {
    if (!m_admitted)
        return;
    if (m_gate.hasExpired(*m_grant))
        m_session->accessChanged(Error{ErrorCode::notAllowed, "this link has expired"});
    else if (m_isStale)
        askAgain();
}

} // namespace tandem
