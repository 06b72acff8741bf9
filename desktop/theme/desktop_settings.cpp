#include "theme/desktop_settings.h"

#include <QDBusArgument>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

namespace tandem::theme {

namespace {
const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString settings = QStringLiteral("org.freedesktop.portal.Settings");

const QString appearance = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");
constexpr uint prefersDark = 1;
constexpr uint prefersLight = 2;

// Where desktops say that nothing should move: each has a place of its own.
const QString reducedMotion = QStringLiteral("reduced-motion");
const QString gnome = QStringLiteral("org.gnome.desktop.interface");
const QString gnomeAnimations = QStringLiteral("enable-animations");
const QString kde = QStringLiteral("org.kde.kdeglobals.KDE");
const QString kdeDuration = QStringLiteral("AnimationDurationFactor");
} // namespace

// Signals are taken from whoever sends them: QtDBus would wait for the bus to tell whose the portal's name
// is. And as whole messages: a slot with a QDBusVariant is not connected as long as nobody else has used that
// type.
DesktopSettings::DesktopSettings() : m_bus(QDBusConnection::sessionBus()) {
    if (!m_bus.isConnected())
        return;
    m_bus.connect(QString(), path, settings, QStringLiteral("SettingChanged"), this,
                  SLOT(follow(QDBusMessage)));
    m_portal.setConnection(m_bus);
    m_portal.setWatchMode(QDBusServiceWatcher::WatchForRegistration);
    m_portal.addWatchedService(portal);
    connect(&m_portal, &QDBusServiceWatcher::serviceRegistered, this, &DesktopSettings::ask);
    ask();
}

void DesktopSettings::ask() {
    QDBusMessage question = QDBusMessage::createMethodCall(portal, path, settings, QStringLiteral("ReadAll"));
    question << QStringList{appearance, gnome, kde};
    auto* asked = new QDBusPendingCallWatcher(m_bus.asyncCall(question), this);
    connect(asked, &QDBusPendingCallWatcher::finished, this, [this, asked] {
        read(*asked);
        asked->deleteLater();
    });
}

void DesktopSettings::read(const QDBusPendingCallWatcher& asked) {
    const QVariant answer = asked.reply().arguments().value(0);
    if (asked.isError() || answer.userType() != qMetaTypeId<QDBusArgument>())
        return;
    const auto told = answer.value<QDBusArgument>();
    if (told.currentSignature() != QLatin1String("a{sa{sv}}"))
        return;
    m_settings.clear();
    told >> m_settings;
    tellScheme();
    tellMotion();
}

void DesktopSettings::follow(const QDBusMessage& changed) {
    const QVariantList told = changed.arguments();
    const QString space = told.value(0).toString();
    const QString key = told.value(1).toString();
    if (space != appearance && space != gnome && space != kde)
        return;
    m_settings[space].insert(key, told.value(2).value<QDBusVariant>().variant());
    if (space == appearance && key == colorScheme)
        tellScheme();
    else
        tellMotion();
}

void DesktopSettings::tellScheme() {
    switch (m_settings.value(appearance).value(colorScheme).toUInt()) {
    case prefersDark:
        return emit schemeTold(Scheme::dark);
    case prefersLight:
        return emit schemeTold(Scheme::light);
    default:
        return emit schemeTold(std::nullopt);
    }
}

void DesktopSettings::tellMotion() {
    emit motionTold(m_settings.value(appearance).value(reducedMotion).toUInt() == 0 &&
                    m_settings.value(gnome).value(gnomeAnimations, true).toBool() &&
                    m_settings.value(kde).value(kdeDuration, 1.0).toDouble() > 0);
}

} // namespace tandem::theme
