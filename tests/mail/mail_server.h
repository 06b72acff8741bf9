// A real mail server as a child process, for tests (mail_server.py says what it does). Owned by a test.
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <gtest/gtest.h>

namespace tandem {

class MailServer {
public:
    explicit MailServer(const QStringList& arguments) {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral("/usr/bin/python3"),
                        QStringList{QStringLiteral(TANDEM_MAIL_SERVER)} + arguments);
        const QByteArray line = nextLine();
        EXPECT_TRUE(line.startsWith("port ")) << line.toStdString();
        m_port = line.mid(5).trimmed().toUShort();
    }
    ~MailServer() {
        m_process.kill();
        m_process.waitForFinished();
    }

    std::string place() const { return "127.0.0.1:" + std::to_string(m_port); }
    QJsonObject nextLetter() { return QJsonDocument::fromJson(nextLine()).object(); }
    bool hasGotLetters() { return m_process.waitForReadyRead(0) || m_process.bytesAvailable() > 0; }
    // Whether it has got the bytes of a letter and holds it.
    bool holds() { return nextLine() == "holds\n"; }
    void letGo() {
        m_process.write("\n");
        m_process.waitForBytesWritten();
    }

private:
    QByteArray nextLine() {
        while (!m_process.canReadLine() && m_process.waitForReadyRead()) {
        }
        return m_process.readLine();
    }

    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace tandem
