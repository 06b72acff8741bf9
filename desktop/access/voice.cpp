#include "access/voice.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace tandem {

namespace {
QAccessibleInterface* asAlert(const QString& name, QObject* object) {
    return name == QLatin1String(Voice::staticMetaObject.className())
               ? new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::AlertMessage)
               : nullptr;
}
} // namespace

void say(QWidget& where, const QString& sentence) {
    auto* voice = where.findChild<Voice*>(QString(), Qt::FindDirectChildrenOnly);
    if (!voice)
        voice = new Voice(where);
    voice->say(sentence);
}

Voice::Voice(QWidget& where) : QWidget(&where) {
    static const bool isKnown = (QAccessible::installFactory(&asAlert), true);
    Q_UNUSED(isKnown)
    setGeometry(-1, -1, 1, 1);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    show();
}

// Each system listens for another one of these; the alert is none on Linux, where what is shown anew is
// spoken.
void Voice::say(const QString& sentence) {
    setAccessibleName(sentence); // and tells that
    for (const QAccessible::Event kind : {QAccessible::ObjectShow, QAccessible::Alert}) {
        QAccessibleEvent event(this, kind);
        QAccessible::updateAccessibility(&event);
    }
}

} // namespace tandem
