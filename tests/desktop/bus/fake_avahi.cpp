#include "fake_avahi.h"

#include <QDBusArgument>
#include <QDBusServiceWatcher>
#include <QTimer>

namespace tandem {

namespace {
constexpr int uncommitted = 0;
constexpr int registering = 1;
constexpr int established = 2;
constexpr int probingMs = 100;
} // namespace

FakeAvahi::FakeAvahi()
    : m_service(QStringLiteral("org.freedesktop.Avahi"), [this](QDBusConnection& bus, QObject& owner) {
        bus.registerObject(QStringLiteral("/"), new FakeAvahiServer(m_state, bus, &owner),
                           QDBusConnection::ExportAllSlots);
    }) {}

QList<FakeAvahi::Announced> FakeAvahi::announced() {
    const QMutexLocker lock(&m_state.mutex);
    return m_state.committed.values();
}

void FakeAvahi::setTaken(const QString& name) {
    const QMutexLocker lock(&m_state.mutex);
    m_state.taken = name;
}

FakeEntryGroup::FakeEntryGroup(FakeAvahi::State& state, QString path, QObject* parent)
    : QDBusVirtualObject(parent), m_state(state), m_path(std::move(path)) {}

FakeEntryGroup::~FakeEntryGroup() {
    const QMutexLocker lock(&m_state.mutex);
    m_state.committed.remove(m_path);
}

bool FakeEntryGroup::handleMessage(const QDBusMessage& message, const QDBusConnection& bus) {
    if (m_client.isEmpty()) {
        m_client = message.service(); // nobody else is told
        // With who asked for it goes what it told.
        auto* watch =
            new QDBusServiceWatcher(m_client, bus, QDBusServiceWatcher::WatchForUnregistration, this);
        connect(watch, &QDBusServiceWatcher::serviceUnregistered, this, &QObject::deleteLater);
    }
    bus.send(answer(message));
    if (message.member() == QStringLiteral("Commit")) {
        tell(bus, m_groupState = registering);
        // The daemon asks the network first.
        QTimer::singleShot(probingMs, this, [this, bus] { tell(bus, m_groupState = established); });
    }
    if (message.member() == QStringLiteral("Free"))
        deleteLater();
    return true;
}

QDBusMessage FakeEntryGroup::answer(const QDBusMessage& message) {
    const QMutexLocker lock(&m_state.mutex);
    const QString asked = message.member();
    const QVariantList arguments = message.arguments();
    if (asked == QStringLiteral("GetState"))
        return message.createReply(m_groupState);
    if (asked == QStringLiteral("IsEmpty"))
        return message.createReply(m_services.isEmpty());
    if (asked == QStringLiteral("AddService")) {
        const auto texts = arguments.value(8).value<QDBusArgument>();
        texts.beginArray();
        const FakeAvahi::Announced service{arguments.value(3).toString(), arguments.value(4).toString(),
                                           arguments.value(7).toInt(), !texts.atEnd()};
        if (service.name == m_state.taken)
            return message.createErrorReply(QStringLiteral("org.freedesktop.Avahi.CollisionError"),
                                            QStringLiteral("taken"));
        m_services.append(service);
    } else if (asked == QStringLiteral("Commit")) {
        m_state.committed[m_path] = m_services.value(0);
    } else { // Reset, Free
        m_state.committed.remove(m_path);
        m_services.clear();
        m_groupState = uncommitted;
    }
    return message.createReply();
}

void FakeEntryGroup::tell(const QDBusConnection& bus, int state) {
    QDBusMessage told = QDBusMessage::createTargetedSignal(
        m_client, m_path, QStringLiteral("org.freedesktop.Avahi.EntryGroup"), QStringLiteral("StateChanged"));
    told << state << QStringLiteral("org.freedesktop.Avahi.Success");
    bus.send(told);
}

FakeAvahiServer::FakeAvahiServer(FakeAvahi::State& state, QDBusConnection bus, QObject* parent)
    : QObject(parent), m_state(state), m_bus(std::move(bus)) {}

QDBusObjectPath FakeAvahiServer::EntryGroupNew() {
    const QString path = QStringLiteral("/Client0/EntryGroup%1").arg(++m_groups);
    m_bus.registerVirtualObject(path, new FakeEntryGroup(m_state, path, this));
    return QDBusObjectPath(path);
}

} // namespace tandem
