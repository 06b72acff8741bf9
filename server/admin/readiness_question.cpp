#include "admin/readiness_question.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>

#include <cstdio>

namespace tandem {

namespace {

constexpr int patienceMs = 5'000;

// Who listens on every address listens on the loopback one.
QHostAddress addressOf(const std::string& host) {
    const QHostAddress address(QString::fromStdString(host));
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return QHostAddress(QHostAddress::LocalHost);
    if (address == QHostAddress(QHostAddress::AnyIPv6))
        return QHostAddress(QHostAddress::LocalHostIPv6);
    return address;
}

// The whole answer, or nothing.
QByteArray answerOf(const Config& config) {
    const QDeadlineTimer deadline(patienceMs);
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QSslSocket socket;
    socket.connectToHost(addressOf(config.host).toString(), config.port);
    if (!socket.waitForConnected(left()))
        return {};
    if (config.tls) {
        socket.setPeerVerifyMode(QSslSocket::VerifyNone); // it is for another name than this address
        socket.startClientEncryption();
        if (!socket.waitForEncrypted(left()))
            return {};
    }
    socket.write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead(left())) {
    }
    return socket.readAll();
}

} // namespace

int askWhetherReady(const Config& config) {
    const QByteArray answer = answerOf(config);
    const std::string place = config.host + ", port " + std::to_string(config.port);
    if (!answer.startsWith("HTTP/1.1 ")) {
        std::fprintf(stderr, "tandem-server: No server answers on %s.\n", place.c_str());
        return 1;
    }
    const QByteArray body = answer.mid(answer.indexOf("\r\n\r\n") + 4);
    const bool isReady = answer.startsWith("HTTP/1.1 200 ");
    std::fprintf(isReady ? stdout : stderr, "tandem-server: The server on %s is %s: %s\n", place.c_str(),
                 isReady ? "ready" : "not ready", body.constData());
    return isReady ? 0 : 1;
}

} // namespace tandem
