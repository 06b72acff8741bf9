// What stands for the desktop's portal of settings, as a process of its own: what asks it must not wait for
// it. Reads lines, "SPACE KEY VALUE" or "serve", and answers each when it is done.
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QMap>
#include <QSocketNotifier>

#include <iostream>

using Settings = QMap<QString, QVariantMap>;
Q_DECLARE_METATYPE(Settings)

namespace {
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
} // namespace

class FakeSettings final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    void obey(const QString& line) {
        QDBusConnection bus = QDBusConnection::sessionBus();
        if (line == QStringLiteral("serve")) {
            bus.registerObject(path, this, QDBusConnection::ExportAllSlots);
            m_serves = bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
            return;
        }
        const QStringList words = line.split(u' ');
        const QString said = words.value(2);
        const bool isTruth = said == QStringLiteral("true") || said == QStringLiteral("false");
        const QVariant value = isTruth ? QVariant(said == QStringLiteral("true")) : QVariant(said.toUInt());
        m_settings[words[0]].insert(words.value(1), value);
        if (!m_serves)
            return;
        bus.send(QDBusMessage::createSignal(path, interface, QStringLiteral("SettingChanged"))
                 << words[0] << words.value(1) << QVariant::fromValue(QDBusVariant(value)));
    }

public slots:
    Settings ReadAll(const QStringList& spaces) const {
        Settings asked;
        for (const QString& space : spaces)
            if (m_settings.contains(space))
                asked.insert(space, m_settings.value(space));
        return asked;
    }

private:
    Settings m_settings;
    bool m_serves = false;
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    qDBusRegisterMetaType<Settings>();
    FakeSettings settings;
    QSocketNotifier input(0, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&settings] {
        std::string line;
        if (!std::getline(std::cin, line))
            return QCoreApplication::quit();
        settings.obey(QString::fromStdString(line));
        std::cout << "done" << std::endl;
    });
    return QCoreApplication::exec();
}

#include "main.moc"
