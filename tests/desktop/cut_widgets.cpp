#include "cut_widgets.h"

#include "access/voice.h"
#include "sharing/qr_code.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

namespace tandem {

namespace {
// What nobody is to see, or what is part of something that sees to it.
bool isLeftOut(const QWidget* widget) {
    if (qobject_cast<const Voice*>(widget))
        return true;
    for (const QWidget* whole = widget->parentWidget(); whole; whole = whole->parentWidget())
        if (qobject_cast<const QComboBox*>(whole) || qobject_cast<const QLineEdit*>(whole) ||
            qobject_cast<const QAbstractSpinBox*>(whole))
            return true;
    return widget->objectName().startsWith("qt_");
}

QSize neededBy(const QWidget* widget) {
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return label->text().isEmpty() ? QSize()
               : label->wordWrap()     ? QSize(0, label->heightForWidth(label->width()))
                                       : label->sizeHint();
    const bool isAsLargeAsItSays =
        qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget) ||
        qobject_cast<const QAbstractSpinBox*>(widget) || qobject_cast<const QrCode*>(widget);
    return isAsLargeAsItSays ? widget->sizeHint() : widget->minimumSizeHint();
}

QString described(const QWidget* widget) {
    const QString words = widget->property("text").toString();
    return QString::fromLatin1(widget->metaObject()->className()) + QStringLiteral(" “") + words.left(40) +
           u'”';
}
} // namespace

std::string cutWidgets(const QWidget& window) {
    QStringList cut;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window) || widget->window() != &window || isLeftOut(widget))
            continue;
        const QSize needed = neededBy(widget);
        if (widget->width() < needed.width() || widget->height() < needed.height())
            cut += QStringLiteral("%1 is %2 x %3 and needs %4 x %5")
                       .arg(described(widget))
                       .arg(widget->width())
                       .arg(widget->height())
                       .arg(needed.width())
                       .arg(needed.height());
        const QWidget* parent = widget->parentWidget();
        const bool isScrolled =
            parent->parentWidget() && qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
        if (isScrolled ? widget->width() > parent->width() : !parent->rect().contains(widget->geometry()))
            cut += described(widget) + QStringLiteral(" goes beyond what it is in");
        for (const QObject* each : parent->children()) {
            const auto* other = qobject_cast<const QWidget*>(each);
            if (other && other != widget && !other->isWindow() && other->isVisibleTo(&window) &&
                other->geometry().intersects(widget->geometry()))
                cut += described(widget) + QStringLiteral(" lies upon ") + described(other);
        }
    }
    return cut.join(u'\n').toStdString();
}

} // namespace tandem
