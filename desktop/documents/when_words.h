// A moment in words, as near as people need it: "just now", "12 minutes ago", "yesterday 14:05". Pure.
#pragma once

#include <QDateTime>

namespace tandem {

// Empty for no moment.
QString whenWords(const QDateTime& moment, const QDateTime& now);

} // namespace tandem
