#include "window/single_instance.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>

namespace tandem {

namespace {
constexpr qint64 longestAddress = 8 * 1024;
constexpr int guestTimeoutMs = 5'000;
constexpr unsigned long retryMs = 20;
const QByteArray accepted = QByteArrayLiteral("ok\n");

QString socketOf(const QString& folder) {
    return folder + QStringLiteral("/tandem.socket");
}
} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent), m_folder(folder), m_lock(folder + QStringLiteral("/tandem.lock")) {
    QDir().mkpath(folder);
    m_lock.setStaleLockTime(0); // only when its process is gone
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::take);
}

QString SingleInstance::usualFolder() {
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return runtime.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) : runtime;
}

SingleInstance::Role SingleInstance::claim(const QString& address, std::chrono::milliseconds patience) {
    if (!m_lock.tryLock(0))
        return m_lock.error() == QLockFile::LockFailedError && handOver(address, patience) ? Role::handedOver
                                                                                           : Role::alone;
    // Whoever left the socket behind is gone: the lock was free.
    QLocalServer::removeServer(socketOf(m_folder));
    return m_server.listen(socketOf(m_folder)) ? Role::first : Role::alone;
}

// The first one may be starting itself: it has the lock before it has the socket.
bool SingleInstance::handOver(const QString& address, std::chrono::milliseconds patience) const {
    const QDeadlineTimer deadline(patience);
    const auto left = [&] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    do {
        socket.connectToServer(socketOf(m_folder));
        if (socket.waitForConnected(left()))
            break;
        QThread::msleep(retryMs);
    } while (!deadline.hasExpired());
    if (socket.state() != QLocalSocket::ConnectedState)
        return false;
    socket.write(address.toUtf8() + '\n');
    while (!socket.canReadLine())
        if (!socket.waitForReadyRead(left()))
            return false;
    return socket.readLine() == accepted;
}

void SingleInstance::take() {
    while (QLocalSocket* guest = m_server.nextPendingConnection()) {
        guest->setReadBufferSize(longestAddress);
        connect(guest, &QLocalSocket::disconnected, guest, &QObject::deleteLater);
        QTimer::singleShot(guestTimeoutMs, guest, &QLocalSocket::abort);
        connect(guest, &QLocalSocket::readyRead, this, [this, guest] {
            if (!guest->canReadLine()) {
                if (guest->bytesAvailable() >= longestAddress)
                    guest->abort();
                return;
            }
            const QString address = QString::fromUtf8(guest->readLine()).trimmed();
            guest->write(accepted);
            guest->disconnectFromServer();
            emit addressReceived(address);
        });
    }
}

} // namespace tandem
