// tandem-cli plays small traces of this test's own against a real server.
#include "base/random.h"
#include "crdt/replica.h"
#include "integration/cli_process.h"
#include "integration/server_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

#include <zlib.h>

namespace tandem {
namespace {

QJsonArray patch(int position, int deleted, const QString& inserted) {
    return {position, deleted, inserted};
}

using Patches = std::initializer_list<QJsonArray>;

QJsonArray together(Patches patches) {
    QJsonArray all;
    for (const QJsonArray& each : patches)
        all.append(each);
    return all;
}

// A transaction of a sequential trace.
QJsonObject edits(Patches patches) {
    return {{"patches", together(patches)}};
}

// A transaction of a concurrent trace.
QJsonObject edits(int agent, const QJsonArray& parents, Patches patches) {
    return {{"agent", agent}, {"parents", parents}, {"patches", together(patches)}};
}

QJsonObject concurrentTrace(int agents, const QString& endContent, const QJsonArray& transactions) {
    return {
        {"kind", "concurrent"}, {"numAgents", agents}, {"endContent", endContent}, {"txns", transactions}};
}

class ReplayTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(m_server.start()) << m_server.output().toStdString(); }

    QString write(const QByteArray& bytes, const QString& name = "trace.json") {
        QFile file(m_server.dataFolder() + '/' + name);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }

    CliResult replayFile(const QString& file, const QStringList& options = {}) {
        return runCli(QStringList{"replay", file, "--server", m_server.url().toString(), "--json"} + options);
    }

    CliResult replay(const QJsonObject& trace, const QStringList& options = {}) {
        return replayFile(write(QJsonDocument(trace).toJson()), options);
    }

    void expectEqual(const CliResult& result, int copies) {
        EXPECT_EQ(result.exitCode, 0) << (result.output + result.errors).toStdString();
        const QJsonObject summary = QJsonDocument::fromJson(result.output).object();
        EXPECT_TRUE(summary["equal"].toBool());
        EXPECT_EQ(summary["copies"].toInt(), copies);
    }

    ServerProcess m_server;
};

TEST_F(ReplayTest, ASequentialTraceEndsAsItSays) {
    const QJsonObject trace{
        {"startContent", "one"},
        {"endContent", "wo \U0001D11E?"},
        {"txns", QJsonArray{edits({patch(3, 0, " two"), patch(0, 2, "")}), edits({patch(0, 3, "")}),
                            edits({patch(2, 0, " \U0001D11E\U0001F600!")}), edits({patch(4, 2, "?")}),
                            edits({}), edits({patch(1, 0, "")})}}};
    expectEqual(replay(trace), 3);
}

TEST_F(ReplayTest, TwoWhoInsertAtOneSpotConvergeInBothIdOrders) {
    const QJsonArray transactions{edits(0, {}, {patch(0, 0, "aa")}), edits(1, {}, {patch(0, 0, "bb")}),
                                  edits(0, {0}, {patch(2, 0, "A")}), edits(1, {1}, {patch(2, 0, "B")})};
    expectEqual(replay(concurrentTrace(2, "aaAbbB", transactions), {"--ids", "ascending"}), 3);
    expectEqual(replay(concurrentTrace(2, "bbBaaA", transactions), {"--ids", "descending"}), 3);
}

TEST_F(ReplayTest, EachAgentEditsExactlyWhatItsParentsMade) {
    // Agents 2 and 3 see one insert each, in opposite orders: no single order of arrival gives both their
    // views.
    const QJsonArray transactions{edits(0, {}, {patch(0, 0, "a")}), edits(1, {}, {patch(0, 0, "\U0001D11E")}),
                                  edits(2, {1}, {patch(1, 0, "c")}), edits(3, {0}, {patch(1, 0, "d")}),
                                  edits(2, {2, 3}, {patch(0, 1, "A"), patch(4, 0, "!")})};
    expectEqual(replay(concurrentTrace(4, "Ad\U0001D11Ec!", transactions)), 5);
}

TEST_F(ReplayTest, TransactionsWithoutEffectAndHugeOnesAreFollowed) {
    const QString huge(100'000, 'x');
    const QJsonArray transactions{
        edits(0, {}, {patch(0, 0, "")}), edits(1, {0}, {patch(0, 0, huge), patch(0, 0, "<")}),
        edits(0, {1}, {patch(1, 99'999, "")}), edits(1, {1}, {}), edits(1, {3, 2}, {patch(2, 0, ">")})};
    expectEqual(replay(concurrentTrace(2, "<x>", transactions)), 3);
}

TEST_F(ReplayTest, LongConcurrentRunsKeepTheTracesOwnConcurrency) {
    // Two type at places of their own and meet now and then. Beside it, what two replicas make of the same.
    SeededRandom random(7);
    Replica replicas[2];
    std::vector<Change> made[2];
    std::size_t applied[2] = {0, 0}; // of the other one's changes
    const auto meet = [&](int agent) {
        const std::vector<Change>& others = made[1 - agent];
        for (; applied[agent] < others.size(); ++applied[agent])
            ASSERT_TRUE(replicas[agent].apply(others[applied[agent]]).ok());
    };
    QJsonArray transactions;
    int last[2] = {-1, -1};
    for (int index = 0; index < 2'000; ++index) {
        const int agent = static_cast<int>(random.below(2));
        QJsonArray parents;
        if (last[agent] >= 0)
            parents.append(last[agent]);
        if (random.below(15) == 0 && last[1 - agent] >= 0) {
            parents.append(last[1 - agent]);
            meet(agent);
        }
        const std::size_t length = replicas[agent].length();
        Splice splice{random.below(length + 1), 0, U"x"};
        splice.inserted[0] = U'a' + static_cast<char32_t>(random.below(26));
        splice.deleted = splice.index < length && random.below(3) == 0 ? 1 : 0;
        auto change = replicas[agent].edit(static_cast<ReplicaId>(agent + 1), std::span(&splice, 1));
        ASSERT_TRUE(change.ok());
        made[agent].push_back(std::move(*change));
        transactions.append(edits(agent, parents,
                                  {patch(static_cast<int>(splice.index), static_cast<int>(splice.deleted),
                                         QString::fromUcs4(splice.inserted.data(), 1))}));
        last[agent] = index;
    }
    meet(0);
    meet(1);
    ASSERT_EQ(replicas[0].text(), replicas[1].text());
    const QString end = QString::fromStdString(replicas[0].text());
    expectEqual(replay(concurrentTrace(2, end, transactions), {"--ids", "ascending"}), 3);
}

TEST_F(ReplayTest, AnotherEndIsADifferenceWithItsPlace) {
    const QJsonObject trace{
        {"startContent", ""}, {"endContent", "abX"}, {"txns", QJsonArray{edits({patch(0, 0, "abc")})}}};
    const CliResult result = replay(trace);
    EXPECT_EQ(result.exitCode, 1);
    const QJsonArray differences = QJsonDocument::fromJson(result.output)["differences"].toArray();
    ASSERT_EQ(differences.size(), 3);
    EXPECT_EQ(differences[0]["index"].toInt(), 2);
    EXPECT_EQ(differences[0]["expected"].toString(), "X");
    EXPECT_EQ(differences[0]["found"].toString(), "c");
}

TEST_F(ReplayTest, GzipIsRead) {
    const QString file = m_server.dataFolder() + "/trace.json.gz";
    const QJsonObject trace{
        {"startContent", ""}, {"endContent", "a"}, {"txns", QJsonArray{edits({patch(0, 0, "a")})}}};
    const QByteArray json = QJsonDocument(trace).toJson();
    const gzFile written = gzopen(QFile::encodeName(file).constData(), "wb");
    ASSERT_NE(written, nullptr);
    ASSERT_EQ(gzwrite(written, json.constData(), static_cast<unsigned>(json.size())), json.size());
    gzclose(written);
    expectEqual(replayFile(file), 3);

    QFile whole(file);
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    const CliResult cut = replayFile(write(whole.readAll().chopped(9), "cut.json.gz"));
    EXPECT_EQ(cut.exitCode, 2);
    EXPECT_TRUE(cut.errors.contains("damaged or cut")) << cut.errors.toStdString();
}

TEST_F(ReplayTest, WhatIsNoTraceIsRefusedWithASentence) {
    const QByteArrayList files{
        "", "[]", "{\"startContent\": \"\", \"endContent\": \"\"}",
        "{\"startContent\": \"\", \"endContent\": 1, \"txns\": []}",
        "{\"startContent\": \"\", \"endContent\": \"\", \"txns\": [1]}",
        "{\"startContent\": \"\", \"endContent\": \"\", \"txns\": [{\"patches\": [[0, 0]]}]}",
        "{\"startContent\": \"\", \"endContent\": \"\", \"txns\": [{\"patches\": [[-1, 0, \"\"]]}]}",
        // Beyond the text.
        "{\"startContent\": \"ab\", \"endContent\": \"\", \"txns\": [{\"patches\": [[1, 2, \"\"]]}]}",
        "{\"kind\": \"other\", \"endContent\": \"\", \"txns\": []}",
        "{\"kind\": \"concurrent\", \"numAgents\": 0, \"endContent\": \"\", \"txns\": []}",
        "{\"kind\": \"concurrent\", \"numAgents\": 1, \"endContent\": \"\", "
        "\"txns\": [{\"agent\": 0, \"parents\": [0], \"patches\": []}]}",
        // Two transactions of one agent at once.
        "{\"kind\": \"concurrent\", \"numAgents\": 1, \"endContent\": \"\", "
        "\"txns\": [{\"agent\": 0, \"parents\": [], \"patches\": []}, "
        "{\"agent\": 0, \"parents\": [], \"patches\": []}]}"};
    for (const QByteArray& bytes : files) {
        const CliResult result = replayFile(write(bytes));
        EXPECT_EQ(result.exitCode, 2) << bytes.toStdString();
        EXPECT_TRUE(result.errors.startsWith("tandem-cli: ")) << result.errors.toStdString();
        EXPECT_TRUE(result.output.isEmpty());
    }
    EXPECT_EQ(replayFile(m_server.dataFolder() + "/none.json").exitCode, 2);
    EXPECT_EQ(replayFile(m_server.dataFolder()).exitCode, 2);
}

TEST_F(ReplayTest, AServerThatIsNotThereIsAFailure) {
    const QJsonObject trace{{"startContent", ""}, {"endContent", ""}, {"txns", QJsonArray{}}};
    m_server.kill();
    const CliResult result = replay(trace);
    EXPECT_EQ(result.exitCode, 1);
    EXPECT_TRUE(result.errors.startsWith("tandem-cli: ")) << result.errors.toStdString();
}

} // namespace
} // namespace tandem
