// The start page on a real server, and beside servers that are none.
#include "documents/start_page.h"

#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "test_settings.h"

#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <gtest/gtest.h>

namespace tandem {

namespace {

// Answers each request with what stands in `answer`; `openapi` with the description.
class OneAnswerServer {
public:
    OneAnswerServer() {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, [this] {
            QTcpSocket* socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, [this, socket] {
                const QByteArray asked = socket->readAll();
                const QByteArray body = asked.startsWith("GET /openapi.json") ? openapi : answer;
                const QByteArray line = asked.startsWith("GET /openapi.json") ? "200 OK" : status;
                socket->write("HTTP/1.1 " + line + "\r\nContent-Type: " + type +
                              "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size()) +
                              "\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }

    QByteArray status = "200 OK";
    QByteArray type = "application/problem+json";
    QByteArray answer = R"({"documents": [], "next": null})";
    QByteArray openapi = R"({"info": {"version": "1"}})";

private:
    QTcpServer m_server;
};

class StartPageTest : public testing::Test, protected TestSettings {
protected:
    void SetUp() override { preferences.removeServer(preferences.servers().front()); }

    void show(const std::optional<QUrl>& place = {}) {
        if (place)
            preferences.addServer(*place);
        page = std::make_unique<StartPage>(library);
        QObject::connect(page.get(), &StartPage::chosen, page.get(),
                         [this](const DocumentUrl& document) { chosen.append(document); });
        page->resize(900, 600);
        page->show();
        page->showPlace(place ? StartPage::Place{StartPage::Place::Kind::server, *place}
                              : StartPage::Place{});
        page->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(page.get()));
    }

    void startServer() {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        id = HttpClient(server.url()).createDocument("Shopping list", "milk");
        ASSERT_FALSE(HttpClient(server.url()).createDocument("Minutes of May").isEmpty());
    }

    QString said() {
        for (const QLabel* label : page->findChildren<QLabel*>())
            if (label->isVisible() && label->wordWrap())
                return label->text();
        return {};
    }
    bool says(const QString& words) {
        return waitUntil([&] { return said().contains(words); }, 20'000);
    }
    QStringList titles() {
        QStringList titles;
        for (const DocumentList::Row& row : list()->rows())
            titles.append(row.title);
        return titles;
    }
    bool lists(const QStringList& expected) {
        return waitUntil([&] { return titles() == expected; }, 20'000);
    }
    void answerQuestion(const QString& text) {
        auto* dialog = page->findChild<QInputDialog*>();
        ASSERT_TRUE(dialog);
        dialog->setTextValue(text);
        dialog->accept();
    }

    DocumentList* list() { return page->findChild<DocumentList*>(); }
    QLineEdit* field() { return page->findChild<QLineEdit*>("finding"); }
    QListWidget* places() { return page->findChild<QListWidget*>("places"); }
    QAction* action(const QString& wanted) {
        for (const Command& command : page->commands())
            if (command.id == wanted)
                return command.action;
        return nullptr;
    }

    ServerProcess server;
    QString id;
    Library library{preferences, secrets};
    std::unique_ptr<StartPage> page;
    QList<DocumentUrl> chosen;
};

const QString someId = QStringLiteral("abcdefghijklmnopqrstuv");
const QString secret = QStringLiteral("SECRETsecretSECRETsecretSECRETse");

} // namespace

TEST_F(StartPageTest, APastedLinkIsOpenedWithItsSecret) {
    show();
    field()->setText("  https://example.org/ui/plain?doc=" + someId + "#token=" + secret + " ");
    QTest::keyClick(field(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0].server, QUrl("https://example.org"));
    EXPECT_EQ(chosen[0].token, secret);
    EXPECT_EQ(field()->text(), "");
}

TEST_F(StartPageTest, ABrokenLinkIsAnsweredWithWhatIsWrongWithIt) {
    show();
    const std::pair<QString, QString> wrong[] = {
        {"ftp://example.org/notes", "not the address of a document"},
        {"http://example.org/ui/plain?doc=", "names a server, example.org, but no document"},
        {"http://example.org/ui/plain?doc=short", "cannot be the name of a document"}};
    for (const auto& [typed, answer] : wrong) {
        field()->setText(typed);
        QTest::keyClick(field(), Qt::Key_Return);
        EXPECT_TRUE(said().contains(answer)) << said().toStdString();
    }
    EXPECT_TRUE(chosen.isEmpty());
}

TEST_F(StartPageTest, TheServersDocumentsAreListedFoundAndOpenedByKeyboard) {
    startServer();
    show(server.url());
    ASSERT_TRUE(lists({"Minutes of May", "Shopping list"}));
    QTest::keyClicks(field(), "SHOP");
    ASSERT_TRUE(lists({"Shopping list"}));
    QTest::keyClick(field(), Qt::Key_Down);
    EXPECT_TRUE(list()->hasFocus());
    QTest::keyClick(list(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen[0].id, id);
    QTest::keyClick(list(), Qt::Key_Up);
    EXPECT_TRUE(field()->hasFocus());
}

TEST_F(StartPageTest, ANewDocumentIsMadeOnTheShownServerAndOpened) {
    startServer();
    show(server.url());
    ASSERT_TRUE(lists({"Minutes of May", "Shopping list"}));
    page->createDocument();
    answerQuestion("  Plan \n of the day ");
    ASSERT_TRUE(waitUntil([&] { return !chosen.isEmpty(); }));
    EXPECT_EQ(HttpClient(server.url()).get("/v1/docs/" + chosen[0].id.toUtf8()).json()["title"],
              "Plan of the day");
    EXPECT_EQ(library.recent().front().title, "Plan of the day");
}

TEST_F(StartPageTest, ADocumentIsRenamedBinnedAndRestored) {
    startServer();
    show(server.url());
    ASSERT_TRUE(lists({"Minutes of May", "Shopping list"}));
    list()->setCurrentIndex(list()->model()->index(1, 0));
    action("document.rename")->trigger();
    answerQuestion("Groceries");
    ASSERT_TRUE(waitUntil([&] { return titles().contains("Groceries"); }));

    action("document.bin")->trigger();
    ASSERT_TRUE(lists({"Minutes of May"}));
    EXPECT_TRUE(says("“Groceries” is in the bin"));
    EXPECT_FALSE(action("document.restore")->isEnabled());
    EXPECT_FALSE(reasonOff(action("document.restore")).isEmpty());

    page->findChild<QToolButton*>()->setChecked(true);
    ASSERT_TRUE(lists({"Groceries"}));
    EXPECT_FALSE(action("document.bin")->isEnabled());
    action("document.restore")->trigger();
    ASSERT_TRUE(lists({}));
    page->findChild<QToolButton*>()->setChecked(false);
    ASSERT_TRUE(waitUntil([&] { return titles().contains("Groceries"); }));
}

TEST_F(StartPageTest, WhatWasJustBinnedIsRestoredByALink) {
    startServer();
    show(server.url());
    ASSERT_TRUE(lists({"Minutes of May", "Shopping list"}));
    action("document.bin")->trigger();
    ASSERT_TRUE(lists({"Shopping list"}));
    for (QLabel* label : page->findChildren<QLabel*>())
        if (label->wordWrap())
            emit label->linkActivated("restore");
    EXPECT_TRUE(waitUntil([&] { return titles().size() == 2; }));
}

TEST_F(StartPageTest, RecentDocumentsStandThereLastOneFirstAndCanBeLeftOut) {
    library.noteOpened({QUrl("http://one.example"), someId}, "First");
    library.noteOpened({QUrl("http://two.example"), someId}, "Second");
    show();
    EXPECT_EQ(titles(), QStringList({"Second", "First"}));
    field()->setText("fst");
    EXPECT_EQ(titles(), QStringList({"First"}));
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(chosen.value(0).server, QUrl("http://one.example"));
    action("recent.forget")->trigger();
    field()->clear();
    EXPECT_EQ(titles(), QStringList({"Second"}));
}

TEST_F(StartPageTest, ServersAreAddedAndRemovedAndRemembered) {
    OneAnswerServer other;
    show();
    field()->setText(other.url().toString());
    QTest::keyClick(field(), Qt::Key_Return);
    EXPECT_EQ(page->shownPlace().server, other.url());
    EXPECT_EQ(Preferences(folder.filePath("settings.ini")).servers(), QList<QUrl>({other.url()}));
    action("server.remove")->trigger();
    EXPECT_EQ(places()->count(), 1);
    EXPECT_EQ(page->shownPlace(), StartPage::Place{});
    action("server.add")->trigger();
    answerQuestion("not a server");
    EXPECT_TRUE(says("is not the address of a server"));
}

TEST_F(StartPageTest, AServerThatIsNotThereIsNamed) {
    show(QUrl("http://127.0.0.1:9"));
    EXPECT_TRUE(says("Nothing answers at 127.0.0.1:9"));
}

TEST_F(StartPageTest, SomethingElseThanATandemServerIsSaidToBeSo) {
    OneAnswerServer other;
    other.type = "text/html";
    other.answer = "<b>hello</b>";
    show(other.url());
    EXPECT_TRUE(says("does not answer like a Tandem server"));
}

TEST_F(StartPageTest, ANewerServerAndAnOlderOneAreToldApart) {
    OneAnswerServer other;
    other.status = "404 Not Found";
    other.answer = R"({"title": "Not Found", "status": 404})";
    other.openapi = R"({"info": {"version": "2"}})";
    show(other.url());
    EXPECT_TRUE(says("runs a newer Tandem than this program"));
    other.openapi = "{}";
    action("start.refresh")->trigger();
    EXPECT_TRUE(says("runs an older Tandem than this program"));
}

TEST_F(StartPageTest, ARefusalIsToldInTheServersWordsAndNeverAsMarkup) {
    OneAnswerServer other;
    other.status = "503 Service Unavailable";
    other.answer =
        R"({"title": "Unavailable", "status": 503, "detail": "The <b>database</b> does not answer."})";
    show(other.url());
    EXPECT_TRUE(says("The &lt;b&gt;database&lt;/b&gt; does not answer."));
}

TEST_F(StartPageTest, AServerWithLinksOnlySaysSo) {
    ServerProcess closed({"--access", "links"});
    ASSERT_TRUE(closed.start()) << closed.output().toStdString();
    show(closed.url());
    EXPECT_TRUE(says("documents there open with their links only"));
}

TEST_F(StartPageTest, ACertificateThatIsNotTrustedIsSaidToBeSo) {
    QProcess openssl;
    openssl.start("openssl", {"req", "-x509", "-nodes", "-days", "2", "-newkey", "rsa:2048", "-subj",
                              "/CN=self", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                              folder.filePath("key.pem"), "-out", folder.filePath("cert.pem")});
    ASSERT_TRUE(openssl.waitForFinished() && openssl.exitCode() == 0);
    ServerProcess secure(
        {"--tls-cert", folder.filePath("cert.pem"), "--tls-key", folder.filePath("key.pem")});
    ASSERT_TRUE(secure.start()) << secure.output().toStdString();
    QUrl url = secure.url();
    url.setScheme("https");
    show(url);
    EXPECT_TRUE(says("The certificate of 127.0.0.1"));
}

TEST_F(StartPageTest, AnswersThatComeWhenThePageIsGoneDoNoHarm) {
    startServer();
    show(server.url());
    page->createDocument();
    answerQuestion("Late");
    page.reset();
    ASSERT_TRUE(waitUntil([&] { return !library.recent().isEmpty(); }));
    EXPECT_EQ(library.recent().front().title, "Late");
}

TEST_F(StartPageTest, ServersMayBeWrittenWithoutAScheme) {
    EXPECT_EQ(DocumentsClient::parseServer(" localhost:8000/"), QUrl("http://localhost:8000"));
    EXPECT_EQ(DocumentsClient::parseServer("https://a.example"), QUrl("https://a.example"));
    EXPECT_EQ(DocumentsClient::parseServer("ftp://a.example"), std::nullopt);
    EXPECT_EQ(DocumentsClient::parseServer(""), std::nullopt);
}

} // namespace tandem
