// Where a document is read and typed: text, line numbers, the others' carets. Owned by its window; lives on
// the event-loop thread; the OpenDocument must outlive it.
//
// Others' edits never scroll it: the caret's line, or the first visible one when the caret is out of sight,
// stays where it is on the screen. Its own caret and selection are kept as anchors, so they stay with the
// text.
#pragma once

#include "base/clock.h"
#include "editor/document_binding.h"

#include <QPlainTextEdit>

#include <memory>

namespace tandem {

class LineNumbers;
class PeerCursors;

class EditorView final : public QPlainTextEdit {
    Q_OBJECT
public:
    // `clock` must outlive the view.
    EditorView(OpenDocument& document, const Clock& clock, QWidget* parent = nullptr);
    ~EditorView() override;

    DocumentBinding& binding() { return m_binding; }
    PeerCursors& peerCursors() { return *m_peers; }
    const Selection& selection() const { return m_selection; }

    // Size of the text in points, kept between what can be read and what fits.
    qreal textSize() const;
    void setTextSize(qreal points);
    void zoom(int steps);
    void resetZoom();

    // Who is here, and where, has changed.
    void showPeers();
    // Brings the place into sight, in the middle.
    void reveal(int position);

    // Moves the selected text to where `target` is now; it stays selected. Nothing when that is within it.
    void moveSelection(int target);

    // --- geometry in the viewport's coordinates, for what is painted beside and over the text

    struct Row {
        int block = 0;
        qreal top = 0;
        qreal height = 0; // of its first line
    };
    std::vector<Row> visibleRows() const;
    QRect caretRect(int position) const;
    // The visible parts of the text between two positions, a rectangle a line.
    std::vector<QRectF> textRects(int start, int end) const;

signals:
    void selectionMoved(const tandem::Selection& selection);
    void textSizeChanged(qreal points);

protected:
    QMimeData* createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    // A place in the text and the row of the screen, counted from the first visible one, that it is on.
    struct HeldLine {
        QTextCursor place;
        int row = 0;
    };

    void noteSelection();
    void holdStill();
    void restoreSelection();
    int lineOf(int position) const;
    void layOutNumbers();
    void updateNumbers(const QRect& rect, int dy);
    void updateTabStops();

    DocumentBinding m_binding;
    LineNumbers* m_numbers;
    std::unique_ptr<PeerCursors> m_peers;
    Selection m_selection;
    HeldLine m_held;
    bool m_holdsCaret = false;
};

} // namespace tandem
