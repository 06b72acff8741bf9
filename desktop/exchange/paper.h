// A document on paper, with the pages that its PDF has. Lives on the event-loop thread, as printers do.
#pragma once

#include "exchange/document_file.h"

class QPrinter;
class QTextDocument;
class QWidget;

namespace tandem {

// Draws the pages that the printer was told to print. False: it takes none.
bool printDocument(const DocumentContent& content, QPrinter& printer);
// Asks for printer and pages. Empty, or a sentence when it went wrong.
QString askAndPrint(const DocumentContent& content, QWidget* parent);
void showPrintPreview(const DocumentContent& content, QWidget* parent);

} // namespace tandem
