#include "storage/edit_sessions.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tandem {

bool EditSessions::add(Seq seq, ReplicaId replica, std::int64_t timeMs) {
    std::vector<EditSession>& sessions = m_page.sessions;
    // Clocks may have been set back.
    const bool goesOn = !sessions.empty() && std::abs(sessions.back().startedMs - timeMs) < pauseMs;
    if (!goesOn) {
        if (sessions.size() == m_most)
            return false;
        sessions.push_back({seq, seq, timeMs, timeMs, {}});
    }
    EditSession& session = sessions.back();
    session.from = seq;
    session.startedMs = timeMs;
    session.endedMs = std::max(session.endedMs, timeMs);
    ++session.changes[replica];
    return true;
}

EditSessionPage EditSessions::take() {
    if (!m_page.sessions.empty() && m_page.sessions.back().from > 1)
        m_page.next = m_page.sessions.back().from;
    return std::exchange(m_page, {});
}

} // namespace tandem
