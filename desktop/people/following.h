// Keeps someone else's caret in sight: the view goes where that person goes, within a frame in their colour
// that says so. Own typing, scrolling or clicking ends it, and so does Escape, or that person's leaving.
// Owned by the page whose view it moves; peers and view must outlive it.
#pragma once

#include "client/peers.h"

#include <QObject>

namespace tandem {

class EditorView;
class FollowFrame;

class Following final : public QObject {
    Q_OBJECT
public:
    Following(const Peers& peers, EditorView& view, QObject* parent = nullptr);

    // Of someone who is here; the one followed already is left again.
    void toggle(const std::string& session);
    void stop();
    // Empty: nobody.
    const std::string& session() const { return m_session; }

    // Brings the caret of that person into sight once, without following. False when it is nowhere.
    bool jumpTo(const std::string& session);

    // Who is here, or where, or the text around it has changed.
    void peersChanged();

    // What the frame says; empty while there is none.
    QString words() const;

signals:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Peer* find(const std::string& session) const;
    void goAlong(const Peer& peer);

    const Peers& m_peers;
    EditorView& m_view;
    FollowFrame* m_frame;
    std::string m_session;
};

} // namespace tandem
