#include "editor/display_form.h"

namespace tandem {

char16_t displayUnit(char16_t unit) {
    switch (unit) {
    case u'\0':
        return u'\u2400'; // symbol for null
    case u'\r':
        return u'\u240D'; // symbol for carriage return
    case u'\u2028':
        return u'\u2424'; // symbol for newline
    case u'\u2029':
        return u'\u00B6'; // pilcrow
    case u'\uFDD0':
        return u'\u25A1'; // white square
    case u'\uFDD1':
        return u'\u25A2'; // white square with rounded corners
    default:
        return unit;
    }
}

QString displayForm(QStringView text) {
    QString shown(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text[i];
        if (unit.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            shown[i] = unit;
            ++i;
            shown[i] = text[i];
        } else if (unit.isSurrogate()) {
            shown[i] = QChar::ReplacementCharacter;
        } else {
            shown[i] = QChar(displayUnit(unit.unicode()));
        }
    }
    return shown;
}

QString displayForm(std::u32string_view text) {
    return displayForm(QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size())));
}

} // namespace tandem
