#include "http/websocket_turn.h"

#include <algorithm>

namespace tandem {

void WebsocketTurn::sendLater(Sender& sender) {
    // Behind what is posted already, such as what the log has committed.
    if (m_senders.empty())
        QMetaObject::invokeMethod(this, &WebsocketTurn::end, Qt::QueuedConnection);
    m_senders.push_back(&sender);
}

void WebsocketTurn::forget(const Sender& sender) {
    Sender* const gone = const_cast<Sender*>(&sender);
    std::replace(m_senders.begin(), m_senders.end(), gone, static_cast<Sender*>(nullptr));
    std::replace(m_sending.begin(), m_sending.end(), gone, static_cast<Sender*>(nullptr));
}

void WebsocketTurn::end() {
    m_sending.swap(m_senders);
    for (std::size_t i = 0; i < m_sending.size(); ++i) { // one may forget another
        if (m_sending[i])
            m_sending[i]->sendGathered();
    }
    m_sending.clear();
}

} // namespace tandem
