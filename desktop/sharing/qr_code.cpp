#include "sharing/qr_code.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace tandem {

namespace {
constexpr int usualPx = 232;    // four pixels a module for the usual link: what cameras read
constexpr int quietModules = 4; // what the standard wants around it
constexpr qreal cornerPx = 8;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};
} // namespace

QImage qrModules(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, FreeCode> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
                          reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_M));
    if (!code)
        return {};
    QImage modules(code->width, code->width, QImage::Format_RGB32);
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            modules.setPixel(x, y, code->data[y * code->width + x] & 1 ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
    return modules;
}

QrCode::QrCode(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("The link as a QR code"));
}

void QrCode::setText(const QString& text) {
    m_modules = qrModules(text);
    setToolTip(tr("Scan it with the camera of a phone or tablet."));
    update();
}

QSize QrCode::sizeHint() const {
    return {usualPx, usualPx};
}

void QrCode::paintEvent(QPaintEvent*) {
    if (m_modules.isNull())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(rect(), cornerPx, cornerPx);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const qreal scale = devicePixelRatioF();
    const int pixels = static_cast<int>(std::min(width(), height()) * scale);
    const int module = std::max(1, pixels / (m_modules.width() + 2 * quietModules));
    const qreal side = module * m_modules.width() / scale;
    // On whole pixels as well.
    const auto centered = [scale](qreal room) { return std::floor(room / 2 * scale) / scale; };
    painter.drawImage(QRectF(centered(width() - side), centered(height() - side), side, side), m_modules);
}

} // namespace tandem
