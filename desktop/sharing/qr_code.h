// An address as a QR code, to be scanned from the screen: dark on a white card in both themes, since many
// cameras read nothing else. Each module is a whole number of the screen's pixels, so it is crisp at any
// scale.
#pragma once

#include <QImage>
#include <QWidget>

namespace tandem {

// One pixel a module, without a margin; null when the text is too long for a code.
QImage qrModules(const QString& text);

class QrCode final : public QWidget {
    Q_OBJECT
public:
    explicit QrCode(QWidget* parent = nullptr);

    void setText(const QString& text);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_modules;
};

} // namespace tandem
