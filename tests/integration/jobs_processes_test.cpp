// Each type of job in real servers and workers that are killed, stopped and started, on both databases, with
// a real mail server.
#include "integration/backup_fixture.h"
#include "integration/waiting.h"
#include "mail/mail_server.h"
#include "storage/sql/sql_connection.h"

#include <QDir>
#include <QJsonArray>

#include <set>

namespace tandem {

namespace {

constexpr int patienceMs = 120'000;

class JobProcessesTest : public testing::TestWithParam<DatabaseKind> {
protected:
    // All have the folder in common, as workers that follow each other on one machine have.
    std::unique_ptr<ServerProcess> process(const char* role, const MailServer* mail = nullptr,
                                           const QStringList& more = {}) {
        QStringList arguments = m_database.arguments();
        arguments += {QStringLiteral("--data-dir"), m_folder.path(), QStringLiteral("--role"),
                      QString::fromLatin1(role)};
        if (mail)
            arguments += {QStringLiteral("--smtp-url"),
                          QStringLiteral("smtp://") + QString::fromStdString(mail->place()),
                          QStringLiteral("--smtp-from"), QStringLiteral("tandem@example.org")};
        return std::make_unique<ServerProcess>(arguments + more);
    }
    std::unique_ptr<ServerProcess> started(const char* role, const MailServer* mail = nullptr,
                                           const QStringList& more = {}) {
        auto one = process(role, mail, more);
        EXPECT_TRUE(one->start()) << one->output().toStdString();
        return one;
    }
    // The address of a new job.
    static QByteArray enqueue(const ServerProcess& server, const QByteArray& type,
                              const QByteArray& payload) {
        const HttpReply reply =
            HttpClient(server.url())
                .post("/v1/jobs", R"({"type":")" + type + R"(","payload":)" + payload + "}");
        EXPECT_EQ(reply.status, 202) << reply.body.toStdString();
        return reply.header("Location");
    }
    static QByteArray enqueueLetter(const ServerProcess& server) {
        return enqueue(server, "email.notify",
                       R"({"to":"bo@example.com","subject":"Notes","text":"Hello."})");
    }
    static QJsonObject jobAt(const ServerProcess& server, const QByteArray& address) {
        return HttpClient(server.url()).get(address).json();
    }
    static QString stateOf(const ServerProcess& server, const QByteArray& address) {
        return jobAt(server, address)[QStringLiteral("status")].toString();
    }
    static bool comesTo(const ServerProcess& server, const QByteArray& address, const QString& state) {
        return waitUntil([&] { return stateOf(server, address) == state; }, patienceMs);
    }
    static int attemptsOf(const ServerProcess& server, const QByteArray& address) {
        return static_cast<int>(jobAt(server, address)[QStringLiteral("attempts")].toArray().size());
    }

    void execute(const char* statement) {
        auto connection = SqlConnection::open(m_database.address(), SqlPurpose::writing);
        ASSERT_TRUE(connection);
        const auto done = (*connection)->execute(QString::fromLatin1(statement));
        ASSERT_TRUE(done) << done.error().detail;
    }
    // Whatever a worker does, it cannot tell that it is done.
    void forbidCompletion() {
        execute(GetParam() == DatabaseKind::sqlite
                    ? "CREATE TRIGGER held BEFORE UPDATE ON jobs WHEN NEW.state = 'completed' "
                      "BEGIN SELECT RAISE(ABORT, 'held by a test'); END"
                    : "CREATE TRIGGER held BEFORE UPDATE ON jobs FOR EACH ROW BEGIN "
                      "IF NEW.state = 'completed' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'held'; "
                      "END IF; END");
    }
    void allowCompletion() { execute("DROP TRIGGER held"); }

    // One of each type, of one document.
    struct OfEachType {
        QByteArray document;
        QByteArray text;
        QByteArray snapshot, exported, digest, letter, backup;
        int letters = 1; // with that of the digest

        std::vector<QByteArray> all() const { return {snapshot, exported, digest, letter, backup}; }
    };
    static OfEachType enqueueEach(const ServerProcess& server, const QByteArray& digestOptions = {}) {
        OfEachType jobs;
        jobs.letters = digestOptions.isEmpty() ? 1 : 2;
        for (int line = 0; jobs.text.size() < 500'000; ++line)
            jobs.text += "Line " + QByteArray::number(line) + " of *many*.\n";
        jobs.document = HttpClient(server.url())
                            .createDocument(QStringLiteral("Notes"), QString::fromUtf8(jobs.text))
                            .toUtf8();
        const QByteArray document = R"({"doc_id":")" + jobs.document + "\"";
        jobs.snapshot = enqueue(server, "snapshot.create", document + "}");
        jobs.exported = enqueue(server, "doc.export", document + R"(,"format":"pdf"})");
        jobs.digest = enqueue(server, "activity.digest",
                              document + R"(,"since":"2020-01-01T00:00:00Z")" + digestOptions + "}");
        jobs.letter = enqueueLetter(server);
        jobs.backup = enqueue(server, "backup.run", "{}");
        return jobs;
    }
    bool haveBegun(const OfEachType& jobs, const ServerProcess& server) const {
        return waitUntil(
            [&] {
                const auto all = jobs.all();
                return std::all_of(all.begin(), all.end(), [&](const QByteArray& job) {
                    return stateOf(server, job) == QStringLiteral("executing");
                });
            },
            patienceMs);
    }
    QStringList backups(const QString& pattern = QStringLiteral("*.backup")) const {
        return QDir(m_folder.filePath(QStringLiteral("backups"))).entryList({pattern}, QDir::Files);
    }
    void expectRestorable(const QString& name) const {
        ServerProcess other;
        EXPECT_EQ(
            other.runToEnd({QStringLiteral("restore"), m_folder.filePath(QStringLiteral("backups/") + name)}),
            0)
            << other.output().toStdString();
    }
    // The worker was killed while it ran all of them; another one is there now.
    void expectOneEffectOfEach(const OfEachType& jobs, const ServerProcess& server) {
        for (const QByteArray& job : jobs.all()) {
            ASSERT_TRUE(comesTo(server, job, QStringLiteral("completed")))
                << HttpClient(server.url()).get(job).body.toStdString();
            const QJsonArray attempts = jobAt(server, job)[QStringLiteral("attempts")].toArray();
            ASSERT_EQ(attempts.size(), 2);
            EXPECT_TRUE(attempts[0].toObject()[QStringLiteral("error")].toString().contains(
                QStringLiteral("not heard of")));
            EXPECT_TRUE(attempts[1].toObject()[QStringLiteral("error")].isNull());
        }
        HttpClient http(server.url());
        EXPECT_EQ(http.textOf(QString::fromUtf8(jobs.document)).toUtf8(), jobs.text);
        EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM snapshots"), 1);
        const HttpReply file = http.get(jobs.exported + "/result");
        EXPECT_TRUE(file.body.startsWith("%PDF-") && file.body.trimmed().endsWith("%%EOF"));
        EXPECT_EQ(m_database.ask("SELECT COUNT(DISTINCT lease) FROM job_files"), 1);
        const QJsonObject digest = http.get(jobs.digest + "/result").json();
        EXPECT_EQ(digest[QStringLiteral("documents")].toArray().size(), 1);
        EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM jobs WHERE type = 'email.notify'"), jobs.letters);
        EXPECT_TRUE(waitUntil(
            [&] {
                return m_database.ask("SELECT COUNT(*) FROM jobs WHERE type = 'email.notify' AND state = "
                                      "'completed'") == jobs.letters;
            },
            patienceMs));
        ASSERT_EQ(backups().size(), 1);
        EXPECT_TRUE(backups(QStringLiteral("*unchecked*")).isEmpty());
        expectRestorable(backups().front());
    }

    ServedDatabase m_database{GetParam()};
    QTemporaryDir m_folder;
    const QStringList m_manyThreads{QStringLiteral("--job-threads"), QStringLiteral("8")};
};

} // namespace

TEST_P(JobProcessesTest, EachTypeThatIsKilledInTheMiddleHasOneEffect) {
    const auto server = started("api");
    forbidCompletion();
    MailServer mail({QStringLiteral("holds")});
    const OfEachType jobs = enqueueEach(*server);
    auto first = started("worker", &mail, m_manyThreads);
    ASSERT_TRUE(haveBegun(jobs, *server));
    ASSERT_TRUE(mail.holds());
    first->kill();
    allowCompletion();
    const auto second = started("worker", &mail, m_manyThreads);
    expectOneEffectOfEach(jobs, *server);
    // What the mail server had not taken when the worker died was never sent.
    EXPECT_FALSE(mail.nextLetter().isEmpty());
    EXPECT_FALSE(mail.hasGotLetters());
}

TEST_P(JobProcessesTest, EachTypeThatIsKilledBeforeItCanTellHasOneEffect) {
    const auto server = started("api");
    forbidCompletion();
    MailServer mail({QStringLiteral("plain")});
    const OfEachType jobs = enqueueEach(*server, R"(,"email":"ana@example.com")");
    auto first = started("worker", &mail, m_manyThreads);
    ASSERT_TRUE(haveBegun(jobs, *server));
    // Each has done its work: the letter, and that of the digest, are sent.
    std::multiset<QString> letters{mail.nextLetter()[QStringLiteral("id")].toString(),
                                   mail.nextLetter()[QStringLiteral("id")].toString()};
    ASSERT_TRUE(waitUntil([&] { return backups().size() == 1; }, patienceMs));
    ASSERT_TRUE(waitUntil([&] { return m_database.ask("SELECT COUNT(*) FROM snapshots") == 1; }, patienceMs));
    ASSERT_TRUE(waitUntil([&] { return m_database.ask("SELECT COUNT(*) FROM job_files") > 0; }, patienceMs));
    first->kill();
    EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM jobs WHERE state = 'completed'"), 0);
    allowCompletion();
    const auto second = started("worker", &mail, m_manyThreads);
    expectOneEffectOfEach(jobs, *server);
    // A letter that was sent cannot be taken back: it comes again, and says that it is the same.
    for (int again = 0; again < 2; ++again)
        letters.insert(mail.nextLetter()[QStringLiteral("id")].toString());
    EXPECT_EQ(letters.size(), 4u);
    EXPECT_EQ(std::set<QString>(letters.begin(), letters.end()).size(), 2u);
}

TEST_P(JobProcessesTest, AServerThatIsToldToStopFinishesWhatRunsAndBeginsNothing) {
    MailServer mail({QStringLiteral("holds")});
    auto server = started("all", &mail, {QStringLiteral("--job-threads"), QStringLiteral("1")});
    const QByteArray letter = enqueueLetter(*server);
    ASSERT_TRUE(mail.holds());
    const QByteArray backup = enqueue(*server, "backup.run", "{}");
    server->requestStop();
    EXPECT_TRUE(waitUntil([&] { return HttpClient(server->url()).get("/readyz").status == 503; }));
    EXPECT_EQ(stateOf(*server, letter), QStringLiteral("executing"));
    mail.letGo();
    EXPECT_EQ(server->waitForEnd(), 0) << server->output().toStdString();
    EXPECT_TRUE(backups().isEmpty());

    const auto next = started("all", &mail);
    EXPECT_EQ(stateOf(*next, letter), QStringLiteral("completed"));
    EXPECT_EQ(attemptsOf(*next, letter), 1);
    EXPECT_TRUE(comesTo(*next, backup, QStringLiteral("completed")));
    EXPECT_EQ(attemptsOf(*next, backup), 1);
}

TEST_P(JobProcessesTest, WhatTakesTooLongForAStopIsGivenBackAndDoneByAnother) {
    MailServer silent({QStringLiteral("holds")});
    auto server = started("all", &silent);
    const QByteArray letter = enqueueLetter(*server);
    ASSERT_TRUE(silent.holds());
    server->requestStop();
    ASSERT_TRUE(waitUntil([&] { return !server->isRunning(); }, patienceMs));
    EXPECT_EQ(server->waitForEnd(), 0) << server->output().toStdString();

    MailServer mail({QStringLiteral("plain")});
    const auto next = started("all", &mail);
    EXPECT_TRUE(comesTo(*next, letter, QStringLiteral("completed")));
    EXPECT_EQ(attemptsOf(*next, letter), 1); // what was given back was none
    EXPECT_FALSE(mail.nextLetter().isEmpty());
    EXPECT_FALSE(silent.hasGotLetters());
}

TEST_P(JobProcessesTest, BackupsComeByThemselvesOfOneOfTwoAndTheNewestStay) {
    const QStringList often{QStringLiteral("--backup-every"), QStringLiteral("1s"),
                            QStringLiteral("--backup-keep"), QStringLiteral("2")};
    // A file is served by one.
    auto first = started("all", nullptr, often);
    auto second = started(GetParam() == DatabaseKind::sqlite ? "worker" : "all", nullptr, often);
    HttpClient(first->url()).createDocument(QStringLiteral("Notes"), QStringLiteral("text"));
    const auto made = [&] {
        return m_database.ask("SELECT COUNT(*) FROM jobs WHERE type = 'backup.run' AND state = 'completed'");
    };
    ASSERT_TRUE(waitUntil([&] { return made() >= 4; }, 2 * patienceMs));
    EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM leaders"), 1);
    EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM jobs WHERE type = 'backup.run' AND job_key IS NULL"), 0);
    EXPECT_EQ(m_database.ask("SELECT COUNT(*) FROM job_attempts"),
              m_database.ask("SELECT COUNT(*) FROM jobs WHERE attempt > 0"));
    // Whichever of them leads: they go on without the first.
    first->kill();
    const auto before = made();
    EXPECT_TRUE(waitUntil([&] { return made() >= before + 2; }, 2 * patienceMs));
    EXPECT_EQ(second->terminate(), 0) << second->output().toStdString();
    ASSERT_EQ(backups().size(), 2);
    EXPECT_TRUE(backups(QStringLiteral("*unchecked*")).isEmpty());
    for (const QString& name : backups())
        expectRestorable(name);
}

INSTANTIATE_TEST_SUITE_P(All, JobProcessesTest, allDatabaseKinds(), nameOfKind);

} // namespace tandem
