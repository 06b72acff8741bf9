// A text as a QR code, black on white, one pixel a module, with the quiet border around it. Null when the
// text is too long for one. Pure function.
#pragma once

#include <QImage>
#include <QString>

namespace tandem {

QImage qrCode(const QString& text);

} // namespace tandem
