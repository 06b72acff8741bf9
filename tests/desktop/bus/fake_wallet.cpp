#include "fake_wallet.h"

namespace tandem {

namespace {
constexpr int noEntry = 0;
constexpr int password = 1;
constexpr int anyHandle = 7;

QString placeOf(const QString& folder, const QString& key) {
    return folder + u'/' + key;
}
} // namespace

FakeWallet::FakeWallet()
    : m_service(QStringLiteral("org.kde.kwalletd5"), [this](QDBusConnection& bus, QObject& owner) {
        bus.registerObject(QStringLiteral("/modules/kwalletd5"), new FakeWalletDaemon(m_state, &owner),
                           QDBusConnection::ExportAllSlots);
    }) {}

QMap<QString, QString> FakeWallet::secrets() {
    const QMutexLocker lock(&m_state.mutex);
    return m_state.secrets;
}

int FakeWalletDaemon::open(const QString&, qlonglong, const QString&) {
    return anyHandle;
}

int FakeWalletDaemon::entryType(int, const QString& folder, const QString& key, const QString&) {
    const QMutexLocker lock(&m_state.mutex);
    return m_state.secrets.contains(placeOf(folder, key)) ? password : noEntry;
}

QString FakeWalletDaemon::readPassword(int, const QString& folder, const QString& key, const QString&) {
    const QMutexLocker lock(&m_state.mutex);
    return m_state.secrets.value(placeOf(folder, key));
}

int FakeWalletDaemon::writePassword(int, const QString& folder, const QString& key, const QString& value,
                                    const QString&) {
    const QMutexLocker lock(&m_state.mutex);
    m_state.secrets.insert(placeOf(folder, key), value);
    return 0;
}

int FakeWalletDaemon::removeEntry(int, const QString& folder, const QString& key, const QString&) {
    const QMutexLocker lock(&m_state.mutex);
    m_state.secrets.remove(placeOf(folder, key));
    return 0;
}

} // namespace tandem
