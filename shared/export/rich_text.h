// A document's Markdown as a QTextDocument, to be laid out on pages. Loads nothing: there are no pictures in
// it. Any thread; needs a QGuiApplication and loadExportFonts().
#pragma once

#include <functional>
#include <memory>

class QTextDocument;

namespace tandem {

class MarkdownTree;

// Null when `shouldStop`, which is asked now and then, said so.
std::unique_ptr<QTextDocument> richText(const MarkdownTree& content, const std::function<bool()>& shouldStop);

} // namespace tandem
