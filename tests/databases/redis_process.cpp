#include "databases/redis_process.h"

#include "databases/suspension.h"

#include <QDeadlineTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <sys/prctl.h>

#include <csignal>

namespace tandem {

namespace {

constexpr int startMs = 20'000;
constexpr int endMs = 10'000;

int freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

RedisProcess::RedisProcess(QStringList arguments) : m_arguments(std::move(arguments)) {
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    // A test program that dies takes it along.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

RedisProcess::~RedisProcess() {
    kill();
}

bool RedisProcess::start() {
    if (m_port == 0)
        m_port = freePort();
    const QStringList arguments{QStringLiteral("--port"),       QString::number(m_port),
                                QStringLiteral("--bind"),       QStringLiteral("127.0.0.1"),
                                QStringLiteral("--save"),       QString(),
                                QStringLiteral("--appendonly"), QStringLiteral("no"),
                                QStringLiteral("--dir"),        m_folder.path()};
    m_process.start(QStringLiteral("redis-server"), arguments + m_arguments);
    const QDeadlineTimer deadline(startMs);
    while (!deadline.hasExpired()) {
        if (m_process.state() == QProcess::NotRunning && !m_process.waitForStarted(1'000))
            return false;
        if (answers())
            return true;
        QThread::msleep(20);
    }
    return false;
}

// An error is an answer as well: it may want a password.
bool RedisProcess::answers() const {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_port));
    if (!socket.waitForConnected(1'000))
        return false;
    socket.write("PING\r\n");
    return socket.waitForReadyRead(1'000);
}

void RedisProcess::kill() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(endMs);
}

void RedisProcess::suspend() {
    tandem::suspend(m_process);
}

void RedisProcess::resume() {
    tandem::resume(m_process);
}

QString RedisProcess::url(const QString& credentials) const {
    return QStringLiteral("redis://") + credentials + QStringLiteral("127.0.0.1:") + QString::number(m_port);
}

} // namespace tandem
