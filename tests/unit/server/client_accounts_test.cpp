#include "http/client_accounts.h"

#include "http/request_weight.h"
#include "manual_clock.h"
#include "protocol/limits.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

using Kind = ClientAccounts::Kind;

class ClientAccountsTest : public testing::Test {
protected:
    // How many requests of this weight go through at once.
    int takenAtOnce(const std::string& client, std::int64_t weight) {
        int taken = 0;
        while (!m_accounts.refuseRequest(client, weight))
            ++taken;
        return taken;
    }

    ManualClock m_clock;
    ClientAccounts m_accounts{m_clock, 2};
};

} // namespace

TEST_F(ClientAccountsTest, ABurstOfRequestsGoesThroughAndTheNextIsToldWhenToComeBack) {
    EXPECT_EQ(takenAtOnce("192.0.2.1", 1), limits::requestsAtOnce);
    EXPECT_EQ(m_accounts.refuseRequest("192.0.2.1", 1), 1);
    // Twenty requests take their time, and a whole burst longer.
    EXPECT_EQ(m_accounts.refuseRequest("192.0.2.1", limits::requestsAtOnce),
              limits::requestsAtOnce / limits::requestsPerSecond);
    m_clock.nowMs += 1'000;
    EXPECT_EQ(takenAtOnce("192.0.2.1", 1), limits::requestsPerSecond);
}

TEST_F(ClientAccountsTest, EachAddressHasItsOwnRates) {
    takenAtOnce("192.0.2.1", 1);
    EXPECT_EQ(takenAtOnce("192.0.2.2", 1), limits::requestsAtOnce);
}

TEST_F(ClientAccountsTest, ACostlyRequestCountsAsSeveral) {
    EXPECT_EQ(takenAtOnce("192.0.2.1", limits::costlyRequestWeight),
              limits::requestsAtOnce / limits::costlyRequestWeight);
}

TEST_F(ClientAccountsTest, BytesOfBodiesHaveARateOfTheirOwn) {
    EXPECT_FALSE(m_accounts.refuseBytes("192.0.2.1", limits::bodyBytesAtOnce));
    EXPECT_EQ(m_accounts.refuseBytes("192.0.2.1", 1), 1);
    EXPECT_FALSE(m_accounts.refuseRequest("192.0.2.1", 1)) << "one without a body";
    m_clock.nowMs += 1'000;
    EXPECT_FALSE(m_accounts.refuseBytes("192.0.2.1", limits::bodyBytesPerSecond));
    EXPECT_TRUE(m_accounts.refuseBytes("192.0.2.1", 1));
}

TEST_F(ClientAccountsTest, TooManyBytesOfAnswersDelayTheNextRequest) {
    m_accounts.spendBytes("192.0.2.1", limits::bodyBytesAtOnce + 2 * limits::bodyBytesPerSecond);
    EXPECT_EQ(m_accounts.refuseRequest("192.0.2.1", 1), 2);
    m_clock.nowMs += 1'999;
    EXPECT_TRUE(m_accounts.refuseRequest("192.0.2.1", 1));
    m_clock.nowMs += 1;
    EXPECT_FALSE(m_accounts.refuseRequest("192.0.2.1", 1));
}

TEST_F(ClientAccountsTest, AnAddressWhoseRatesHaveRecoveredIsForgotten) {
    for (int i = 0; i < 100; ++i)
        m_accounts.refuseRequest("192.0.2." + std::to_string(i), 1);
    EXPECT_EQ(m_accounts.remembered(), 100u);
    takenAtOnce("192.0.2.7", 1);
    m_accounts.open("192.0.2.8", Kind::websocket);
    m_clock.nowMs +=
        1'000 * limits::requestsAtOnce /
        limits::requestsPerSecond; // enough for all but a whole burst and what was asked before it
    m_accounts.refuseRequest("198.51.100.1", 1);
    EXPECT_EQ(m_accounts.remembered(), 2u) << "who has something open, and who has just come";
    EXPECT_EQ(m_accounts.openCount("192.0.2.8", Kind::websocket), 1u);
}

TEST_F(ClientAccountsTest, AnAddressThatStillOwesIsNotForgotten) {
    takenAtOnce("192.0.2.1", 1);
    m_accounts.spendBytes("192.0.2.1", 2 * limits::bodyBytesAtOnce);
    m_clock.nowMs += 11'000;
    m_accounts.refuseRequest("198.51.100.1", 1);
    EXPECT_EQ(m_accounts.remembered(), 2u);
    EXPECT_TRUE(m_accounts.refuseRequest("192.0.2.1", 1));
}

TEST_F(ClientAccountsTest, WhateverOneLoadsOrSendsOthersAtTheAddressTypeOn) {
    m_accounts.spendBytes("192.0.2.1", 2 * limits::bodyBytesAtOnce);
    EXPECT_TRUE(m_accounts.takesFrame("192.0.2.1", limits::bodyBytesAtOnce));
    EXPECT_FALSE(m_accounts.takesFrame("192.0.2.1", limits::smallFrameBytes + 1));
    EXPECT_TRUE(m_accounts.takesFrame("192.0.2.1", limits::smallFrameBytes));
    EXPECT_TRUE(m_accounts.takesFrame("192.0.2.2", limits::smallFrameBytes + 1));
    m_clock.nowMs += 1'000;
    EXPECT_TRUE(m_accounts.takesFrame("192.0.2.1", limits::bodyBytesPerSecond));
    EXPECT_FALSE(m_accounts.takesFrame("192.0.2.1", limits::smallFrameBytes + 1));
}

TEST_F(ClientAccountsTest, TheNumberOfAddressesRememberedIsBounded) {
    m_accounts.open("with a socket", Kind::connection);
    for (std::size_t i = 0; i < limits::addressesRemembered + 1'000; ++i)
        m_accounts.refuseRequest(std::to_string(i), 1);
    EXPECT_EQ(m_accounts.remembered(), limits::addressesRemembered);
    EXPECT_EQ(m_accounts.openCount("with a socket", Kind::connection), 1u);
}

TEST_F(ClientAccountsTest, SocketsAreCountedByAddressAndKind) {
    m_accounts.open("192.0.2.1", Kind::connection);
    m_accounts.open("192.0.2.1", Kind::websocket);
    m_accounts.open("192.0.2.1", Kind::websocket);
    m_accounts.close("192.0.2.1", Kind::connection);
    EXPECT_EQ(m_accounts.openCount("192.0.2.1", Kind::connection), 0u);
    EXPECT_EQ(m_accounts.openCount("192.0.2.1", Kind::websocket), 2u);
    EXPECT_EQ(m_accounts.openCount("192.0.2.2", Kind::websocket), 0u);
}

TEST_F(ClientAccountsTest, WhoeverReadsSlowlyGetsNoMoreLargeAnswersAndTheOthersDo) {
    m_accounts.addUnread("192.0.2.1", limits::unreadBytesPerAddress);
    EXPECT_TRUE(m_accounts.mayKeepAnswer("192.0.2.1"));
    m_accounts.addUnread("192.0.2.1", 1);
    EXPECT_FALSE(m_accounts.mayKeepAnswer("192.0.2.1"));
    EXPECT_TRUE(m_accounts.mayKeepAnswer("192.0.2.2"));
    m_accounts.removeUnread("192.0.2.1", 1);
    EXPECT_TRUE(m_accounts.mayKeepAnswer("192.0.2.1"));
    // All together have a bound as well.
    m_accounts.addUnread("192.0.2.3", limits::unreadBytes);
    EXPECT_FALSE(m_accounts.mayKeepAnswer("192.0.2.2"));
}

TEST(RequestWeightTest, ThePastAndWholeDocumentsCostMore) {
    HttpRequest request;
    for (const char* path :
         {"/v1/docs", "/v1/docs/x", "/v1/docs/x/edits", "/healthz", "/v1/docs/history/edits"}) {
        request.path = path;
        EXPECT_EQ(weightOf(request), 1) << path;
    }
    for (const char* path : {"/v1/docs/x/history", "/v1/docs/x/changes", "/v1/docs/x/authors",
                             "/v1/docs/x/revert", "/v1/docs/import", "/v1/docs/x/export"}) {
        request.path = path;
        EXPECT_EQ(weightOf(request), limits::costlyRequestWeight) << path;
    }
    request.path = "/v1/docs/x";
    request.query["version"] = "3";
    EXPECT_EQ(weightOf(request), limits::costlyRequestWeight);
}

} // namespace tandem
