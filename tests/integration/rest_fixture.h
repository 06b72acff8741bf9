// What tests of REST calls share: a server, and short names for the calls.
#pragma once

#include "integration/http_client.h"
#include "integration/server_process.h"

#include <gtest/gtest.h>

namespace tandem {

class RestFixture : public testing::Test {
protected:
    explicit RestFixture(QStringList serverArguments = {}) : m_server(std::move(serverArguments)) {}

    void SetUp() override { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }

    HttpClient client() const { return HttpClient(m_server.url()); }
    HttpReply get(const QByteArray& path, const HttpClient::Headers& headers = {}) const {
        return client().get(path, headers);
    }
    // With a JSON body.
    HttpReply send(const QByteArray& method, const QByteArray& path, const QByteArray& body,
                   HttpClient::Headers headers = {}) const {
        if (!headers.contains("Content-Type"))
            headers["Content-Type"] = "application/json";
        return client().request(method, path, headers, body);
    }
    // Without a body.
    HttpReply remove(const QByteArray& path, const HttpClient::Headers& headers = {}) const {
        return client().request("DELETE", path, headers, {});
    }
    HttpReply restore(const QByteArray& path) const {
        return client().request("POST", path + "/restore", {}, {});
    }
    // The address of a new document.
    QByteArray create(const QString& text, const QString& title = QStringLiteral("Notes")) const {
        return "/v1/docs/" + client().createDocument(title, text).toUtf8();
    }
    QString textAt(const QByteArray& path) const {
        return get(path).json()[QStringLiteral("text")].toString();
    }
    static QString idOf(const QByteArray& path) { return QString::fromUtf8(path.mid(9)); }

    static void expectProblem(const HttpReply& reply, int status) {
        EXPECT_EQ(reply.status, status) << reply.body.toStdString();
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
        const QJsonObject problem = reply.json();
        EXPECT_EQ(problem[QStringLiteral("status")].toInt(), status);
        EXPECT_FALSE(problem[QStringLiteral("title")].toString().isEmpty());
        EXPECT_FALSE(problem[QStringLiteral("detail")].toString().isEmpty());
        EXPECT_TRUE(problem[QStringLiteral("instance")].toString().startsWith(QLatin1Char('/')));
        EXPECT_EQ(problem[QStringLiteral("request_id")].toString().toUtf8(), reply.header("X-Request-Id"));
    }

    ServerProcess m_server;
};

} // namespace tandem
