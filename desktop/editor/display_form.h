// How text is shown in a QTextDocument. QTextDocument would turn a few characters into block separators or
// hide them; these are shown as one visible stand-in each. The display form has the same number of UTF-16
// code units as the text, one for one, and the display form of a display form is itself.
#pragma once

#include <QString>

#include <string_view>

namespace tandem {

// The unit that stands for `unit` on the screen: itself, but for CR, NUL, U+2028, U+2029, U+FDD0 and U+FDD1.
char16_t displayUnit(char16_t unit);

// Line feeds stay line feeds; lone surrogates become U+FFFD.
QString displayForm(QStringView text);
QString displayForm(std::u32string_view text);

} // namespace tandem
