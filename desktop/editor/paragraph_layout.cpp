#include "editor/paragraph_layout.h"

#include <QTextBlock>
#include <QTextLayout>

#include <cmath>

namespace tandem {

namespace {

constexpr int deepestMark = 64; // characters before a task's box, at most
constexpr int mostDigits = 9;   // of a list's number

// The characters of a paragraph one by one: its text may be a megabyte, and this is asked all the time.
class Letters {
public:
    explicit Letters(const QTextBlock& block)
        : m_document(*block.document()), m_start(block.position()), m_length(block.length() - 1) {}

    // Null behind the end.
    QChar at(int place) const { return place < m_length ? m_document.characterAt(m_start + place) : QChar(); }
    bool isSpace(int place) const { return at(place) == u' ' || at(place) == u'\t'; }

private:
    const QTextDocument& m_document;
    int m_start;
    int m_length;
};

// Behind the mark of a list's item, or `place` when there is none.
int behindListMark(const Letters& letters, int place) {
    const QChar first = letters.at(place);
    if (first == u'-' || first == u'*' || first == u'+')
        return place + 1;
    int digits = place;
    while (digits - place < mostDigits && letters.at(digits) >= u'0' && letters.at(digits) <= u'9')
        ++digits;
    const bool isNumber = digits > place && (letters.at(digits) == u'.' || letters.at(digits) == u')');
    return isNumber ? digits + 1 : place;
}

// Behind the box of a task that is done; 0: there is none.
int behindDoneBox(const QTextBlock& block) {
    const Letters letters(block);
    int at = 0;
    while (at < deepestMark && (letters.isSpace(at) || letters.at(at) == u'>'))
        ++at;
    const int behindMark = behindListMark(letters, at);
    if (behindMark == at)
        return 0;
    at = behindMark;
    while (at < deepestMark && letters.isSpace(at))
        ++at;
    const bool isDone = at > behindMark && letters.at(at) == u'[' && letters.at(at + 1).toLower() == u'x' &&
                        letters.at(at + 2) == u']' && letters.isSpace(at + 3);
    return isDone ? at + 4 : 0;
}

bool beginsFromRightToLeft(QStringView text) {
    for (const char32_t c : text.toUcs4()) {
        switch (QChar::direction(c)) {
        case QChar::DirL:
            return false;
        case QChar::DirR:
        case QChar::DirAL:
            return true;
        default:
            break;
        }
    }
    return false;
}

// A line that goes on beyond the edge is scrolled to from the left.
bool fits(const QTextLayout& layout) {
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (line.horizontalAdvance() > line.width())
            return false;
    }
    return true;
}

// As QPlainTextDocumentLayout has done, the other way.
void layOutFromRightToLeft(QTextLayout& layout) {
    const QPointF place = layout.lineAt(0).position();
    const qreal width = layout.lineAt(0).width();
    QTextOption option = layout.textOption();
    option.setTextDirection(Qt::RightToLeft);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = place.y();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLeadingIncluded(true);
        line.setLineWidth(width);
        line.setPosition({place.x(), y});
        y += line.height() + std::ceil(std::min(line.leading(), qreal{0}));
    }
    layout.endLayout();
}

} // namespace

Qt::LayoutDirection paragraphDirection(const QTextBlock& block) {
    const Qt::LayoutDirection byLetters = block.textDirection();
    if (byLetters == Qt::RightToLeft ||
        block.document()->defaultTextOption().textDirection() != Qt::LayoutDirectionAuto)
        return byLetters;
    const int content = behindDoneBox(block);
    return content > 0 && beginsFromRightToLeft(QStringView(block.text()).mid(content)) ? Qt::RightToLeft
                                                                                        : byLetters;
}

// Everyone who shows or asks for lines has come through here. A block's option is the document's after each
// layout; lines are put to their edge when they are drawn, so changing it then is enough.
QRectF ParagraphLayout::blockBoundingRect(const QTextBlock& block) const {
    const QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    if (!block.isValid() || paragraphDirection(block) != Qt::RightToLeft)
        return rect;
    QTextLayout& layout = *block.layout();
    if (block.textDirection() != Qt::RightToLeft && layout.lineCount() > 0 &&
        layout.textOption().textDirection() != Qt::RightToLeft)
        layOutFromRightToLeft(layout);
    const Qt::Alignment edge = fits(layout) ? Qt::AlignRight : Qt::AlignLeft;
    if (layout.textOption().alignment() == edge)
        return rect;
    QTextOption option = layout.textOption();
    option.setAlignment(edge);
    layout.setTextOption(option);
    return rect;
}

} // namespace tandem
