#include "documents/start_page.h"

#include "settings/preferences.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <gtest/gtest.h>

namespace tandem {

namespace {

// Answers each request with what stands in `answer`, and keeps what it was asked.
class OneAnswerServer {
public:
    OneAnswerServer() {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, [this] {
            QTcpSocket* socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, [this, socket] {
                asked += socket->readAll();
                if (!asked.contains("\r\n\r\n") || (asked.startsWith("POST") && !asked.endsWith('}')))
                    return;
                socket->write("HTTP/1.1 " + status +
                              "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                              "Content-Length: " +
                              QByteArray::number(answer.size()) + "\r\n\r\n" + answer);
                socket->disconnectFromHost();
            });
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_server.serverPort())); }

    QByteArray status = "200 OK";
    QByteArray answer = R"({"documents": [], "next": null})";
    QByteArray asked;

private:
    QTcpServer m_server;
};

class StartPageTest : public testing::Test {
protected:
    void SetUp() override { preferences.setServer(server.url()); }

    void show() {
        page = std::make_unique<StartPage>(preferences);
        QObject::connect(page.get(), &StartPage::chosen, page.get(),
                         [this](const DocumentUrl& document) { chosen = document.link(); });
        page->show();
    }

    bool tells(const QString& words) {
        return QTest::qWaitFor([&] {
            for (const QLabel* label : page->findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(words))
                    return true;
            return false;
        });
    }

    QLineEdit* field(const QString& placeholder) {
        for (QLineEdit* edit : page->findChildren<QLineEdit*>())
            if (edit->placeholderText().startsWith(placeholder))
                return edit;
        return nullptr;
    }

    OneAnswerServer server;
    QTemporaryDir folder;
    Preferences preferences{folder.filePath("settings.ini")};
    std::unique_ptr<StartPage> page;
    QUrl chosen;
};

const QByteArray id = "abcdefghijklmnopqrstuv";

} // namespace

TEST_F(StartPageTest, APastedAddressIsOpened) {
    show();
    field("http")->setText("  http://example.org:8000/ui/plain?doc=" + id + " ");
    QTest::keyClick(field("http"), Qt::Key_Return);
    EXPECT_EQ(chosen, QUrl("http://example.org:8000/ui/?doc=" + id));
}

TEST_F(StartPageTest, AWrongAddressIsAnsweredWithWords) {
    show();
    field("http")->setText("my notes");
    QTest::keyClick(field("http"), Qt::Key_Return);
    EXPECT_TRUE(tells("not the address of a document"));
    EXPECT_TRUE(chosen.isEmpty());
}

TEST_F(StartPageTest, TheServersDocumentsAreListedAndOpened) {
    server.answer = R"({"documents": [{"id": ")" + id + R"(", "title": "Notes", "version": 3,
                    "updated": "2026-01-02T03:04:05.678Z"}, {"id": "../bad", "title": "Bad"}], "next": null})";
    show();
    auto* list = page->findChild<QTreeWidget*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return list->topLevelItemCount() > 0; }));
    EXPECT_EQ(list->topLevelItemCount(), 1);
    EXPECT_EQ(list->topLevelItem(0)->text(0), "Notes");
    list->setCurrentItem(list->topLevelItem(0));
    emit list->itemActivated(list->topLevelItem(0), 0);
    EXPECT_TRUE(chosen.toString().endsWith(id));
}

TEST_F(StartPageTest, ANewDocumentIsCreatedAndOpened) {
    show();
    ASSERT_TRUE(tells("no documents yet"));
    server.asked.clear();
    server.status = "201 Created";
    server.answer = R"({"id": ")" + id + R"(", "title": "Plan"})";
    field("Title")->setText("Plan");
    QTest::keyClick(field("Title"), Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !chosen.isEmpty(); }));
    EXPECT_TRUE(server.asked.startsWith("POST /v1/docs "));
    EXPECT_TRUE(server.asked.endsWith(R"({"title":"Plan"})"));
}

TEST_F(StartPageTest, ARefusalIsToldInTheServersWords) {
    server.status = "503 Service Unavailable";
    server.answer = R"({"title": "Unavailable", "status": 503, "detail": "The database does not answer."})";
    show();
    EXPECT_TRUE(tells("The database does not answer."));
}

TEST_F(StartPageTest, AServerThatIsNotThereIsNamed) {
    preferences.setServer(QUrl("http://127.0.0.1:9"));
    show();
    EXPECT_TRUE(tells("127.0.0.1:9 cannot be reached"));
}

TEST_F(StartPageTest, ServersMayBeWrittenWithoutAScheme) {
    EXPECT_EQ(DocumentsClient::parseServer(" localhost:8000/"), QUrl("http://localhost:8000"));
    EXPECT_EQ(DocumentsClient::parseServer("https://a.example"), QUrl("https://a.example"));
    EXPECT_EQ(DocumentsClient::parseServer("ftp://a.example"), std::nullopt);
    EXPECT_EQ(DocumentsClient::parseServer(""), std::nullopt);
}

} // namespace tandem
