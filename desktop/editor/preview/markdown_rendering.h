// Markdown as a QTextDocument, for a window beside the text. Safe for texts by strangers: markup in them is
// left out, pictures are links, and nothing is fetched. A pure function, for any thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>

#include <memory>

class QTextDocument;

namespace tandem {

struct PreviewLook {
    QFont textFont;
    QFont codeFont;
    QColor text;
    QColor quiet;
    QColor link;
    QColor codeBackground;
    QColor line;
};

// Before each part of the text stands an anchor "l<number>", the line of the source where it begins, counted
// from `firstLine`.
QString markdownToHtml(const QString& markdown, int firstLine);

std::unique_ptr<QTextDocument> renderMarkdown(const QString& markdown, int firstLine,
                                              const PreviewLook& look);

} // namespace tandem
