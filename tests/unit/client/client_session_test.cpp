// A session against a scripted server, on a clock that the test moves.
#include "client_session_fixture.h"

namespace tandem {

TEST_F(ClientSessionTest, AServerThatRestartsIsComeBackToWhenItSays) {
    joinEmptyDocument();
    m_session.connectionClosed(1012, "the server restarts; come back in 1234 ms");
    EXPECT_EQ(m_session.retryInMs(), 1'234);
    for (const char* reason :
         {"", "come back in", "come back in x ms", "come back in 99999999999 ms", "come back in -5 ms"}) {
        m_clock.nowMs += 60'000;
        m_session.tick();
        m_session.connectionClosed(1012, reason);
        EXPECT_LE(m_session.retryInMs(), 30'000) << reason;
        EXPECT_GE(m_session.retryInMs(), 500) << reason;
    }
}

TEST_F(ClientSessionTest, SaysHelloAndIsLiveWithTheSnapshot) {
    connect();
    ASSERT_EQ(sent<message::Hello>().size(), 1u);
    EXPECT_EQ(sent<message::Hello>()[0].name, "Ana");
    EXPECT_TRUE(sent<message::Hello>()[0].replicas.empty());
    welcome();
    EXPECT_EQ(m_session.state(), ClientSession::State::joining);
    receive(message::Snapshot{0, 0, 1, Replica().encode()});
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
}

TEST_F(ClientSessionTest, SendsWhatIsTypedWithTheKeyOnceAndForgetsItWithTheAck) {
    joinEmptyDocument();
    type(U"a");
    type(U"b");
    const auto submits = sent<message::OpSubmit>();
    ASSERT_EQ(submits.size(), 2u);
    EXPECT_TRUE(submits[0].key);
    EXPECT_FALSE(submits[1].key);
    EXPECT_EQ(m_document.outbox().size(), 2u);
    receive(message::Ack{self(), 2, 2});
    EXPECT_TRUE(m_document.outbox().empty());
    EXPECT_EQ(m_document.version(), 2u);
}

TEST_F(ClientSessionTest, ComesBackAfterACutWithWhatWasNotAckedInTheSameOrder) {
    joinEmptyDocument();
    type(U"a");
    type(U"b");
    receive(message::Ack{self(), 1, 1});
    m_transport.sent.clear();
    m_session.connectionClosed(1006, "gone");
    EXPECT_EQ(m_session.state(), ClientSession::State::offline);
    type(U"c");
    EXPECT_TRUE(m_transport.sent.empty());

    const int opened = m_transport.opened;
    m_clock.nowMs = m_session.wakeAtMs();
    m_session.tick();
    ASSERT_EQ(m_transport.opened, opened + 1);
    m_session.connectionOpened();
    const auto hello = sent<message::Hello>();
    ASSERT_EQ(hello.size(), 1u);
    EXPECT_EQ(hello[0].after, 1u);
    EXPECT_EQ(hello[0].epoch, "epoch");
    EXPECT_EQ(hello[0].replicas.size(), 1u);
    const auto submits = sent<message::OpSubmit>();
    ASSERT_EQ(submits.size(), 1u);
    EXPECT_EQ(submits[0].changes.size(), 2u);

    // The server had "b" already: it comes from the log, and the resent one is acked as known.
    welcome(2);
    receive(message::DocUpdate{2, {{self(), 5, {submits[0].changes[0]}}}});
    receive(message::Ack{self(), 2, 2});
    EXPECT_EQ(m_document.outbox().size(), 1u);
    receive(message::Ack{self(), 3, 3});
    EXPECT_TRUE(m_document.outbox().empty());
    EXPECT_EQ(m_document.replica().text(), "abc");
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
}

TEST_F(ClientSessionTest, WaitsBetweenHalfASecondAndThirtySecondsBetweenAttempts) {
    m_session.start();
    std::int64_t longest = 0;
    for (int attempt = 0; attempt < 30; ++attempt) {
        m_session.connectionClosed(1006, "refused");
        const auto wait = m_session.retryInMs();
        ASSERT_TRUE(wait);
        EXPECT_GE(*wait, 500);
        EXPECT_LE(*wait, 30'000);
        longest = std::max(longest, *wait);
        m_clock.nowMs = m_session.wakeAtMs();
        m_session.tick();
    }
    EXPECT_GT(longest, 10'000);
}

TEST_F(ClientSessionTest, StopsAndTellsWhenThePersonIsRefused) {
    connect();
    m_session.connectionClosed(4404, "no such document");
    EXPECT_EQ(m_session.state(), ClientSession::State::stopped);
    EXPECT_FALSE(m_session.problem().empty());
    m_clock.nowMs += 1'000'000;
    m_session.tick();
    EXPECT_EQ(m_transport.opened, 1);
}

TEST_F(ClientSessionTest, AHoleInTheVersionsMakesItComeBackAnew) {
    joinEmptyDocument();
    receive(message::DocUpdate{2, {}});
    OpenDocument other(m_random);
    ASSERT_TRUE(other.edit(0, 0, U"x").ok());
    receive(message::DocUpdate{3, {{other.author()->replica, 1, {other.outbox().entries()[0].bytes}}}});
    EXPECT_EQ(m_session.state(), ClientSession::State::offline);
    EXPECT_EQ(m_transport.closed, 1);
}

TEST_F(ClientSessionTest, WhatIsNotUnderstoodEndsTheConnectionAndKeepsTheText) {
    joinEmptyDocument();
    type(U"keep");
    m_session.received("{\"type\":\"ack\"}"); // JSON is understood as well, but not this
    EXPECT_EQ(m_session.state(), ClientSession::State::offline);
    EXPECT_EQ(m_document.replica().text(), "keep");
    EXPECT_EQ(m_document.outbox().size(), 1u);
}

TEST_F(ClientSessionTest, PingsASilentServerAndGivesItUp) {
    joinEmptyDocument();
    m_clock.nowMs += limits::pingAfterMs;
    m_session.tick();
    EXPECT_EQ(sent<message::Ping>().size(), 1u);
    m_session.tick();
    EXPECT_EQ(sent<message::Ping>().size(), 1u);
    m_clock.nowMs += limits::deadAfterMs - limits::pingAfterMs;
    m_session.tick();
    EXPECT_EQ(m_session.state(), ClientSession::State::offline);
}

TEST_F(ClientSessionTest, ARetryableNackSendsEverythingAgainAfterAPause) {
    joinEmptyDocument();
    type(U"a");
    m_transport.sent.clear();
    receive(message::Nack{"unavailable", "the database is full", true, OpId{self(), 1}});
    m_session.tick();
    EXPECT_TRUE(sent<message::OpSubmit>().empty());
    m_clock.nowMs += 2'000;
    m_session.tick();
    EXPECT_EQ(sent<message::OpSubmit>().size(), 1u);
    EXPECT_EQ(m_document.replica().text(), "a");
    EXPECT_NE(m_session.problem().find("the database is full"), std::string::npos);
    int told = 0;
    m_session.onStateChanged = [&told] { ++told; };
    receive(message::Ack{self(), 1, 1});
    EXPECT_EQ(m_session.problem(), "");
    EXPECT_EQ(told, 1);
}

TEST_F(ClientSessionTest, AFinalNackKeepsTheTextAndSaysSo) {
    joinEmptyDocument();
    type(U"a");
    m_transport.sent.clear();
    receive(message::Nack{"limit_exceeded", "the document would be too large", false, OpId{self(), 1}});
    type(U"b");
    EXPECT_TRUE(sent<message::OpSubmit>().empty());
    EXPECT_EQ(m_document.replica().text(), "ab");
    EXPECT_EQ(m_document.outbox().size(), 2u);
    EXPECT_NE(m_session.problem().find("too large"), std::string::npos);
}

TEST_F(ClientSessionTest, ADocumentThatIsRenamedHasItsTitleAtOnce) {
    joinEmptyDocument();
    int told = 0;
    m_document.onTitleChanged = [&] { ++told; };
    receive(message::TitleChanged{"Renamed"});
    EXPECT_EQ(m_document.title(), "Renamed");
    EXPECT_EQ(told, 1);
    m_document.onTitleChanged = nullptr;
}

TEST_F(ClientSessionTest, AMessageOfATypeThatANewerServerKnowsIsPassedOver) {
    joinEmptyDocument();
    m_session.received("\x7f whatever it holds");
    m_session.received(R"({"type":"document.praised","by":"all"})");
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
    EXPECT_TRUE(m_session.problem().empty());
}

TEST_F(ClientSessionTest, WhatARoleDoesNotAllowIsKeptAndSentWhenAnotherRoleDoes) {
    joinEmptyDocument();
    int told = 0;
    m_session.onStateChanged = [&] { ++told; };
    receive(message::AccessChanged{"viewer"});
    EXPECT_FALSE(m_session.mayEdit());
    EXPECT_EQ(told, 1);
    type(U"a");
    receive(message::Nack{"not_allowed", "your role is to read", false, OpId{self(), 1}});
    m_transport.sent.clear();
    m_clock.nowMs += 60'000;
    receive(message::Pong{});
    m_session.tick();
    EXPECT_TRUE(sent<message::OpSubmit>().empty());
    EXPECT_EQ(m_document.outbox().size(), 1u);
    receive(message::AccessChanged{"editor"});
    EXPECT_TRUE(m_session.mayEdit());
    m_session.tick();
    EXPECT_EQ(sent<message::OpSubmit>().size(), 1u);
    m_session.onStateChanged = nullptr;
}

TEST_F(ClientSessionTest, ShowsTheSecretOfItsLinkEachTime) {
    ClientSession session{m_document, m_transport, m_clock, m_random, {"Ana", 3, "secret"}, "test"};
    for (int i = 0; i < 2; ++i) {
        session.start();
        session.connectionOpened();
        session.stop();
    }
    ASSERT_EQ(sent<message::Hello>().size(), 2u);
    for (const message::Hello& hello : sent<message::Hello>())
        EXPECT_EQ(hello.token, "secret");
    connect();
    EXPECT_EQ(sent<message::Hello>().back().token, std::nullopt) << "nothing to show";
}

TEST_F(ClientSessionTest, NeverHasMoreThanAMebibyteInFlight) {
    joinEmptyDocument();
    ASSERT_TRUE(m_document.edit(0, 0, std::u32string(4'000'000, U'x')).ok());
    m_session.tick();
    std::size_t bytes = 0;
    for (const auto& submit : sent<message::OpSubmit>()) {
        for (const std::string& change : submit.changes)
            bytes += change.size();
        EXPECT_LE(codec::encode(message::FromOperationsClient(submit)).size(), limits::frameBytes);
    }
    EXPECT_LE(bytes, 2u * 1024 * 1024);
    EXPECT_GT(bytes, 512u * 1024);
}

TEST_F(ClientSessionTest, SendsTheLastSelectionAndNotMoreThanTwentyASecond) {
    joinEmptyDocument();
    type(U"abc");
    receive(message::Ack{self(), 3, 1});
    for (std::size_t i = 0; i < 100; ++i) {
        const Anchor anchor = m_document.replica().anchorAt(i % 4);
        m_session.setSelection(Selection{anchor, anchor});
        m_session.tick();
        m_clock.nowMs += 1;
    }
    EXPECT_LE(sent<message::CursorUpdate>().size(), 3u);
    m_clock.nowMs = m_session.wakeAtMs();
    m_session.tick();
    const auto cursors = sent<message::CursorUpdate>();
    const Anchor last = m_document.replica().anchorAt(99 % 4);
    EXPECT_EQ(cursors.back().selection, message::AnySelection(message::AnchorRange{last, last}));
}

TEST_F(ClientSessionTest, KnowsTheOthersAndForgetsThemOffline) {
    joinEmptyDocument();
    receive(message::PresenceJoin{"x", "Ben", 2});
    receive(message::PresenceCursor{{"y", "Cleo", 4, std::monostate{}, true}});
    ASSERT_EQ(m_document.peers().all().size(), 2u);
    receive(message::PresenceLeave{"x"});
    ASSERT_EQ(m_document.peers().all().size(), 1u);
    EXPECT_EQ(m_document.peers().all()[0].name, "Cleo");
    m_session.connectionClosed(1006, "");
    EXPECT_TRUE(m_document.peers().all().empty());
}

TEST_F(ClientSessionTest, WhatIsEditedFasterThanAServerTakesMessagesGoesTogether) {
    joinEmptyDocument();
    std::size_t typed = 0;
    const std::int64_t begunMs = m_clock.nowMs;
    for (; m_clock.nowMs < begunMs + 10'000; ++m_clock.nowMs, ++typed)
        type(U"x");
    while (m_document.outbox().hasUnsent() && m_clock.nowMs < begunMs + 20'000) {
        m_clock.nowMs = std::max(m_clock.nowMs + 1, m_session.wakeAtMs());
        m_session.tick();
    }
    std::size_t changes = 0;
    for (const message::OpSubmit& submit : sent<message::OpSubmit>())
        changes += submit.changes.size();
    EXPECT_EQ(changes, typed);
    EXPECT_LE(sent<message::OpSubmit>().size(), limits::messagesAtOnce + 10 * limits::messagesPerSecond);
    EXPECT_LT(m_clock.nowMs, begunMs + 10'100) << "and nothing waits long";
}

TEST_F(ClientSessionTest, AChangeRefusedForWhatStandsBeforeItInTheOutboxIsSentAgain) {
    OpenDocument before(m_random);
    ASSERT_TRUE(before.edit(0, 0, U"left behind").ok());
    m_document.adopt(before.leftover());
    joinEmptyDocument();
    type(U", and more");
    const ReplicaId earlier = before.author()->replica;
    receive(message::Nack{"unavailable", "the database is away", true, OpId{earlier, 1}});
    receive(message::Nack{"unknown_reference", "it names what is not here", false, OpId{self(), 1}});
    m_transport.sent.clear();
    m_clock.nowMs += 5'000;
    m_session.tick();
    ASSERT_EQ(sent<message::OpSubmit>().size(), 2u);
    EXPECT_EQ(sent<message::OpSubmit>()[0].replica, earlier);

    receive(message::Nack{"unknown_reference", "it names what is not here", false, OpId{earlier, 1}});
    m_transport.sent.clear();
    m_clock.nowMs += 5'000;
    m_session.tick();
    EXPECT_TRUE(sent<message::OpSubmit>().empty()) << "the oldest one is kept, and not sent again and again";
    EXPECT_EQ(m_document.outbox().size(), 2u);
}

TEST_F(ClientSessionTest, AServerThatMissedARestoreIsLeftAgain) {
    joinEmptyDocument();
    m_session.connectionClosed(1012, "restored");
    m_session.retryNow();
    m_session.connectionOpened();
    message::Welcome restored;
    restored.role = "editor";
    restored.epoch = "restored";
    receive(restored);
    receive(message::Snapshot{0, 0, 1, Replica().encode()});
    ASSERT_EQ(m_session.state(), ClientSession::State::live);

    m_session.connectionClosed(1012, "moved");
    m_session.retryNow();
    m_session.connectionOpened();
    welcome();
    EXPECT_EQ(m_session.state(), ClientSession::State::offline);
    EXPECT_EQ(m_document.epoch(), "restored");
    EXPECT_TRUE(m_session.retryInMs());

    // Unless there is nothing else.
    for (int i = 0; i < 5 && m_session.state() == ClientSession::State::offline; ++i) {
        m_session.retryNow();
        m_session.connectionOpened();
        welcome();
    }
    receive(message::Snapshot{0, 0, 1, Replica().encode()});
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
    EXPECT_EQ(m_document.epoch(), "epoch");
}

} // namespace tandem
