// The dot at the title of a tab: full while something is not saved yet, a ring while there is no connection.
// The shape says it as well as the colour.
#pragma once

#include "documents/page.h"

#include <QIcon>

namespace tandem {

// No icon when there is nothing to say.
QIcon tabDot(Page::Mark mark, const QPalette& palette);

} // namespace tandem
