#include "people/following.h"

#include "editor/editor_view.h"
#include "people/follow_frame.h"

#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace tandem {

namespace {
constexpr int edgePx = 24; // nearer to the edge than that counts as out of sight

bool isModifier(int key) {
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock;
}
} // namespace

Following::Following(const Peers& peers, EditorView& view, QObject* parent)
    : QObject(parent), m_peers(peers), m_view(view), m_frame(new FollowFrame(&view)) {
    m_view.installEventFilter(this);
    m_view.viewport()->installEventFilter(this);
    m_view.verticalScrollBar()->installEventFilter(this);
}

const Peer* Following::find(const std::string& session) const {
    const std::vector<Peer>& all = m_peers.all();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Peer& peer) { return peer.session == session; });
    return found == all.end() ? nullptr : &*found;
}

void Following::toggle(const std::string& session) {
    if (session == m_session)
        return stop();
    if (!find(session))
        return;
    m_session = session;
    peersChanged();
    jumpTo(session);
    emit changed();
}

void Following::stop() {
    if (m_session.empty())
        return;
    m_session.clear();
    m_frame->hide();
    emit changed();
}

bool Following::jumpTo(const std::string& session) {
    const Peer* peer = find(session);
    if (!peer || !peer->selection)
        return false;
    const std::optional<int> position = m_view.binding().positionOf(peer->selection->head);
    if (position)
        m_view.reveal(*position);
    return position.has_value();
}

void Following::peersChanged() {
    if (m_session.empty())
        return;
    const Peer* peer = find(m_session);
    if (!peer)
        return stop();
    m_frame->show(tr("Following %1 · Esc").arg(QString::fromStdString(peer->name).simplified()), peer->color);
    goAlong(*peer);
}

// Only as far as needed: a view that jumps at each letter cannot be read.
void Following::goAlong(const Peer& peer) {
    if (!peer.selection)
        return;
    const std::optional<int> position = m_view.binding().positionOf(peer.selection->head);
    if (!position)
        return;
    const QRect caret = m_view.caretRect(*position);
    const QRect comfortable = m_view.viewport()->rect().adjusted(0, edgePx, 0, -edgePx);
    if (caret.top() < comfortable.top() || caret.bottom() > comfortable.bottom())
        m_view.reveal(*position);
}

QString Following::words() const {
    return m_session.empty() ? QString() : m_frame->words();
}

bool Following::eventFilter(QObject* watched, QEvent* event) {
    if (m_session.empty())
        return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            stop();
            event->accept();
            return true;
        }
        if (event->type() == QEvent::KeyPress && !isModifier(key->key()))
            stop();
        break;
    }
    case QEvent::Wheel:
    case QEvent::MouseButtonPress:
    case QEvent::InputMethod:
        stop();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace tandem
