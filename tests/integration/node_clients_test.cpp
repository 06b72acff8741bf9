// Clients written in Node from PROTOCOL.md, FORMAT.md and /openapi.json alone (tests/node) against the real
// server.
#include "integration/server_process.h"
#include "integration/waiting.h"

#include <QProcess>

#include <gtest/gtest.h>

namespace tandem {

TEST(NodeClientsTest, APlainAndAnOperationsClientWriteTogetherAndEveryCallIsAsDescribed) {
    constexpr int mostMs = 120'000;
    const QString admin = "the-admin-of-this-test";
    ServerProcess server({"--access", "links", "--log-level", "warning", "--admin-token", admin});
    ASSERT_TRUE(server.start()) << server.output().toStdString();
    QProcess node;
    node.setProcessChannelMode(QProcess::MergedChannels);
    node.setWorkingDirectory(QStringLiteral(TANDEM_NODE_CLIENTS));
    node.start(QStringLiteral(TANDEM_NODE_PROGRAM), {"conversation.mjs", server.url().toString(), admin});
    EXPECT_TRUE(waitUntil([&] { return node.state() == QProcess::NotRunning; }, mostMs));
    EXPECT_EQ(node.exitStatus(), QProcess::NormalExit);
    const std::string output = node.readAll().toStdString();
    EXPECT_EQ(node.exitCode(), 0) << output << server.output().toStdString();
    EXPECT_NE(output.find("answers as described"), std::string::npos) << output;
}

} // namespace tandem
