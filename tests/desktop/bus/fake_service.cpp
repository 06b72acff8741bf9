#include "fake_service.h"

#include <gtest/gtest.h>

namespace tandem {

FakeService::FakeService(const QString& name, std::function<void(QDBusConnection&, QObject& owner)> make)
    : m_name(name), m_owner(new QObject) {
    m_owner->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_owner,
        [this, &make] {
            QDBusConnection bus =
                QDBusConnection::connectToBus(qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS"), m_name);
            make(bus, *m_owner);
            EXPECT_TRUE(bus.registerService(m_name));
        },
        Qt::BlockingQueuedConnection);
}

FakeService::~FakeService() {
    QMetaObject::invokeMethod(
        m_owner,
        [this] {
            QDBusConnection(m_name).unregisterService(m_name);
            delete m_owner;
            QDBusConnection::disconnectFromBus(m_name);
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace tandem
