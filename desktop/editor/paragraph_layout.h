// How an EditorView lays out its paragraphs: as QPlainTextEdit does, and those that run from right to left
// begin at the right edge, each by its own letters unless the view gives all of them one direction. Owned by
// the QTextDocument.
#pragma once

#include <QPlainTextDocumentLayout>

namespace tandem {

// Which way a paragraph runs. What Markdown puts before its content has no say: the x in the box of a task
// that is done is a letter, too, and QTextBlock goes by it.
Qt::LayoutDirection paragraphDirection(const QTextBlock& block);

class ParagraphLayout final : public QPlainTextDocumentLayout {
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    QRectF blockBoundingRect(const QTextBlock& block) const override;
};

} // namespace tandem
