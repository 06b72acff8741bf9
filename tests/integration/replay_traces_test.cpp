// tandem-cli plays the recorded traces of the folder TANDEM_TRACES against a real server. Built only where
// there is one.
#include "integration/cli_process.h"
#include "integration/server_process.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace tandem {
namespace {

void expectEqual(const QString& name, const QStringList& options = {}) {
    ServerProcess server;
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    const CliResult result = runCli(
        QStringList{"replay", QStringLiteral(TANDEM_TRACES "/") + name, "--server", server.url().toString()} +
        options);
    EXPECT_EQ(result.exitCode, 0) << (result.output + result.errors).toStdString();
    std::fwrite(result.output.constData(), 1, static_cast<std::size_t>(result.output.size()), stdout);
}

TEST(ReplayTracesTest, FriendsforeverConvergesWithAscendingIds) {
    expectEqual("friendsforever.json.gz", {"--ids", "ascending"});
}

TEST(ReplayTracesTest, FriendsforeverConvergesWithDescendingIds) {
    expectEqual("friendsforever.json.gz", {"--ids", "descending"});
}

TEST(ReplayTracesTest, AutomergePaperEndsAsRecorded) {
    expectEqual("automerge-paper.json.gz");
}

TEST(ReplayTracesTest, RustcodeEndsAsRecorded) {
    expectEqual("rustcode.json.gz");
}

TEST(ReplayTracesTest, SveltecomponentEndsAsRecorded) {
    expectEqual("sveltecomponent.json.gz");
}

} // namespace
} // namespace tandem
