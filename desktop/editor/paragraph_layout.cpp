#include "editor/paragraph_layout.h"

#include <QTextBlock>
#include <QTextLayout>

namespace tandem {

namespace {
// A line that goes on beyond the edge is scrolled to from the left.
bool fits(const QTextLayout& layout) {
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        if (line.horizontalAdvance() > line.width())
            return false;
    }
    return true;
}
} // namespace

// Everyone who shows or asks for lines has come through here. A block's option is the document's after each
// layout; lines are put to their edge when they are drawn, so changing it then is enough.
QRectF ParagraphLayout::blockBoundingRect(const QTextBlock& block) const {
    const QRectF rect = QPlainTextDocumentLayout::blockBoundingRect(block);
    if (!block.isValid() || block.textDirection() != Qt::RightToLeft)
        return rect;
    QTextLayout& layout = *block.layout();
    const Qt::Alignment edge = fits(layout) ? Qt::AlignRight : Qt::AlignLeft;
    if (layout.textOption().alignment() == edge)
        return rect;
    QTextOption option = layout.textOption();
    option.setAlignment(edge);
    layout.setTextOption(option);
    return rect;
}

} // namespace tandem
