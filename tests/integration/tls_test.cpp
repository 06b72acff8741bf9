// The server with a certificate of its own: https and wss, and another certificate while it runs.
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QFile>
#include <QSslKey>
#include <QSslSocket>
#include <QWebSocket>

#include <gtest/gtest.h>

#include <csignal>

namespace tandem {

namespace {

struct Pair {
    QString certificate;
    QString key;
};

class TlsTest : public testing::Test {
protected:
    // Signed by itself, for 127.0.0.1.
    Pair makePair(const QString& name, const QStringList& kind) const {
        const Pair pair{m_folder.filePath(name + QStringLiteral(".pem")),
                        m_folder.filePath(name + QStringLiteral(".key"))};
        QProcess openssl;
        openssl.start(QStringLiteral("openssl"),
                      QStringList{QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-nodes"),
                                  QStringLiteral("-days"), QStringLiteral("2"), QStringLiteral("-subj"),
                                  QStringLiteral("/CN=") + name, QStringLiteral("-addext"),
                                  QStringLiteral("subjectAltName=IP:127.0.0.1"), QStringLiteral("-keyout"),
                                  pair.key, QStringLiteral("-out"), pair.certificate} +
                          kind);
        EXPECT_TRUE(openssl.waitForFinished() && openssl.exitCode() == 0)
            << openssl.readAllStandardError().toStdString();
        return pair;
    }
    Pair rsa(const QString& name) const {
        return makePair(name, {QStringLiteral("-newkey"), QStringLiteral("rsa:2048")});
    }
    Pair elliptic(const QString& name) const {
        return makePair(name, {QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
                               QStringLiteral("ec_paramgen_curve:P-256")});
    }
    static QStringList settings(const Pair& pair) {
        return {QStringLiteral("--tls-cert"), pair.certificate, QStringLiteral("--tls-key"), pair.key};
    }
    static QSslConfiguration trusting(const Pair& pair) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(pair.certificate));
        return configuration;
    }
    // What a client that trusts only this certificate is answered; empty: it does not connect.
    static QByteArray get(const ServerProcess& server, const Pair& trusted, const QByteArray& path) {
        QSslSocket socket;
        socket.setSslConfiguration(trusting(trusted));
        QByteArray received;
        bool ended = false;
        QObject::connect(&socket, &QSslSocket::encrypted, &socket, [&] {
            socket.write("GET " + path + " HTTP/1.1\r\nHost: " + server.url().authority().toUtf8() +
                         "\r\nConnection: close\r\n\r\n");
        });
        QObject::connect(&socket, &QSslSocket::readyRead, &socket, [&] { received += socket.readAll(); });
        QObject::connect(&socket, &QSslSocket::disconnected, &socket, [&] { ended = true; });
        QObject::connect(&socket, &QSslSocket::errorOccurred, &socket, [&] { ended = true; });
        socket.connectToHostEncrypted(server.url().host(), static_cast<quint16>(server.url().port()));
        waitUntil([&] { return ended; });
        return received;
    }
    static void replace(const QString& file, const QString& by) {
        QFile::remove(file);
        ASSERT_TRUE(QFile::copy(by, file));
    }

    QTemporaryDir m_folder;
};

} // namespace

TEST_F(TlsTest, WhetherItIsReadyIsAskedOverTlsWhateverTheCertificatesName) {
    const Pair pair = elliptic(QStringLiteral("elsewhere"));
    ServerProcess server(settings(pair));
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const QStringList port{QStringLiteral("--port"), QString::number(server.url().port())};
    ServerProcess question(settings(pair) + port);
    EXPECT_EQ(question.runToEnd({QStringLiteral("ready")}), 0) << question.output().toStdString();
    ServerProcess plain(port);
    EXPECT_EQ(plain.runToEnd({QStringLiteral("ready")}), 1) << plain.output().toStdString();
}

TEST_F(TlsTest, HttpsAndWssWorkAndPlainHttpDoesNot) {
    for (const Pair& pair : {rsa(QStringLiteral("rsa")), elliptic(QStringLiteral("ec"))}) {
        ServerProcess server(settings(pair));
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        EXPECT_EQ(server.url().scheme(), QStringLiteral("https"));
        EXPECT_TRUE(get(server, pair, "/readyz").contains("{\"status\":\"ready\"}"));

        QWebSocket socket;
        socket.setSslConfiguration(trusting(pair));
        bool ended = false;
        QObject::connect(&socket, &QWebSocket::disconnected, &socket, [&] { ended = true; });
        QUrl url = server.websocketUrl(QStringLiteral("nosuchdocument00"));
        url.setScheme(QStringLiteral("wss"));
        socket.open(url);
        EXPECT_TRUE(waitUntil([&] { return ended; }));
        EXPECT_EQ(static_cast<int>(socket.closeCode()), 4404) << socket.errorString().toStdString();

        QTcpSocket plain;
        plain.connectToHost(server.url().host(), static_cast<quint16>(server.url().port()));
        QByteArray received;
        QObject::connect(&plain, &QTcpSocket::connected, &plain,
                         [&] { plain.write("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n"); });
        QObject::connect(&plain, &QTcpSocket::readyRead, &plain, [&] { received += plain.readAll(); });
        EXPECT_TRUE(waitUntil([&] { return plain.state() == QTcpSocket::UnconnectedState; }));
        EXPECT_FALSE(received.contains("HTTP/1.1 200"));
    }
}

TEST_F(TlsTest, AnotherCertificateIsShownOnSighupAndOneThatDoesNotWorkChangesNothing) {
    const Pair used = rsa(QStringLiteral("used"));
    const Pair next = elliptic(QStringLiteral("next"));
    const Pair first = {m_folder.filePath(QStringLiteral("first.pem")), used.key};
    ASSERT_TRUE(QFile::copy(used.certificate, first.certificate));
    ServerProcess server(settings(used));
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const auto reload = [&] { ::kill(static_cast<pid_t>(server.processId()), SIGHUP); };

    // Half of a new pair.
    replace(used.certificate, next.certificate);
    reload();
    spin(300);
    EXPECT_TRUE(get(server, first, "/healthz").contains("200 OK"));
    replace(used.key, next.key);
    reload();
    EXPECT_TRUE(waitUntil([&] { return get(server, next, "/healthz").contains("200 OK"); }));
    EXPECT_TRUE(get(server, first, "/healthz").isEmpty());
    EXPECT_EQ(server.terminate(), 0);
    EXPECT_TRUE(server.output().contains(QStringLiteral("the TLS certificate was not replaced")));
    EXPECT_TRUE(server.output().contains(QStringLiteral("the TLS certificate was replaced")));
}

TEST_F(TlsTest, FilesThatDoNotWorkStopTheStartWithASentence) {
    const Pair one = rsa(QStringLiteral("one"));
    const Pair other = elliptic(QStringLiteral("other"));
    const QString nothing = m_folder.filePath(QStringLiteral("nothing"));
    const QList<QPair<Pair, QString>> cases = {
        {{nothing, one.key}, QStringLiteral("TLS_CERT: ") + nothing + QStringLiteral(" cannot be read.")},
        {{one.certificate, nothing},
         QStringLiteral("TLS_KEY: ") + nothing + QStringLiteral(" cannot be read.")},
        {{one.key, one.key}, QStringLiteral("holds no certificate in PEM.")},
        {{one.certificate, one.certificate}, QStringLiteral("holds no key in PEM")},
        {{one.certificate, other.key},
         QStringLiteral("holds no key in PEM that belongs to the certificate.")},
    };
    for (const auto& [pair, words] : cases) {
        ServerProcess server(settings(pair));
        EXPECT_EQ(server.runToEnd(), 1);
        EXPECT_TRUE(server.output().contains(words)) << server.output().toStdString();
    }
    ServerProcess half({QStringLiteral("--tls-cert"), one.certificate});
    EXPECT_EQ(half.runToEnd(), 2);
    EXPECT_TRUE(half.output().contains(QStringLiteral("TLS_CERT and TLS_KEY go together")));
}

} // namespace tandem
