// A service on the bus, on a thread of its own: whoever asks it may wait for the answer.
#pragma once

#include <QDBusConnection>
#include <QObject>
#include <QThread>

#include <functional>

namespace tandem {

class FakeService {
public:
    // `make` makes the objects, on the thread; they go with the service.
    FakeService(const QString& name, std::function<void(QDBusConnection&, QObject& owner)> make);
    ~FakeService(); // and the name is free again

private:
    QString m_name;
    QThread m_thread;
    QObject* m_owner;
};

} // namespace tandem
