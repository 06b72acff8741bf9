#include "bus/local_bus.h"
#include "rooms/room_directory.h"

#include "client/open_document.h"
#include "fakes/memory_op_log.h"
#include "manual_clock.h"
#include "noting_participant.h"
#include "protocol/codec.h"
#include "protocol/limits.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

// Two servers on one log; the bus between them may be deaf.
class SeveralServersTest : public testing::Test {
protected:
    struct Server {
        Server(SeveralServersTest& test, Bus& bus) : rooms(test.m_log, test.m_log, bus, test.m_clock) {}
        RoomDirectory rooms;
        DocumentRoom* room = nullptr;
        NotingParticipant member;
    };

    void SetUp() override {
        m_log.create({m_id, "Title", "epoch", "hash", {}}, [](auto) {});
        m_log.pump();
    }
    std::unique_ptr<Server> start(Bus& bus) {
        auto server = std::make_unique<Server>(*this, bus);
        open(*server);
        return server;
    }
    void open(Server& server) {
        server.rooms.open(m_id, [&server](Result<DocumentRoom*> room) {
            ASSERT_TRUE(room.ok());
            server.room = *room;
        });
        m_log.pump();
        server.room->join(server.member, {"s" + std::to_string(++m_sessions), "Ana", 1, std::nullopt, false});
    }
    // The cursor timer of all servers.
    void passAMoment(std::initializer_list<Server*> servers) {
        m_clock.nowMs += limits::cursorIntervalMs;
        for (Server* server : servers)
            server->rooms.tellCursors();
    }
    std::vector<std::string> seenIn(const Server& server) {
        std::vector<std::string> sessions;
        for (const Peer& peer : server.room->members().othersThan(server.member))
            sessions.push_back(peer.session);
        return sessions;
    }
    // The change of an author who types `text` at the end of what it has.
    std::string type(OpenDocument& author, std::u32string_view text) {
        EXPECT_TRUE(author.edit(author.replica().length(), 0, text).ok());
        return author.outbox().entries().back().bytes;
    }
    void submit(Server& server, ReplicaId replica, std::vector<std::string> changes) {
        ASSERT_TRUE(server.room->bind(replica, "hash", "Ana").ok());
        server.room->submit(server.member, replica, std::move(changes));
    }
    void passTwoSeconds(Server& server) {
        m_clock.nowMs += 2'000;
        server.rooms.tick();
        m_log.pump();
    }

    DocumentId m_id = "document-0123456";
    ManualClock m_clock;
    SeededRandom m_random{7};
    MemoryOpLog m_log{m_clock};
    LocalBus m_bus;
    LocalBus m_otherBus; // reaches nobody
    int m_sessions = 0;
};

OpenDocument authorWith(Random& random, ReplicaId replica) {
    OpenDocument author(random);
    author.setAuthor({replica, "key"});
    return author;
}

} // namespace

TEST_F(SeveralServersTest, WhatOneServerCommitsTheBusBringsToTheOthersWithoutAReading) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    OpenDocument author = authorWith(m_random, 1);
    const std::size_t read = m_log.readCount();
    submit(*a, 1, {type(author, U"one"), type(author, U"two")});
    m_log.pump();
    EXPECT_EQ(b->room->replica().text(), "onetwo");
    EXPECT_EQ(b->member.versions, (std::vector<Seq>{1, 2}));
    EXPECT_EQ(b->member.ownCommitted, 0);
    EXPECT_EQ(m_log.readCount(), read);
}

TEST_F(SeveralServersTest, WhatTheBusLosesIsFoundWithinTwoSeconds) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"lost")});
    m_log.pump();
    EXPECT_EQ(b->room->head(), 0u);
    passTwoSeconds(*b);
    EXPECT_EQ(b->room->replica().text(), "lost");
    EXPECT_EQ(b->member.versions, std::vector<Seq>{1});
}

TEST_F(SeveralServersTest, WhenMessagesWereLostTheLogIsReadAtOnce) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"lost")});
    m_log.pump();
    m_otherBus.onMessagesLost();
    m_log.pump();
    EXPECT_EQ(b->room->replica().text(), "lost");
}

TEST_F(SeveralServersTest, AMessageBeyondAGapMakesTheRoomReadWhatIsMissing) {
    const auto deaf = start(m_otherBus);
    const auto teller = start(m_bus);
    const auto hearer = start(m_bus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*deaf, 1, {type(author, U"first ")});
    m_log.pump();
    OpenDocument other = authorWith(m_random, 2);
    submit(*teller, 2, {type(other, U"second")});
    m_log.pump();
    EXPECT_EQ(teller->room->head(), 2u);
    EXPECT_EQ(hearer->room->head(), 2u);
    EXPECT_EQ(hearer->room->replica().text(), teller->room->replica().text());
    EXPECT_EQ(hearer->member.versions, (std::vector<Seq>{1, 2}));
}

TEST_F(SeveralServersTest, ServersThatAppendAtOnceAgreeAndAnswerTheirOwnMembers) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    OpenDocument ana = authorWith(m_random, 1);
    OpenDocument ben = authorWith(m_random, 2);
    submit(*a, 1, {type(ana, U"ana")});
    submit(*b, 2, {type(ben, U"ben")});
    m_log.pump();
    EXPECT_EQ(a->room->replica().text(), b->room->replica().text());
    EXPECT_EQ(a->room->replica().text().size(), 6u);
    EXPECT_EQ(a->member.versions, (std::vector<Seq>{1, 2}));
    EXPECT_EQ(b->member.versions, (std::vector<Seq>{1, 2}));
    EXPECT_EQ(a->member.ownCommitted, 1);
    EXPECT_EQ(b->member.ownCommitted, 1);
}

TEST_F(SeveralServersTest, AServerThatIsBehindReadsTheLogBeforeItRefusesAGap) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"one ")});
    m_log.pump();
    submit(*b, 1, {type(author, U"two ")}); // follows a change that this server has not seen
    submit(*b, 1, {type(author, U"three")});
    m_log.pump();
    EXPECT_EQ(b->room->replica().text(), "one two three");
    EXPECT_TRUE(b->member.refusals.empty());
    EXPECT_EQ(b->member.ownCommitted, 2);
}

TEST_F(SeveralServersTest, AGapThatIsInTheLogAsWellIsRefused) {
    const auto a = start(m_bus);
    OpenDocument author = authorWith(m_random, 1);
    (void)type(author, U"never sent ");
    submit(*a, 1, {type(author, U"two")});
    EXPECT_TRUE(a->member.refusals.empty());
    m_log.pump();
    EXPECT_EQ(a->member.refusals, std::vector{ErrorCode::counterGap});
    EXPECT_EQ(a->room->head(), 0u);
}

TEST_F(SeveralServersTest, AMemberThatLeavesWhileItsChangeWaitsForTheLogIsNotAnswered) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"one ")});
    m_log.pump();
    submit(*b, 1, {type(author, U"two")});
    b->room->leave(b->member);
    m_log.pump();
    EXPECT_EQ(b->room->replica().text(), "one two");
    EXPECT_EQ(b->member.ownCommitted, 0);
}

TEST_F(SeveralServersTest, APlainEditOfAVersionThatThisServerHasNotSeenWaitsForIt) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"one")});
    m_log.pump();
    ASSERT_TRUE(b->room->bind(9, "hash-9", "Cleo").ok());
    b->room->submitPlain(b->member, 9, {"e1", {{3, 0, U" two"}}, 1});
    m_log.pump();
    EXPECT_EQ(b->room->replica().text(), "one two");
    EXPECT_TRUE(b->member.refusals.empty());
}

TEST_F(SeveralServersTest, AReplicaIdThatAnotherServerHasStoredIsRefusedToOthersHere) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"mine")});
    m_log.pump();
    EXPECT_EQ(b->room->bind(1, "stolen", "Eve").error().code, ErrorCode::replicaConflict);
    EXPECT_TRUE(b->room->bind(1, "hash", "Ana").ok());
}

TEST_F(SeveralServersTest, WhoeverClaimsAnotherServersReplicaIdGetsNothingIntoTheLog) {
    const auto a = start(m_bus);
    const auto b = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    OpenDocument thief = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"mine")});
    m_log.pump();
    ASSERT_TRUE(b->room->bind(1, "stolen", "Eve").ok()); // nobody has told this server yet
    b->room->submit(b->member, 1, {type(thief, U"theirs")});
    m_log.pump();
    EXPECT_TRUE(b->room->isBroken());
    open(*b);
    EXPECT_EQ(b->room->replica().text(), "mine");
    EXPECT_EQ(b->room->bind(1, "stolen", "Eve").error().code, ErrorCode::replicaConflict);
    EXPECT_TRUE(b->room->bind(1, "hash", "Ana").ok());
}

TEST_F(SeveralServersTest, ARestoredDocumentIsLoadedAnew) {
    const auto a = start(m_bus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*a, 1, {type(author, U"kept")});
    m_log.pump();
    m_log.backUp(m_id);
    submit(*a, 1, {type(author, U" lost")});
    m_log.pump();
    m_log.restore(m_id, "another epoch");
    submit(*a, 1, {type(author, U" refused")});
    m_log.pump();
    EXPECT_TRUE(a->room->isBroken());
    open(*a);
    EXPECT_EQ(a->room->replica().text(), "kept");
    EXPECT_EQ(a->room->info().epoch, "another epoch");

    const auto b = start(m_otherBus);
    m_log.restore(m_id, "a third epoch");
    passTwoSeconds(*b); // nobody edits there
    EXPECT_TRUE(b->room->isBroken());
}

TEST_F(SeveralServersTest, WhoIsOnAnotherServerIsSeenWhoeverCameFirst) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    passAMoment({a.get(), b.get()});
    EXPECT_EQ(seenIn(*a), std::vector<std::string>{"s2"});
    EXPECT_EQ(seenIn(*b), std::vector<std::string>{"s1"});
    EXPECT_EQ(a->member.joined.size(), 1u);
    EXPECT_EQ(b->member.joined.size(), 1u);
}

TEST_F(SeveralServersTest, CaretsAreToldAcrossServersOnceTheirTextIsThere) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    const auto deaf = start(m_otherBus);
    OpenDocument author = authorWith(m_random, 1);
    submit(*deaf, 1, {type(author, U"text")});
    m_log.pump();
    passTwoSeconds(*a); // b has not read it yet
    const Anchor caret = a->room->replica().anchorAt(2);
    a->room->setSelection(a->member, Selection{caret, caret});
    passAMoment({a.get(), b.get()});
    ASSERT_EQ(seenIn(*b), std::vector<std::string>{"s1"});
    EXPECT_FALSE(b->room->members().othersThan(b->member).front().selection);
    passTwoSeconds(*b);
    EXPECT_EQ(b->room->members().othersThan(b->member).front().selection, (Selection{caret, caret}));
    EXPECT_EQ(b->member.moved.back().selection, (Selection{caret, caret}));
}

TEST_F(SeveralServersTest, WhoeverLeavesOneServerIsGoneOnTheOthers) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    passAMoment({a.get(), b.get()});
    a->room->leave(a->member);
    EXPECT_TRUE(seenIn(*b).empty());
    EXPECT_EQ(b->member.left, std::vector<std::string>{"s1"});
}

TEST_F(SeveralServersTest, AServerThatEndsWithoutAWordIsForgottenAndOneThatLivesIsNot) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    message::Member ghost{"ghost", "Ghost", 3, std::monostate{}, false};
    m_bus.publish("presence/" + m_id + "/epoch",
                  std::make_shared<const std::string>(
                      codec::encode(message::ToOperationsClient(message::PresenceCursor{ghost}))));
    passAMoment({a.get(), b.get()});
    EXPECT_EQ(seenIn(*b), (std::vector<std::string>{"ghost", "s1"}));
    for (int seconds = 0; seconds < 40; ++seconds) {
        m_clock.nowMs += 1'000;
        a->rooms.tick();
        b->rooms.tick();
        m_log.pump();
    }
    EXPECT_EQ(seenIn(*b), std::vector<std::string>{"s1"});
    EXPECT_EQ(b->member.left, std::vector<std::string>{"ghost"});
}

TEST_F(SeveralServersTest, WhatIsNoPresenceOnTheTopicChangesNothing) {
    const auto a = start(m_bus);
    const auto b = start(m_bus);
    for (const char* message : {"x", "{}", "\x00\xff", "{\"type\":\"presence.cursor\"}"})
        m_bus.publish("presence/" + m_id + "/epoch", std::make_shared<const std::string>(message));
    passAMoment({a.get(), b.get()});
    EXPECT_EQ(seenIn(*a), std::vector<std::string>{"s2"});
}

TEST_F(SeveralServersTest, ARoomThatNobodyIsInIsLetGoAndThatIsToldOnce) {
    const auto a = start(m_bus);
    m_clock.nowMs += 61'000;
    a->rooms.tick();
    EXPECT_FALSE(a->rooms.hasLetGo());
    a->room->leave(a->member);
    m_clock.nowMs += 61'000;
    a->rooms.tick();
    EXPECT_EQ(a->rooms.openCount(), 0u);
    EXPECT_TRUE(a->rooms.hasLetGo());
    EXPECT_FALSE(a->rooms.hasLetGo());
}

} // namespace tandem
