#include "sharing/qr_code.h"

#include <qrencode.h>

#include <memory>

namespace tandem {

QImage qrCode(const QString& text) {
    constexpr int border = 4; // what readers need around it
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString8bit(text.toUtf8().constData(), 0, QR_ECLEVEL_M), &QRcode_free);
    if (!code)
        return {};
    const int width = code->width;
    QImage image(width + 2 * border, width + 2 * border, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    for (int y = 0; y < width; ++y) {
        for (int x = 0; x < width; ++x) {
            if ((code->data[y * width + x] & 1) != 0)
                image.setPixel(x + border, y + border, qRgb(0, 0, 0));
        }
    }
    return image;
}

} // namespace tandem
