// What Fusion draws otherwise than Tandem wants it: a style sheet in the colours of a palette. Pure.
#pragma once

#include <QString>

class QPalette;

namespace tandem::theme {

QString styleSheet(const QPalette& palette);

} // namespace tandem::theme
