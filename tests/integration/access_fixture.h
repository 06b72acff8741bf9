// A server that documents open on with their share links only, and how tests get in.
#pragma once

#include "integration/json_socket.h"
#include "integration/rest_fixture.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>

namespace tandem {

inline const QByteArray adminToken = "the-admin-of-this-test";

class AccessTest : public RestFixture {
protected:
    explicit AccessTest(const QStringList& more = {})
        : RestFixture(QStringList{"--access", "links", "--admin-token", adminToken} + more) {}

    struct Document {
        QByteArray path;
        QByteArray owner; // secrets
    };

    static HttpClient::Headers as(const QByteArray& secret) {
        return {{"Authorization", "Bearer " + secret}};
    }
    Document makeDocument(const QByteArray& text = "one") const {
        const HttpReply reply = send("POST", "/v1/docs", R"({"title":"Notes","text":")" + text + R"("})");
        EXPECT_EQ(reply.status, 201) << reply.body.toStdString();
        return {"/v1/docs/" + reply.json()["id"].toString().toUtf8(),
                reply.json()["link"].toObject()["secret"].toString().toUtf8()};
    }
    // A link as it is told once.
    QJsonObject makeLink(const Document& document, const QByteArray& body) const {
        const HttpReply reply = send("POST", document.path + "/links", body, as(document.owner));
        EXPECT_EQ(reply.status, 201) << reply.body.toStdString();
        return reply.json();
    }
    QByteArray secretFor(const Document& document, const QByteArray& role) const {
        return makeLink(document, R"({"role":")" + role + R"("})")["secret"].toString().toUtf8();
    }
    QString textOf(const Document& document) const {
        return get(document.path, as(document.owner)).json()["text"].toString();
    }
    QUrl socketUrl(const Document& document) const { return m_server.websocketUrl(idOf(document.path)); }
    static QJsonObject plainHello(const QByteArray& secret) {
        return {{"type", "hello"}, {"name", "Ana"}, {"token", QString::fromUtf8(secret)}};
    }
    static QJsonObject hello(const QByteArray& secret) {
        QJsonObject message{{"type", "hello"},
                            {"name", "Ana"},
                            {"color", 1},
                            {"replicas", QJsonArray()},
                            {"client", "test/1"}};
        if (!secret.isEmpty())
            message["token"] = QString::fromUtf8(secret);
        return message;
    }
    static QJsonObject insert(const QString& id, const QString& text) {
        return {{"type", "edit.insert"}, {"id", id}, {"index", 0}, {"text", text}};
    }
    // The snapshot that a plain client gets.
    QJsonObject join(JsonSocket& socket, const Document& document, const QByteArray& secret) const {
        EXPECT_TRUE(socket.open(socketUrl(document), JsonSocket::Kind::plain));
        socket.send(plainHello(secret));
        return socket.next("snapshot");
    }
    // How a connection ends that begins like this.
    int closeCodeAfter(const Document& document, JsonSocket::Kind kind, const QJsonObject& first) const {
        JsonSocket socket;
        EXPECT_TRUE(socket.open(socketUrl(document), kind));
        socket.send(first);
        return socket.waitForClose();
    }
    bool databaseHolds(const QByteArray& bytes) const {
        const QDir folder(m_server.dataFolder());
        for (const QString& name : folder.entryList(QDir::Files)) {
            QFile file(folder.filePath(name));
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            if (file.readAll().contains(bytes))
                return true;
        }
        return false;
    }
};

} // namespace tandem
