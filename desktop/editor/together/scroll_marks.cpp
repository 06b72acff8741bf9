#include "editor/together/scroll_marks.h"

#include "editor/editor_view.h"
#include "editor/find/text_search.h"
#include "theme/person_colors.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace tandem {

namespace {
constexpr int hitHeight = 2;
constexpr int caretHeight = 4;
constexpr int insetPx = 2;
} // namespace

ScrollMarks::ScrollMarks(EditorView& view, const Peers& peers, const TextSearch* search)
    : QWidget(view.verticalScrollBar()), m_view(view), m_peers(peers), m_search(search) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    resize(view.verticalScrollBar()->size());
    view.verticalScrollBar()->installEventFilter(this);
    const auto refresh = [this] { update(); };
    connect(&view, &EditorView::peersShown, this, refresh);
    connect(&view.binding(), &DocumentBinding::edited, this, refresh);
    if (search)
        connect(search, &TextSearch::changed, this, refresh);
    show();
}

bool ScrollMarks::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        resize(m_view.verticalScrollBar()->size());
    return QWidget::eventFilter(watched, event);
}

int ScrollMarks::heightOf(int position) const {
    const QTextDocument* document = m_view.document();
    const QTextBlock block = document->findBlock(position);
    const int lines = std::max(1, document->lineCount());
    // Where in a long wrapped line.
    const int within =
        block.length() > 1 ? (position - block.position()) * block.lineCount() / block.length() : 0;
    return static_cast<int>(static_cast<qint64>(block.firstLineNumber() + within) * height() / lines);
}

int ScrollMarks::positionAt(int y) const {
    const QTextDocument* document = m_view.document();
    const auto line =
        static_cast<int>(static_cast<qint64>(y) * document->lineCount() / std::max(1, height()));
    const QTextBlock block = document->findBlockByLineNumber(line);
    if (!block.isValid())
        return document->characterCount();
    const int rows = std::max(1, block.lineCount());
    return block.position() + (line - block.firstLineNumber()) * block.length() / rows;
}

void ScrollMarks::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    if (m_search && !m_search->hits().empty())
        paintHits(painter);
    paintPeers(painter);
}

// Asked by pixels, since there may be a million hits.
void ScrollMarks::paintHits(QPainter& painter) const {
    const QColor color = theme::toneColor(theme::Tone::warning, palette());
    int start = 0;
    for (int y = 0; y < height(); y += hitHeight) {
        const int end = positionAt(y + hitHeight);
        if (!m_search->hitsWithin(start, end, 1).empty())
            painter.fillRect(QRect(width() - 2 * insetPx, y, insetPx, hitHeight), color);
        start = end;
    }
}

void ScrollMarks::paintPeers(QPainter& painter) const {
    const theme::Scheme scheme = theme::schemeOf(palette());
    const DocumentBinding& binding = m_view.binding();
    for (const Peer& peer : m_peers.all()) {
        if (!peer.selection)
            continue;
        const std::optional<int> tail = binding.positionOf(peer.selection->tail);
        const std::optional<int> head = binding.positionOf(peer.selection->head);
        if (!tail || !head)
            continue;
        const theme::PersonColors colors = theme::personColors(peer.color, scheme);
        const int top = heightOf(std::min(*tail, *head));
        const int bottom = heightOf(std::max(*tail, *head));
        painter.fillRect(QRect(insetPx, top, width() - 2 * insetPx, std::max(1, bottom - top)),
                         colors.selection);
        const int caret = std::min(heightOf(*head), height() - caretHeight);
        painter.fillRect(QRect(insetPx, caret, width() - 2 * insetPx, caretHeight), colors.caret);
    }
}

} // namespace tandem
