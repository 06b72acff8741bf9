// Where a document is read and typed: text, line numbers, the others' carets. Owned by its window; lives on
// the event-loop thread; the OpenDocument must outlive it.
//
// Others' edits never scroll it: the caret's line, or the first visible one when the caret is out of sight,
// stays where it is on the screen. Its own caret and selection are kept as anchors, so they stay with the
// text, and what an input method is composing stays at the caret.
#pragma once

#include "base/clock.h"
#include "editor/document_binding.h"

#include <QInputMethodEvent>
#include <QPlainTextEdit>

#include <memory>

class QMenu;
class QUrl;

namespace tandem {

class EditorLayer;
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

    // Take back, or do again, own edits; the caret and the selection come back, and into sight.
    void undo();
    void redo();
    bool canUndo() const;
    bool canRedo() const;
    // A step of undo by itself.
    void cut();

    // What can be done at the place.
    std::unique_ptr<QMenu> makeContextMenu(int position);
    std::unique_ptr<QMenu> makeContextMenu();

    // Size of the text in points, kept between what can be read and what fits.
    qreal textSize() const;
    void setTextSize(qreal points);
    void zoom(int steps);
    void resetZoom();

    // Of each paragraph by its own letters, or one way for all.
    void setTextDirection(Qt::LayoutDirection direction);

    // Columns of a tab, as shown here.
    void setTabWidth(int columns);
    // Long lines go on in the next row, or beyond the edge.
    bool wrapsLines() const { return lineWrapMode() == WidgetWidth; }
    void setWrapsLines(bool wraps);

    // Who is here, and where, has changed.
    void showPeers();
    // Brings the place into sight, in the middle.
    void reveal(int position);

    // Painted in the order in which they were added. A layer must be removed before it goes.
    void addLayer(EditorLayer& layer);
    void removeLayer(EditorLayer& layer);

    // The caret to `head`, with what lies between it and `tail` selected; into sight when `show` says so.
    enum class Show { ifNeeded, no };
    void setSelection(int tail, int head, Show show = Show::ifNeeded);

    // Moves the selected text to where `target` is now; it stays selected. Nothing when that is within it.
    void moveSelection(int target);

    // --- geometry in the viewport's coordinates, for what is painted beside and over the text

    struct Row {
        int block = 0;
        qreal top = 0;
        qreal height = 0; // of its first line
    };
    std::vector<Row> visibleRows() const;
    struct Span {
        int start = 0;
        int end = 0;
    };
    // The positions of the blocks that are in sight.
    Span visibleSpan() const;
    QRect caretRect(int position) const;
    // The visible parts of the text between two positions; several a line where it runs both ways.
    std::vector<QRectF> textRects(int start, int end) const;

signals:
    void selectionMoved(const tandem::Selection& selection);
    void textSizeChanged(qreal points);
    void historyChanged(); // canUndo, canRedo
    void peersShown();
    void insertionRefused(const QString& reason); // of what was pasted or dropped
    // Before a menu is shown for the place in the text; features add what they can do there.
    void contextMenuComing(QMenu& menu, int position);

protected:
    QMimeData* createMimeDataFromSelection() const override;
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
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

    void insertFiles(const QList<QUrl>& files);
    void pressAsShown(QKeyEvent* event);
    void noteSelection();
    void holdStill();
    void restoreSelection();
    void select(const Selection& selection);
    void showUndone(const std::optional<Selection>& selection);
    void setCompositionAside();
    void resumeComposition();
    int lineOf(int position) const;
    void layOutNumbers();
    void updateNumbers(const QRect& rect, int dy);
    void updateTabStops();
    void noteLongLine(int units);
    QTextDocument& textFor(OpenDocument& document);

    // What an input method is composing: shown at the caret, in no document.
    struct Composition {
        QString text;
        QList<QInputMethodEvent::Attribute> attributes;
    };

    OpenDocument& m_open;
    LineNumbers* m_numbers = nullptr;
    bool m_hasLongLine = false; // or had one
    int m_tabWidth = 4;
    DocumentBinding m_binding;
    std::unique_ptr<PeerCursors> m_peers;
    Selection m_selection;
    HeldLine m_held;
    Composition m_composition;
    std::vector<EditorLayer*> m_layers;
    bool m_holdsCaret = false;
};

} // namespace tandem
