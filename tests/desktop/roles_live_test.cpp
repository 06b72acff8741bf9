// A server whose documents open with links: a role that is changed, and a link that is revoked, while the
// document is open.
#include "documents/document_page.h"

#include "documents/status_item.h"
#include "editor/editor_view.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "settings/preferences.h"

#include <QJsonDocument>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class RolesLiveTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        HttpClient rest(server.url());
        const QJsonObject made = rest.post("/v1/docs", QJsonObject{{"title", "Plan"}}).json();
        id = made["id"].toString();
        owner = made["link"]["secret"].toString();
        const HttpReply link = call("POST", "/links", {{"role", "editor"}});
        ASSERT_EQ(link.status, 201) << link.body.toStdString();
        number = link.json()["number"].toInt();
        page = std::make_unique<DocumentPage>(DocumentUrl{server.url(), id, link.json()["secret"].toString()},
                                              preferences);
        page->show();
        page->start();
        ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    }

    HttpReply call(const QByteArray& method, const QByteArray& path, const QJsonObject& body) {
        return HttpClient(server.url())
            .request(method, "/v1/docs/" + id.toUtf8() + path,
                     {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + owner.toUtf8()}},
                     QJsonDocument(body).toJson());
    }
    void giveRole(const QString& role) {
        const HttpReply reply = call("PATCH", "/links/" + QByteArray::number(number), {{"role", role}});
        ASSERT_EQ(reply.status, 200) << reply.body.toStdString();
    }
    QString words() { return page->findChild<StatusItem*>()->words(); }
    bool says(const QString& sentence) {
        for (const QLabel* label : page->findChildren<QLabel*>())
            if (label->text() == sentence)
                return true;
        return false;
    }
    QAction* paste() {
        for (const Command& command : page->commands())
            if (command.id == "edit.paste")
                return command.action;
        return nullptr;
    }

    ServerProcess server{{"--access", "links"}};
    QString id;
    QString owner;
    int number = 0;
    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    std::unique_ptr<DocumentPage> page;
};

} // namespace

TEST_F(RolesLiveTest, WhatTheOwnerChangesIsSaidAndHoldsAtOnce) {
    QTest::keyClicks(&page->editor(), "mine");
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    giveRole("viewer");
    ASSERT_TRUE(waitUntil([this] { return words() == "Up to date, for reading only"; }))
        << words().toStdString();
    EXPECT_TRUE(says("With this link you may only read."));
    EXPECT_FALSE(paste()->isEnabled());
    QTest::keyClicks(&page->editor(), "not taken");
    EXPECT_EQ(page->document().replica().text(), "mine");

    giveRole("editor");
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
    EXPECT_TRUE(says("You may edit this document now."));
    EXPECT_TRUE(paste()->isEnabled());
    QTest::keyClicks(&page->editor(), "!");
    EXPECT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    EXPECT_EQ(page->document().replica().text(), "mine!");
}

TEST_F(RolesLiveTest, ARevokedLinkEndsTheConnectionAndTheTextStaysToRead) {
    QTest::keyClicks(&page->editor(), "mine");
    ASSERT_TRUE(waitUntil([this] { return words() == "Saved"; }));
    ASSERT_EQ(call("DELETE", "/links/" + QByteArray::number(number), {}).status, 204);
    ASSERT_TRUE(waitUntil([this] { return words().startsWith("Disconnected"); })) << words().toStdString();
    EXPECT_TRUE(says("The server does not let you into this document."));
    EXPECT_EQ(page->editor().toPlainText(), "mine");
}

TEST_F(RolesLiveTest, AnotherLinkIsTriedAtOnce) {
    ASSERT_EQ(call("DELETE", "/links/" + QByteArray::number(number), {}).status, 204);
    ASSERT_TRUE(waitUntil([this] { return words().startsWith("Disconnected"); }));
    page->useLink({server.url(), id, owner});
    EXPECT_TRUE(waitUntil([this] { return words() == "Saved"; })) << words().toStdString();
}

} // namespace tandem
