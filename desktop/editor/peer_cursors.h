// The others' carets and selections, painted into an EditorView: a bar of two pixels in the person's colour
// with their name on a flag that shows while they move, fades after three seconds and comes back under the
// mouse. A flag never covers the line with the own caret. Owned by its view; lives on the event-loop thread.
#pragma once

#include "base/clock.h"
#include "client/peers.h"

#include <QObject>
#include <QPointF>
#include <QRectF>
#include <QTimer>

#include <map>
#include <optional>
#include <string>

class QPainter;

namespace tandem {

class DocumentBinding;
class EditorView;

class PeerCursors final : public QObject {
    Q_OBJECT
public:
    static constexpr int caretWidth = 2;
    static constexpr std::int64_t flagShownMs = 3'000;
    static constexpr std::int64_t flagFadingMs = 400;

    PeerCursors(const Peers& peers, const DocumentBinding& binding, EditorView& view, const Clock& clock);

    // Finds out who has moved.
    void peersChanged();
    // The mouse is there.
    void hover(QPointF position);

    void paintSelections(QPainter& painter) const; // under the text
    void paintCarets(QPainter& painter);           // over it

    // Without fading, where motion is not wanted, a flag goes at once after the same time.
    void setFades(bool fades) { m_fades = fades; }
    bool fades() const { return m_fades; }

    // 0, no flag, to 1.
    qreal flagOpacity(const std::string& session) const;
    // Where the flag of this peer is painted, whether it shows or not; nothing while the caret is out of
    // sight.
    std::optional<QRectF> flagRect(const Peer& peer) const;
    std::optional<QRectF> caretRect(const Peer& peer) const;

private:
    struct Trace {
        std::optional<Selection> selection;
        std::int64_t movedAtMs = 0;
        bool hovered = false;
    };

    void paintFlag(QPainter& painter, const Peer& peer, qreal opacity) const;
    void wakeForFading();

    const Peers& m_peers;
    const DocumentBinding& m_binding;
    EditorView& m_view;
    const Clock& m_clock;
    std::map<std::string, Trace> m_traces; // by session
    QTimer m_timer;
    bool m_fades = true;
};

} // namespace tandem
