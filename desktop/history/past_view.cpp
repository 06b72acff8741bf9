#include "history/past_view.h"

#include "editor/display_form.h"
#include "theme/person_colors.h"
#include "theme/theme.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>

#include <algorithm>

namespace tandem {

namespace {
constexpr qreal textMarginPx = 12;
}

PastView::PastView(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(textMarginPx);
    setFont(theme::textFont());
    setAccessibleName(tr("The text as it was"));
    viewport()->setMouseTracking(true);
}

void PastView::replaceText(const QString& text) {
    const int place = verticalScrollBar()->value();
    setPlainText(displayForm(text.toStdU32String()));
    verticalScrollBar()->setValue(place);
    m_colouredFirst = -1;
    setExtraSelections({});
}

void PastView::showText(const QString& text) {
    m_authors.clear();
    m_lines.clear();
    replaceText(text);
}

void PastView::showAuthors(const QList<AuthorSpan>& authors) {
    m_authors = authors;
    m_colouredFirst = -1;
    viewport()->update();
}

void PastView::showDifference(const QList<LineOfTwo>& lines) {
    m_authors.clear();
    QStringList texts;
    for (const LineOfTwo& line : lines)
        texts.append(line.text);
    replaceText(texts.join('\n'));
    m_lines = lines;
}

const AuthorSpan* PastView::authorAt(int position) const {
    const auto behind =
        std::upper_bound(m_authors.begin(), m_authors.end(), position,
                         [](int at, const AuthorSpan& span) { return at < span.start + span.length; });
    return behind == m_authors.end() ? nullptr : &*behind;
}

void PastView::paintEvent(QPaintEvent* event) {
    color();
    QPlainTextEdit::paintEvent(event);
}

// The colours are those of the palette.
void PastView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_colouredFirst = -1;
}

// What can be seen now.
void PastView::color() {
    const QTextBlock first = firstVisibleBlock();
    const QTextBlock last = cursorForPosition(viewport()->rect().bottomRight()).block();
    if (first.blockNumber() == m_colouredFirst && last.blockNumber() == m_colouredLast)
        return;
    m_colouredFirst = first.blockNumber();
    m_colouredLast = last.blockNumber();
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](int start, int end, const QColor& tint, bool wholeLine) {
        QTextEdit::ExtraSelection selection;
        selection.format.setBackground(tint);
        selection.format.setProperty(QTextFormat::FullWidthSelection, wholeLine);
        selection.cursor = QTextCursor(document());
        selection.cursor.setPosition(start);
        if (!wholeLine)
            selection.cursor.setPosition(end, QTextCursor::KeepAnchor);
        selections.append(selection);
    };
    const theme::Scheme scheme = theme::schemeOf(palette());
    const int end = last.position() + last.length() - 1;
    for (const AuthorSpan* span = authorAt(first.position());
         span && span < m_authors.constData() + m_authors.size() && span->start < end; ++span)
        add(std::max(static_cast<int>(span->start), first.position()),
            std::min(static_cast<int>(span->start + span->length), end),
            theme::personColors(span->color, scheme).selection, false);
    for (QTextBlock block = first;
         block.isValid() && block.blockNumber() < m_lines.size() && block.blockNumber() <= last.blockNumber();
         block = block.next()) {
        const LineOfTwo::In in = m_lines[block.blockNumber()].in;
        if (in == LineOfTwo::In::both)
            continue;
        QColor tint =
            theme::toneColor(in == LineOfTwo::In::earlier ? theme::Tone::bad : theme::Tone::good, palette());
        tint.setAlphaF(0.22F);
        add(block.position(), block.position(), tint, true);
    }
    setExtraSelections(selections);
}

bool PastView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int position = cursorForPosition(help->pos()).position();
        if (authorAt(position))
            emit hovered(position, help->globalPos());
        return true;
    }
    return QPlainTextEdit::viewportEvent(event);
}

} // namespace tandem
