// A server that is killed while it packs its log has every change exactly once when it comes back.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"
#include "storage/sql/sql_storage.h"

#include <gtest/gtest.h>

namespace tandem {
namespace {

constexpr std::size_t segment = 4'096;
constexpr int rounds = 12;

SqliteFile fileOf(const ServerProcess& server) {
    return {(server.dataFolder() + "/tandem.db").toStdString()};
}

// Reads the whole log of a server that does not run, and expects `text` of it.
void expectLog(const ServerProcess& server, const QString& document, std::size_t count,
               const std::string& text) {
    SystemClock clock;
    auto storage = SqlStorage::open(fileOf(server), clock);
    ASSERT_TRUE(storage) << storage.error().detail;
    std::optional<std::vector<LoggedChange>> log;
    (*storage)->documents().find(document.toStdString(), [&](Result<DocumentInfo> info) {
        ASSERT_TRUE(info) << info.error().detail;
        (*storage)->log().readAfter(info->id, info->epoch, 0, count + 1,
                                    [&](Result<std::vector<LoggedChange>> read) {
                                        ASSERT_TRUE(read) << read.error().detail;
                                        log = *read;
                                    });
    });
    ASSERT_TRUE(waitUntil([&] { return log.has_value(); }));
    ASSERT_EQ(log->size(), count);
    Replica replica;
    for (std::size_t i = 0; i < log->size(); ++i) {
        ASSERT_EQ((*log)[i].seq, i + 1);
        const auto change = decodeChange((*log)[i].bytes);
        ASSERT_TRUE(change.ok());
        const auto effect = replica.apply(*change);
        ASSERT_TRUE(effect.ok() && *effect == Replica::Effect::applied) << i;
    }
    EXPECT_EQ(replica.text(), text);
}

std::size_t segmentCount(const ServerProcess& server) {
    auto connection = SqlConnection::open(fileOf(server), SqlPurpose::reading);
    auto rows = (*connection)->run("SELECT COUNT(*) FROM segments");
    return rows && rows->next() ? static_cast<std::size_t>(rows->integer(0)) : 0;
}

TEST(PackingCrashTest, AServerKilledWhileItPacksHasEveryChangeOnce) {
    ServerProcess server({"--snapshot-interval", "10"});
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const QString document = HttpClient(server.url()).createDocument("Packing");
    ASSERT_FALSE(document.isEmpty());
    SystemRandom random;
    OperationsClient typist(random, server.websocketUrl(document));
    typist.client.start();
    std::size_t typed = 0;
    const auto acked = [&] { return typed - typist.document.outbox().entries().size(); };

    for (int round = 1; round <= rounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        // A segment becomes full in the middle of this.
        const std::size_t full = static_cast<std::size_t>(round) * segment;
        for (; typed < full + segment / 2; ++typed)
            ASSERT_TRUE(typist.document.edit(typed / 2, 0, std::u32string(1, U'a' + typed % 26)).ok());
        typist.client.retryNow();
        ASSERT_TRUE(waitUntil([&] { return acked() >= full; }));
        spin(static_cast<int>(random.bits() % 400));
        server.kill();
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        typist.client.retryNow();
        ASSERT_TRUE(waitUntil([&] { return acked() == typed; }));
        const std::string text = typist.document.replica().text();
        ASSERT_EQ(HttpClient(server.url()).textOf(document).toStdString(), text);
        EXPECT_FALSE(server.output().contains("damaged")) << server.output().toStdString();
        server.kill();
        ASSERT_NO_FATAL_FAILURE(expectLog(server, document, typed, text));
        ASSERT_TRUE(server.start()) << server.output().toStdString();
    }
    // Left alone, it packs all of it, a little with each snapshot.
    EXPECT_TRUE(waitUntil([&] {
        for (int i = 0; i < 10; ++i, ++typed)
            EXPECT_TRUE(typist.document.edit(0, 0, U"x").ok());
        typist.client.retryNow();
        spin(100);
        return segmentCount(server) >= rounds;
    }));
}

} // namespace
} // namespace tandem
