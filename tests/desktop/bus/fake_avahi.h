// What avahi-daemon says on the bus to someone who announces a service.
#pragma once

#include "fake_service.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QMap>
#include <QMutex>

namespace tandem {

class FakeAvahi {
public:
    struct Announced {
        QString name;
        QString type;
        int port = 0;
        bool hasTexts = false;
    };
    struct State {
        QMutex mutex;
        QMap<QString, Announced> committed; // by the path of its group
        QString taken;                      // a name that someone else on the network has
    };

    FakeAvahi();
    QList<Announced> announced();
    void setTaken(const QString& name);

private:
    State m_state;
    FakeService m_service;
};

// --- on the bus

// Asked message by message: QtDBus finds no slot for a list of byte strings.
class FakeEntryGroup final : public QDBusVirtualObject {
public:
    FakeEntryGroup(FakeAvahi::State& state, QString path, QObject* parent);
    ~FakeEntryGroup() override;

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override;

private:
    QDBusMessage answer(const QDBusMessage& message);
    void tell(const QDBusConnection& bus, int state);

    FakeAvahi::State& m_state;
    QString m_path;
    QString m_client;
    QList<FakeAvahi::Announced> m_services;
    int m_groupState = 0;
};

class FakeAvahiServer final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.Server")
public:
    FakeAvahiServer(FakeAvahi::State& state, QDBusConnection bus, QObject* parent);

public slots:
    uint GetAPIVersion() const { return 0x0204; }
    QString GetVersionString() const { return QStringLiteral("avahi 0.8"); }
    int GetState() const { return 2; } // running
    QDBusObjectPath EntryGroupNew();

private:
    FakeAvahi::State& m_state;
    QDBusConnection m_bus;
    int m_groups = 0;
};

} // namespace tandem
