// Marks on the scroll bar: where the others' carets and selections are, and what was found. Painted over the
// bar, which works as ever. Owned by the scroll bar of its view; the view and the search must outlive it.
#pragma once

#include "client/peers.h"

#include <QWidget>

#include <optional>

namespace tandem {

class EditorView;
class TextSearch;

class ScrollMarks final : public QWidget {
    Q_OBJECT
public:
    // `search` may be null.
    ScrollMarks(EditorView& view, const Peers& peers, const TextSearch* search);

    // The height on the bar, in pixels, that stands for a position of the text.
    int heightOf(int position) const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void paintHits(QPainter& painter) const;
    void paintPeers(QPainter& painter) const;
    int positionAt(int height) const;

    EditorView& m_view;
    const Peers& m_peers;
    const TextSearch* m_search;
};

} // namespace tandem
