// `tandem-server restore`: everything comes back, into any database, and whoever still holds more than the
// backup brings it back.
#include "integration/backup_fixture.h"
#include "integration/json_socket.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace tandem {
namespace {

class RestoreTest : public BackupFixture, public testing::WithParamInterface<DatabaseKind> {
protected:
    // A document with a packed log, names, links, edits by index and an entry in the audit log, and another
    // one in the bin. Nobody is left in them.
    void makeDocuments(ServedDatabase& source) {
        m_document = source.http().createDocument("Past 🎈", "one\ntwo");
        const QByteArray path = "/v1/docs/" + m_document.toUtf8();
        SystemRandom random;
        for (int i = 0; i < 5; ++i) {
            const QJsonArray edits{QJsonObject{{"index", i}, {"insert", "é" + QString::number(i)}}};
            const QJsonObject body{{"id", QString("e%1").arg(i)}, {"name", "Ann"}, {"edits", edits}};
            ASSERT_EQ(asAdmin(source, "POST", path + "/edits", QJsonDocument(body).toJson()).status, 200);
        }
        OperationsClient typist(random, source.server().websocketUrl(m_document));
        typist.client.start();
        ASSERT_TRUE(waitUntil([&] { return typist.isLive(); }));
        for (int i = 0; i < 4'200; ++i)
            ASSERT_TRUE(
                typist.document.edit(static_cast<std::size_t>(i), 0, std::u32string(1, U'a' + i % 26)).ok());
        typist.client.retryNow();
        ASSERT_TRUE(waitUntil([&] { return typist.document.outbox().empty(); }));
        ASSERT_TRUE(waitUntil([&] {
            if (typist.document.outbox().empty()) {
                EXPECT_TRUE(typist.document.edit(0, 1, U"x").ok());
            }
            spin(30);
            return typist.document.outbox().empty() && source.ask("SELECT COUNT(*) FROM segments") > 0;
        }));
        ASSERT_EQ(asAdmin(source, "POST", path + "/versions", R"({"label":"half","version":2000})").status,
                  201);
        const HttpReply link = asAdmin(source, "POST", path + "/links", R"({"role":"viewer","label":"Bob"})");
        ASSERT_EQ(link.status, 201) << link.body.toStdString();
        m_secret = link.json()["secret"].toString().toUtf8();
        m_inBin = source.http().createDocument("Thrown away", "in the bin");
        ASSERT_EQ(asAdmin(source, "DELETE", "/v1/docs/" + m_inBin.toUtf8()).status, 204);
    }
    // All that a backup of it says, but for what a restore makes anew.
    BackedUpRows withoutEpochs(ServedDatabase& database, const QString& name) {
        EXPECT_EQ(database.command().runToEnd({"backup", path(name)}), 0)
            << database.command().output().toStdString();
        BackedUpRows rows = rowsOf(path(name));
        for (BackupRow& row : rows["documents"])
            m_epochs.insert(std::get<std::string>(std::exchange(row[2], {})));
        return rows;
    }

    QString m_document;
    QString m_inBin;
    QByteArray m_secret;
    std::set<std::string> m_epochs;
};

DatabaseKind theOther(DatabaseKind kind) {
    return kind == DatabaseKind::sqlite ? DatabaseKind::mariadb : DatabaseKind::sqlite;
}

} // namespace

TEST_P(RestoreTest, EverythingComesBackInADatabaseOfEitherKind) {
    ServedDatabase source(GetParam());
    ASSERT_NO_FATAL_FAILURE(source.start());
    ASSERT_NO_FATAL_FAILURE(makeDocuments(source));
    const QByteArray path = "/v1/docs/" + m_document.toUtf8();
    const BackedUpRows rows = withoutEpochs(source, "backup");
    for (const BackupTable& table : backupTables())
        EXPECT_FALSE(rows.at(table.name).empty()) << table.name << " is not tested";
    EXPECT_EQ(m_epochs.size(), 2u);

    for (const DatabaseKind kind : {GetParam(), theOther(GetParam())}) {
        SCOPED_TRACE(static_cast<int>(kind));
        ServedDatabase restored(kind);
        ASSERT_NO_FATAL_FAILURE(restored.run({"restore", BackupFixture::path("backup")}));
        ASSERT_NO_FATAL_FAILURE(restored.run({"verify"}));
        m_epochs.clear();
        BackedUpRows back = withoutEpochs(restored, "again");
        const BackupRow entry = back["audit"].back();
        EXPECT_EQ(std::get<std::string>(entry[3]), "database restored");
        EXPECT_TRUE(std::get<std::string>(entry[5]).starts_with("2 documents from a backup of 20"));
        back["audit"].pop_back();
        EXPECT_TRUE(back == rows);
        EXPECT_EQ(m_epochs.size(), 2u);

        ASSERT_NO_FATAL_FAILURE(restored.start());
        const int head = source.http().get(path).json()["version"].toInt();
        EXPECT_NE(restored.http().get(path).json()["epoch"], source.http().get(path).json()["epoch"]);
        for (const int version : {0, 1, 5, 6, 2'000, 4'095, 4'096, 4'097, head})
            EXPECT_EQ(textAt(restored, m_document, version), textAt(source, m_document, version)) << version;
        for (const char* what : {"/authors", "/history", "/versions", "/changes?from=4000", "/links"})
            EXPECT_EQ(asAdmin(restored, "GET", path + what).json(),
                      asAdmin(source, "GET", path + what).json())
                << what;
        // What is in the bin comes out of it, and links open what they opened.
        EXPECT_EQ(asAdmin(restored, "POST", "/v1/docs/" + m_inBin.toUtf8() + "/restore").status, 200);
        EXPECT_EQ(restored.http().textOf(m_inBin), "in the bin");
        ASSERT_NO_FATAL_FAILURE(restored.stop());
        ServerProcess closed(restored.arguments() + QStringList{"--access", "links"});
        ASSERT_TRUE(closed.start()) << closed.output().toStdString();
        HttpClient http(closed.url());
        EXPECT_EQ(http.get(path, {{"Authorization", "Bearer " + m_secret}}).status, 200);
        EXPECT_EQ(http.get(path, {{"Authorization", "Bearer " + m_secret + "x"}}).status, 403);
    }
}

TEST_P(RestoreTest, AnEditThatTheBackupHasIsNotTakenAgainAndOneThatItLacksIs) {
    ServedDatabase database(GetParam());
    ASSERT_NO_FATAL_FAILURE(database.start());
    m_document = database.http().createDocument("Edited");
    const QByteArray path = "/v1/docs/" + m_document.toUtf8();
    const auto edit = [&](const QByteArray& id, const QByteArray& name) {
        return database.http().post(path + "/edits", QByteArray(R"({"id":")" + id + R"(","name":")" + name +
                                                                R"(","edits":[{"index":0,"insert":"x"}]})"));
    };
    ASSERT_EQ(edit("kept", "Ana").status, 200);
    const HttpReply second = edit("kept", "Ben"); // an id is its author's own
    ASSERT_EQ(second.status, 200);
    ASSERT_NO_FATAL_FAILURE(database.run({"backup", BackupFixture::path("backup")}));
    ASSERT_EQ(edit("lost", "Ana").status, 200);
    EXPECT_EQ(database.http().textOf(m_document), "xxx");
    ASSERT_NO_FATAL_FAILURE(database.stop());
    ASSERT_NO_FATAL_FAILURE(database.run({"restore", BackupFixture::path("backup"), "replace"}));
    ASSERT_NO_FATAL_FAILURE(database.start());
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(edit("kept", "Ben").json(), second.json());
        EXPECT_EQ(edit("kept", "Ana").status, 200);
        EXPECT_EQ(database.http().textOf(m_document), "xx");
    }
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(edit("lost", "Ana").status, 200);
        EXPECT_EQ(database.http().textOf(m_document), "xxx");
    }
}

TEST_P(RestoreTest, WhoStillHoldsMoreThanTheBackupBringsItBack) {
    ServedDatabase database(GetParam());
    ASSERT_NO_FATAL_FAILURE(database.start());
    m_document = database.http().createDocument("Typed");
    TypingCrowd crowd(20'282);
    for (int i = 0; i < 3; ++i)
        crowd.addOperationsClient(database.server().websocketUrl(m_document));
    ASSERT_EQ(crowd.settle(), std::nullopt);
    crowd.typeFor(300);
    ASSERT_EQ(crowd.settle(), std::nullopt);
    database.run({"backup", path("backup")});
    crowd.typeFor(300);
    ASSERT_EQ(crowd.settle(), std::nullopt) << "acked, and not in the backup";
    database.server().kill();
    crowd.typeFor(300);
    ASSERT_NO_FATAL_FAILURE(database.run({"restore", path("backup"), "replace"}));
    ASSERT_NO_FATAL_FAILURE(database.run({"verify"}));
    ASSERT_NO_FATAL_FAILURE(database.start());
    crowd.retryNow();
    const auto unsettled = crowd.settle();
    ASSERT_FALSE(unsettled) << unsettled->toStdString();
    const auto differences = crowd.differences(database.http().textOf(m_document));
    EXPECT_FALSE(differences) << differences->toStdString();
}

TEST_P(RestoreTest, ADatabaseThatIsNotEmptyIsReplacedOnlyWhenThatIsSaid) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.seed();
    source.run({"backup", path("backup")});
    ServedDatabase target(GetParam());
    target.run({"init-db"});
    target.run({"restore", path("backup")});
    target.start();
    const QString mine = target.http().createDocument("Mine", "mine");
    ASSERT_FALSE(mine.isEmpty());
    target.stop();
    EXPECT_EQ(target.command().runToEnd({"restore", path("backup")}), 1);
    EXPECT_TRUE(target.command().output().contains("is not empty: say restore FILE replace"))
        << target.command().output().toStdString();
    EXPECT_EQ(target.command().runToEnd({"restore", path("backup"), "quietly"}), 2);
    EXPECT_EQ(target.ask("SELECT COUNT(*) FROM documents"), 4);
    for (int i = 0; i < 2; ++i) {
        target.run({"restore", path("backup"), "replace"});
        EXPECT_EQ(target.ask("SELECT COUNT(*) FROM documents"), 3);
        EXPECT_EQ(target.ask("SELECT COUNT(*) FROM audit"), 1);
    }
    target.run({"verify"});
    target.start();
    EXPECT_EQ(target.http().get("/v1/docs/" + mine.toUtf8()).status, 404);
    EXPECT_TRUE(target.http().textOf("sample-welcome-0001").startsWith("# Welcome"));
    // The tables are as those that a server makes: what belongs to a document goes with it.
    EXPECT_EQ(asAdmin(target, "DELETE", "/v1/docs/sample-welcome-0001?purge=true").status, 204);
    EXPECT_EQ(target.ask("SELECT COUNT(*) FROM changes"), 2);
}

TEST_P(RestoreTest, WhatIsNoWholeBackupIsRefusedAndNothingIsTouched) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.seed();
    source.run({"backup", path("backup")});
    const QByteArray whole = read(path("backup"));
    QByteArray damaged = whole;
    damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 1);
    ServedDatabase target(GetParam());
    target.seed();
    const std::vector<std::pair<QByteArray, const char*>> wrong{
        {whole.left(whole.size() / 2), "It was cut off"},
        {whole.chopped(1), "It was cut off"},
        {damaged, "It is damaged"},
        {whole + "x", "It is damaged"},
        {{}, "It is no backup of Tandem"},
        {"TANDEM BACKUP 2\n", "does not know"},
    };
    for (const auto& [bytes, words] : wrong) {
        write(path("wrong"), bytes);
        EXPECT_EQ(target.command().runToEnd({"restore", path("wrong"), "replace"}), 1);
        EXPECT_TRUE(target.command().output().contains(words)) << target.command().output().toStdString();
    }
    EXPECT_EQ(target.command().runToEnd({"restore", path("none"), "replace"}), 1);
    EXPECT_EQ(target.command().runToEnd({"restore", m_folder.path(), "replace"}), 1);
    EXPECT_EQ(target.command().runToEnd({"restore"}), 2);
    target.run({"verify"});
    EXPECT_EQ(target.ask("SELECT COUNT(*) FROM audit"), 0);
}

TEST_P(RestoreTest, ARestoreThatIsKilledLeavesTheDatabaseAsItWas) {
    ServedDatabase source(DatabaseKind::sqlite);
    source.start();
    for (int i = 0; i < 60; ++i)
        ASSERT_FALSE(source.http().createDocument("New", QString(100'000, QChar('a' + i % 26))).isEmpty());
    source.run({"backup", path("backup")});
    ServedDatabase target(GetParam());
    target.seed();
    SystemRandom random;
    int killed = 0;
    for (int round = 0; round < 8; ++round) {
        target.command().begin({"restore", path("backup"), "replace"});
        spin(static_cast<int>(random.below(150)));
        killed += target.command().isRunning() ? 1 : 0;
        target.command().kill();
        target.run({"verify"});
        const std::int64_t documents = target.ask("SELECT COUNT(*) FROM documents");
        EXPECT_TRUE(documents == 3 || documents == 60) << documents;
    }
    EXPECT_GT(killed, 0);
    target.run({"restore", path("backup"), "replace"});
    target.run({"verify"});
    EXPECT_TRUE(target.command().output().startsWith("60 documents, "))
        << target.command().output().toStdString();
}

INSTANTIATE_TEST_SUITE_P(Databases, RestoreTest, allDatabaseKinds(), nameOfKind);

using SqliteRestoreTest = BackupFixture;

TEST_F(SqliteRestoreTest, ARunningServerKeepsItsFile) {
    ServedDatabase database(DatabaseKind::sqlite);
    database.seed();
    database.start();
    database.run({"backup", path("backup")});
    EXPECT_EQ(database.command().runToEnd({"restore", path("backup"), "replace"}), 1);
    EXPECT_TRUE(database.command().output().contains("uses the database"));
    EXPECT_EQ(database.http().get("/readyz").status, 200);
}

TEST_F(SqliteRestoreTest, AFileThatCannotBeReadIsReplacedOnlyWhenThatIsSaid) {
    ServedDatabase database(DatabaseKind::sqlite);
    database.seed();
    database.run({"backup", path("backup")});
    const QString file = QString::fromStdString(std::get<SqliteFile>(database.address()).path);
    write(file, QByteArray(10'000, 'x'));
    EXPECT_EQ(database.command().runToEnd({"restore", path("backup")}), 1);
    EXPECT_TRUE(database.command().output().contains("cannot be read (the database is damaged"))
        << database.command().output().toStdString();
    EXPECT_EQ(read(file), QByteArray(10'000, 'x'));
    database.run({"restore", path("backup"), "replace"});
    database.run({"verify"});
}

using MariadbRestoreTest = BackupFixture;

TEST_F(MariadbRestoreTest, RunningServersGoOnWithWhatWasRestored) {
    ServedDatabase database(DatabaseKind::mariadb);
    database.start();
    const QString document = database.http().createDocument("Typed");
    TypingCrowd crowd(20'283);
    for (int i = 0; i < 2; ++i)
        crowd.addOperationsClient(database.server().websocketUrl(document));
    ASSERT_EQ(crowd.settle(), std::nullopt);
    crowd.typeFor(200);
    ASSERT_EQ(crowd.settle(), std::nullopt);
    database.run({"backup", path("backup")});
    const QString later = database.http().createDocument("Later", "later");
    JsonSocket reader;
    ASSERT_TRUE(reader.open(database.server().websocketUrl(later), JsonSocket::Kind::plain));
    ASSERT_FALSE(reader.next("snapshot").isEmpty());
    crowd.typeFor(200);

    database.command().begin({"restore", path("backup"), "replace"});
    do
        crowd.typeFor(20);
    while (database.command().isRunning());
    ASSERT_EQ(database.command().waitForEnd(), 0) << database.command().output().toStdString();
    crowd.typeFor(200);
    EXPECT_EQ(reader.waitForClose(), 4404) << "it is not in the backup";
    crowd.retryNow();
    const auto unsettled = crowd.settle();
    ASSERT_FALSE(unsettled) << unsettled->toStdString();
    const auto differences = crowd.differences(database.http().textOf(document));
    EXPECT_FALSE(differences) << differences->toStdString();
    database.run({"verify"});
}

} // namespace tandem
