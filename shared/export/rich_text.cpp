#include "export/rich_text.h"

#include "export/export_fonts.h"
#include "export/markdown_tree.h"
#include "export/page_style.h"
#include "export/rich_text_writer.h"

#include <QTextDocument>

namespace tandem {

std::unique_ptr<QTextDocument> richText(const MarkdownTree& content,
                                        const std::function<bool()>& shouldStop) {
    auto document = std::make_unique<QTextDocument>();
    document->setUndoRedoEnabled(false);
    QFont font;
    font.setFamilies(bodyFamilies());
    font.setPointSizeF(page_style::bodyPoints);
    document->setDefaultFont(font);
    document->setDocumentMargin(0);
    document->setIndentWidth(page_style::indentWidth);
    if (!RichTextWriter(*document).write(content.root(), shouldStop))
        return nullptr;
    return document;
}

} // namespace tandem
