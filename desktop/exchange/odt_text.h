// The text of an OpenDocument file as Markdown: headings, lists, tables, links, bold and italic words. What
// else it holds, such as pictures and notes in the margin, is left out. Any bytes are safe. Pure.
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace tandem {

// malformed: it is no OpenDocument text. limitExceeded: it is too large.
Result<QString> textOfOdt(const QByteArray& file);

} // namespace tandem
