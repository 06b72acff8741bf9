// SIGKILL while someone types, with and without a server: each edit that was older than a moment is on the
// disk, and reaches the server exactly once.
#include "base/clock.h"
#include "base/random.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "qt/document_url.h"

#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/prctl.h>

#include <csignal>
#include <map>

namespace tandem {

namespace {

constexpr std::int64_t keptAfterMs = 200;
constexpr int endMs = 30'000;

class TypingCrashTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        const QString id = HttpClient(server.url()).createDocument("Typed");
        ASSERT_FALSE(id.isEmpty());
        url = {server.url(), id};
    }

    static void launch(QProcess& process, const QStringList& arguments) {
        process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(TANDEM_TYPIST_PROGRAM), arguments);
        ASSERT_TRUE(process.waitForStarted(endMs));
    }

    // Types for some time and dies. What was typed when goes into `typed`.
    void typeAndDie(int ms) {
        QProcess typist;
        launch(typist, {"type", folder.path(), url.link().toString(), QString::number(++sessions * 100'000)});
        ASSERT_TRUE(typist.waitForReadyRead(endMs)); // it types
        spin(ms);
        const std::int64_t killedAtMs = clock.monotonicMs();
        typist.kill();
        ASSERT_TRUE(typist.waitForFinished(endMs));
        for (const QByteArray& line : typist.readAllStandardOutput().split('\n')) {
            const QList<QByteArray> words = line.split(' ');
            if (words.size() == 2)
                typed[words[0].toInt()] = killedAtMs - words[1].toLongLong();
        }
    }

    void bring() {
        QProcess typist;
        launch(typist, {"bring", folder.path(), url.link().toString()});
        ASSERT_TRUE(typist.waitForFinished(endMs));
        ASSERT_EQ(typist.exitCode(), 0);
    }

    void checkText() {
        const QString text = HttpClient(server.url()).textOf(url.id);
        for (const auto& [number, ageMs] : typed) {
            const auto times = text.count(QStringLiteral("[%1]").arg(number));
            if (ageMs > keptAfterMs)
                EXPECT_EQ(times, 1) << number << ", typed " << ageMs << " ms before";
            else
                EXPECT_LE(times, 1) << number;
        }
    }

    ServerProcess server;
    QTemporaryDir folder;
    SystemClock clock;
    DocumentUrl url;
    int sessions = 0; // numbers of another one are others: the last edit may have been made and not printed
    std::map<int, std::int64_t> typed; // number, age in ms when the program was killed
};

} // namespace

TEST_F(TypingCrashTest, AProgramKilledTwentyTimesWhileTypingKeepsEachEditExactlyOnce) {
    const auto seed = static_cast<std::uint64_t>(clock.wallMs());
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    for (int round = 0; round < 20; ++round) {
        const bool isOnline = random.below(2) == 0;
        if (!isOnline)
            server.kill();
        typeAndDie(static_cast<int>(random.below(700)));
        if (!isOnline && random.below(2) == 0)
            continue; // the next one dies offline as well, or brings both
        ASSERT_TRUE(server.isRunning() || server.start()) << server.output().toStdString();
        if (random.below(2) == 0) {
            bring();
            checkText();
        }
    }
    ASSERT_TRUE(server.isRunning() || server.start()) << server.output().toStdString();
    bring();
    EXPECT_GT(typed.size(), 200u);
    checkText();
}

} // namespace tandem
