// What the person has set for all programs of this desktop, as org.freedesktop.portal.Settings tells it:
// light or dark, and whether things may move. Told when it is first known and at each change; where there is
// no portal nothing is told. It never waits for the bus. Owned by the Theme; lives on the event-loop thread.
#pragma once

#include "theme/theme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QMap>
#include <QVariantMap>

#include <optional>

class QDBusPendingCallWatcher;

namespace tandem::theme {

class DesktopSettings final : public QObject {
    Q_OBJECT
public:
    DesktopSettings();

signals:
    // Nothing: the person has no preference.
    void schemeTold(std::optional<tandem::theme::Scheme> scheme);
    void motionTold(bool isWanted);

private slots:
    void follow(const QDBusMessage& changed);

private:
    void ask();
    void read(const QDBusPendingCallWatcher& asked);
    void tellScheme();
    void tellMotion();

    QDBusConnection m_bus;
    QDBusServiceWatcher m_portal; // that comes, or comes again
    QMap<QString, QVariantMap> m_settings;
};

} // namespace tandem::theme
