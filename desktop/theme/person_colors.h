// The twelve colours by which people are told apart, for light and for dark. A caret has at least 3:1 against
// the background of the text, a name at least 4.5:1 against its flag. Never the only sign: names and initials
// stand beside.
#pragma once

#include "theme/theme.h"

#include <QColor>
#include <QString>

namespace tandem::theme {

constexpr int personColorCount = 12;

struct PersonColors {
    QColor caret;     // also flags and badges
    QColor onCaret;   // text upon `caret`
    QColor selection; // tint under selected text
};

// Any `index` is taken modulo the count: it comes from others.
PersonColors personColors(int index, Scheme scheme);

// Of someone who is not here to say which is theirs.
int personColorOf(const QString& name);

// One or two letters for a badge.
QString initials(const QString& name);

} // namespace tandem::theme
