// The command line against a real server.
#include "integration/cli_process.h"
#include "integration/http_client.h"
#include "integration/json_socket.h"
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QFile>
#include <QProcess>

#include <gtest/gtest.h>

namespace tandem {
namespace {

class CliTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }

    // The address of a new document.
    QString make(const QByteArray& text) {
        const CliResult made = runCli({"new", "--server", m_server.url().toString(), "-"}, text);
        EXPECT_EQ(made.exitCode, 0) << made.errors.toStdString();
        return QString::fromUtf8(made.output).trimmed();
    }

    ServerProcess m_server;
};

TEST_F(CliTest, CatPrintsExactlyWhatNewWasGiven) {
    constexpr char content[] = "\xEF\xBB\xBF"
                               "A\0B \xF0\x9D\x84\x9E \xE2\x80\xA8 end\r\n";
    const QByteArray text(content, sizeof content - 1);
    const CliResult shown = runCli({"cat", make(text)});
    EXPECT_EQ(shown.exitCode, 0);
    EXPECT_EQ(shown.output, text);
}

TEST_F(CliTest, NewTakesTheFilesNameAsTitle) {
    QFile file(m_server.dataFolder() + "/shopping.txt");
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("bread");
    file.close();
    const CliResult made = runCli({"new", "--server", m_server.url().toString(), file.fileName()});
    ASSERT_EQ(made.exitCode, 0) << made.errors.toStdString();
    const QByteArray id = made.output.trimmed().split('=').last();
    const QJsonObject document = HttpClient(m_server.url()).get("/v1/docs/" + id).json();
    EXPECT_EQ(document["title"].toString(), "shopping.txt");
    EXPECT_EQ(document["text"].toString(), "bread");
}

TEST_F(CliTest, WatchPrintsWhoComesAndWhatTheyWrite) {
    const QString address = make("Hello");
    QByteArray printed;
    QProcess watcher;
    QObject::connect(&watcher, &QProcess::readyReadStandardOutput,
                     [&] { printed += watcher.readAllStandardOutput(); });
    watcher.start(QStringLiteral(TANDEM_CLI_PROGRAM), {"watch", address});
    ASSERT_TRUE(
        waitUntil([&] { return printed.contains("joined \"Untitled\": version 1, 5 characters\n"); }));

    JsonSocket other;
    ASSERT_TRUE(other.open(m_server.websocketUrl(address.section('=', -1)), JsonSocket::Kind::plain));
    other.next("snapshot");
    other.send({{"type", "hello"}, {"name", "Ana"}});
    other.next("snapshot");
    other.send({{"type", "edit.insert"}, {"id", "1"}, {"index", 5}, {"text", "\n\"you\""}});
    EXPECT_TRUE(waitUntil([&] { return printed.contains("at 5 insert \"\\n\\\"you\\\"\"\n"); }))
        << printed.toStdString();
    EXPECT_TRUE(printed.contains("Ana is here\n") || printed.contains(" is now Ana\n"))
        << printed.toStdString();
    other.send({{"type", "edit.delete"}, {"id", "2"}, {"index", 0}, {"length", 2}});
    EXPECT_TRUE(waitUntil([&] { return printed.contains("at 0 delete 2\n"); })) << printed.toStdString();
    watcher.kill();
    watcher.waitForFinished();
}

TEST_F(CliTest, WhatCannotBeReachedFailsWithASentence) {
    const CliResult nobody = runCli({"cat", "http://127.0.0.1:1/ui/plain?doc=0123456789abcdef"});
    EXPECT_EQ(nobody.exitCode, 1);
    EXPECT_TRUE(nobody.errors.startsWith("tandem-cli: ")) << nobody.errors.toStdString();
    const CliResult nothing = runCli({"cat", m_server.url().toString() + "/ui/plain?doc=0123456789abcdef"});
    EXPECT_EQ(nothing.exitCode, 1);
    const CliResult watched = runCli({"watch", m_server.url().toString() + "/ui/plain?doc=0123456789abcdef"});
    EXPECT_EQ(watched.exitCode, 1);
    EXPECT_FALSE(watched.errors.isEmpty());
}

TEST_F(CliTest, WrongUsageIsTold) {
    for (const QStringList& arguments :
         {QStringList{}, QStringList{"sing"}, QStringList{"cat"}, QStringList{"cat", "nowhere"},
          QStringList{"new", "--loud"}, QStringList{"new", "/no/such/file"}, QStringList{"new", "a", "b"}}) {
        const CliResult result = runCli(arguments);
        EXPECT_EQ(result.exitCode, 2) << arguments.join(' ').toStdString();
        EXPECT_TRUE(result.errors.startsWith("tandem-cli: ")) << result.errors.toStdString();
    }
}

TEST_F(CliTest, HelpAndVersionArePrinted) {
    EXPECT_TRUE(runCli({"--help"}).output.contains("tandem-cli COMMAND"));
    EXPECT_TRUE(runCli({"--version"}).output.startsWith("tandem-cli "));
    for (const char* command : {"new", "cat", "watch", "replay"}) {
        const CliResult help = runCli({command, "--help"});
        EXPECT_EQ(help.exitCode, 0);
        EXPECT_TRUE(help.output.startsWith(QByteArray("Usage: tandem-cli ") + command))
            << help.output.toStdString();
    }
}

} // namespace
} // namespace tandem
