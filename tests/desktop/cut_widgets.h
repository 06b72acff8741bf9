// What of a window's widgets one does not see as a whole.
#pragma once

#include <string>

class QWidget;

namespace tandem {

// A line for each that is cut, or lies upon another one; empty when all is well.
std::string cutWidgets(const QWidget& window);

} // namespace tandem
