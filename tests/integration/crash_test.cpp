// A server that is killed while people type loses nothing it has acked, and nothing is there twice.
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/typing_crowd.h"
#include "integration/waiting.h"

#include <gtest/gtest.h>

#include <random>

namespace tandem {
namespace {

constexpr int rounds = 20;

// TANDEM_SEED repeats the choices of an earlier run; what the processes do at the same time is theirs.
std::uint64_t chooseSeed() {
    bool given = false;
    const std::uint64_t seed = qEnvironmentVariable("TANDEM_SEED").toULongLong(&given);
    return given ? seed : std::random_device()();
}

TEST(CrashTest, AKilledServerLosesAndDoublesNothing) {
    const std::uint64_t seed = chooseSeed();
    SCOPED_TRACE("TANDEM_SEED=" + std::to_string(seed));
    SeededRandom random(seed);
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const QString document = HttpClient(server.url()).createDocument("Crashes");
    ASSERT_FALSE(document.isEmpty());

    TypingCrowd crowd(random.bits());
    crowd.addOperationsClient(server.websocketUrl(document));
    crowd.addOperationsClient(server.websocketUrl(document));
    crowd.addPlainClient(server.websocketUrl(document));
    ASSERT_EQ(crowd.settle(), std::nullopt);

    for (int round = 0; round < rounds; ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        crowd.typeFor(static_cast<int>(30 + random.below(300)));
        server.kill();
        crowd.typeFor(static_cast<int>(random.below(100)));
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        crowd.retryNow();
        crowd.typeFor(static_cast<int>(random.below(100)));

        const auto unsettled = crowd.settle();
        ASSERT_FALSE(unsettled) << unsettled->toStdString();
        const QString text = HttpClient(server.url()).textOf(document);
        const auto differences = crowd.differences(text);
        ASSERT_FALSE(differences) << differences->toStdString();

        SystemRandom ids;
        OperationsClient newcomer(ids, server.websocketUrl(document));
        newcomer.client.start();
        ASSERT_TRUE(waitUntil([&] { return newcomer.isLive(); }));
        ASSERT_EQ(newcomer.document.replica().text(), text.toStdString());
    }
    EXPECT_GT(crowd.typedCount(), std::size_t{rounds});
}

} // namespace
} // namespace tandem
