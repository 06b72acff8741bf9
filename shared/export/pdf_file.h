// A document as PDF: A4 pages with numbers, the fonts embedded, the text selectable. Any thread; needs a
// QGuiApplication (process/application.h).
#pragma once

#include "base/result.h"

#include <functional>
#include <string>

namespace tandem {

class MarkdownTree;

// Pages of a larger one would be too many to read, and take too much time and memory to lay out.
constexpr std::size_t largestPdfText = 16 * 1024 * 1024; // bytes

// Hears how much is done, 0 to 100; false: stop.
using DrawingProgress = std::function<bool(int percent)>;

// `title` as anybody may have written it. unavailable: it was stopped; internal: nothing can be drawn here.
Result<std::string> pdfFile(const std::string& title, const MarkdownTree& content,
                            const DrawingProgress& progress);

} // namespace tandem
