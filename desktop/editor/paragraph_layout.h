// How an EditorView lays out its paragraphs: as QPlainTextEdit does, and those that run from right to left
// begin at the right edge, each by its own letters unless the view gives all of them one direction. Owned by
// the QTextDocument.
#pragma once

#include <QPlainTextDocumentLayout>

namespace tandem {

class ParagraphLayout final : public QPlainTextDocumentLayout {
public:
    using QPlainTextDocumentLayout::QPlainTextDocumentLayout;

    QRectF blockBoundingRect(const QTextBlock& block) const override;
};

} // namespace tandem
