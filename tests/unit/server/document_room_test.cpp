#include "bus/local_bus.h"
#include "rooms/room_directory.h"

#include "client/open_document.h"
#include "fakes/memory_op_log.h"
#include "manual_clock.h"
#include "noting_participant.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class DocumentRoomTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({m_id, "Title", "epoch", "hash", {}},
                     [](Result<DocumentStore::Created> created) { ASSERT_TRUE(created.ok()); });
        m_log.pump();
        m_room = open();
        m_room->join(m_ana, {"s-ana", "Ana", 1, std::nullopt, false});
        m_room->join(m_ben, {"s-ben", "Ben", 2, std::nullopt, false});
        ASSERT_TRUE(m_room->bind(1, "hash-1", "Ana").ok());
        ASSERT_TRUE(m_room->bind(2, "hash-2", "Ben").ok());
    }
    RoomRules rules() {
        RoomRules rules;
        rules.snapshots.left = [this](const DocumentId&, Seq head) { m_leftAt.push_back(head); };
        return rules;
    }
    DocumentRoom* open() {
        DocumentRoom* opened = nullptr;
        m_rooms.open(m_id, [&opened](Result<DocumentRoom*> room) {
            ASSERT_TRUE(room.ok());
            opened = *room;
        });
        m_log.pump();
        return opened;
    }
    // Changes of a client that types `words` one after another.
    std::vector<std::string> typed(ReplicaId replica, const std::vector<std::u32string>& words) {
        OpenDocument document(m_random);
        document.setAuthor({replica, "key"});
        for (const std::u32string& word : words)
            EXPECT_TRUE(document.edit(document.replica().length(), 0, word).ok());
        std::vector<std::string> changes;
        for (const Outbox::Entry& entry : document.outbox().entries())
            changes.push_back(entry.bytes);
        return changes;
    }

    DocumentId m_id = "document-0123456";
    ManualClock m_clock;
    SeededRandom m_random{3};
    MemoryOpLog m_log{m_clock};
    LocalBus m_bus;
    std::vector<Seq> m_leftAt;
    RoomDirectory m_rooms{m_log, m_log, m_bus, m_clock, rules()};
    NotingParticipant m_ana;
    NotingParticipant m_ben;
    DocumentRoom* m_room = nullptr;
};

} // namespace

TEST_F(DocumentRoomTest, NothingIsToldBeforeItIsInTheLog) {
    m_room->submit(m_ana, 1, typed(1, {U"hi"}));
    EXPECT_EQ(m_room->replica().text(), "");
    EXPECT_TRUE(m_ana.versions.empty());
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "hi");
    EXPECT_EQ(m_ana.versions, std::vector<Seq>{1});
    EXPECT_EQ(m_ben.versions, std::vector<Seq>{1});
    EXPECT_EQ(m_ana.ownCommitted, 1);
}

TEST_F(DocumentRoomTest, AnotherTitleIsToldToAllMembersAndTheSameOneToNobody) {
    m_rooms.retitle(m_id, "Renamed", 2);
    m_rooms.retitle(m_id, "Renamed", 3);
    m_rooms.retitle(m_id, "Read earlier, told later", 2);
    EXPECT_EQ(m_ana.titles, std::vector<std::string>{"Renamed"});
    EXPECT_EQ(m_ben.titles, std::vector<std::string>{"Renamed"});
    EXPECT_EQ(m_room->info().metaRevision, 3u);
}

TEST_F(DocumentRoomTest, WhatComesDuringAnAppendGoesTogetherWithTheNext) {
    const auto changes = typed(1, {U"a", U"b", U"c", U"d"});
    for (const std::string& change : changes)
        m_room->submit(m_ana, 1, {change});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "abcd");
    EXPECT_EQ(m_log.appendCount(), 2u);
    EXPECT_EQ(m_ben.versions, (std::vector<Seq>{1, 2, 3, 4}));
}

TEST_F(DocumentRoomTest, AChangeThatIsKnownIsAnsweredAndNotLoggedAgain) {
    const auto changes = typed(1, {U"a"});
    m_room->submit(m_ana, 1, changes);
    m_room->submit(m_ana, 1, changes);
    m_log.pump();
    m_room->submit(m_ana, 1, changes);
    m_log.pump();
    EXPECT_EQ(m_ana.known, 1u);
    EXPECT_EQ(m_room->head(), 1u);
    EXPECT_EQ(m_ana.ownCommitted, 1);
}

TEST_F(DocumentRoomTest, RefusesWhatIsNotAChangeOrDoesNotFit) {
    const auto changes = typed(1, {U"a", U"b"});
    m_room->submit(m_ana, 1, {"rubbish"});
    m_room->submit(m_ana, 2, {changes[0]});
    m_room->submit(m_ana, 1, {changes[1]});
    const Change unknown{1, 1, {InsertOp{{77, 1}, Side::right, U"x"}}};
    m_room->submit(m_ana, 1, {encodeChange(unknown)});
    m_log.pump();
    EXPECT_EQ(m_ana.refusals, (std::vector{ErrorCode::malformed, ErrorCode::malformed, ErrorCode::counterGap,
                                           ErrorCode::unknownReference}));
    EXPECT_EQ(m_room->head(), 0u);
}

TEST_F(DocumentRoomTest, WhatStandsBeforeARefusedChangeIsCommitted) {
    std::vector<std::string> changes = typed(1, {U"a"});
    changes.push_back("rubbish");
    m_room->submit(m_ana, 1, changes);
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "a");
    EXPECT_EQ(m_ana.ownCommitted, 1);
    EXPECT_EQ(m_ana.refusals, std::vector{ErrorCode::malformed});
}

TEST_F(DocumentRoomTest, AReplicaIdBelongsToWhoeverUsedItFirst) {
    EXPECT_TRUE(m_room->bind(1, "hash-1", "Ana").ok());
    EXPECT_EQ(m_room->bind(1, "another", "Eve").error().code, ErrorCode::replicaConflict);
    m_room->submit(m_ana, 1, typed(1, {U"a"}));
    m_log.pump();
    m_room->leave(m_ana);
    m_room->leave(m_ben);
    m_clock.nowMs += 120'000;
    m_rooms.tick();
    EXPECT_EQ(m_rooms.openCount(), 0u);
    EXPECT_EQ(open()->bind(1, "another", "Eve").error().code, ErrorCode::replicaConflict);
}

TEST_F(DocumentRoomTest, ARoomThatWasEmptyForLongIsKeptForAMinuteWhenSomeoneAsksForIt) {
    m_room->leave(m_ana);
    m_room->leave(m_ben);
    m_clock.nowMs += 59'999;
    EXPECT_EQ(open(), m_room);
    m_clock.nowMs += 10'000;
    m_rooms.tick();
    ASSERT_EQ(m_rooms.openCount(), 1u);
    m_clock.nowMs += 50'000;
    m_rooms.tick();
    EXPECT_EQ(m_rooms.openCount(), 0u);
}

TEST_F(DocumentRoomTest, WhenTheLastOneLeavesADocumentThatHasGrownASnapshotIsAskedForOnce) {
    m_room->submit(m_ana, 1, typed(1, {U"a"}));
    m_log.pump();
    m_room->leave(m_ana);
    EXPECT_TRUE(m_leftAt.empty());
    m_room->leave(m_ben);
    EXPECT_EQ(m_leftAt, std::vector<Seq>{1});
    m_room->join(m_ben, {"s-ben", "Ben", 2, std::nullopt, false});
    m_room->leave(m_ben);
    EXPECT_EQ(m_leftAt, std::vector<Seq>{1});
}

TEST_F(DocumentRoomTest, AnAppendOfUnknownResultIsFoundInTheLog) {
    m_log.failNextAppend(MemoryOpLog::Fault::answerLost);
    m_room->submit(m_ana, 1, typed(1, {U"a", U"b"}));
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "ab");
    EXPECT_EQ(m_room->head(), 2u);
    EXPECT_EQ(m_ana.ownCommitted, 2);
    EXPECT_TRUE(m_ana.refusals.empty());
}

TEST_F(DocumentRoomTest, AFailedAppendIsTriedAgain) {
    m_log.failNextAppend(MemoryOpLog::Fault::refused);
    m_room->submit(m_ana, 1, typed(1, {U"a"}));
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "a");
    EXPECT_TRUE(m_ana.refusals.empty());
}

TEST_F(DocumentRoomTest, AChangeSentAgainWhileItIsUnderWayIsAnsweredToWhoeverSentItLast) {
    const auto changes = typed(1, {U"a", U"b"});
    m_room->submit(m_ana, 1, {changes[0]}); // handed to the log
    m_room->submit(m_ana, 1, {changes[1]}); // waits
    m_room->leave(m_ana);
    NotingParticipant again;
    m_room->join(again, {"s-again", "Ana", 1, std::nullopt, false});
    m_room->submit(again, 1, changes);
    EXPECT_EQ(again.known, 0u);
    m_log.pump();
    EXPECT_EQ(again.ownCommitted, 2);
    m_room->leave(again);
    m_room->join(m_ana, {"s-ana", "Ana", 1, std::nullopt, false});
}

TEST_F(DocumentRoomTest, APlainEditIsCarriedToThePresentAndAnsweredOnce) {
    m_room->submit(m_ana, 1, typed(1, {U"hello world"}));
    m_log.pump();
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 6, U""}}, 1});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "world");
    m_room->submitPlain(m_ben, 2, {"e2", {{11, 0, U"!"}}, 1});
    m_room->submitPlain(m_ben, 2, {"e3", {{0, 6, U""}}, 1});
    m_room->submitPlain(m_ben, 2, {"e2", {{11, 0, U"!"}}, 1});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "world!");
    EXPECT_EQ(m_ben.settled.count("e3"), 1u);
    m_room->submitPlain(m_ben, 2, {"e2", {{11, 0, U"!"}}, 1});
    EXPECT_EQ(m_ben.settled.at("e2"), 3u);
    m_room->submitPlain(m_ben, 2, {"e4", {{99, 0, U"!"}}, 3});
    EXPECT_EQ(m_ben.refusals, std::vector{ErrorCode::outOfRange});
}

TEST_F(DocumentRoomTest, APlainEditSentAgainWhileItIsUnderWayIsAnsweredToWhoeverAskedLast) {
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"x"}}, 0}); // handed to the log
    m_room->submitPlain(m_ben, 2, {"e2", {{0, 0, U"y"}}, 0}); // waits
    NotingParticipant again;
    m_room->join(again, {"s-again", "Ben", 2, std::nullopt, false});
    m_room->leave(m_ben);
    m_room->submitPlain(again, 2, {"e1", {{0, 0, U"x"}}, 0});
    m_room->submitPlain(again, 2, {"e2", {{0, 0, U"y"}}, 0});
    m_log.pump();
    EXPECT_EQ(again.ownCommitted, 2);
    EXPECT_EQ(m_room->replica().text(), "xy");
    m_room->leave(again);
}

TEST_F(DocumentRoomTest, ALateFrameOfTheConnectionBeforeDoesNotTakeThePlainAnswerAway) {
    NotingParticipant again;
    m_room->join(again, {"s-again", "Ben", 2, std::nullopt, false});
    m_room->submitPlain(again, 2, {"e1", {{0, 0, U"x"}}, 0}); // handed to the log
    m_room->submitPlain(again, 2, {"e2", {{0, 0, U"y"}}, 0}); // waits
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"x"}}, 0});
    m_room->submitPlain(m_ben, 2, {"e2", {{0, 0, U"y"}}, 0});
    m_room->leave(m_ben);
    m_log.pump();
    EXPECT_EQ(again.ownCommitted, 2);
    EXPECT_EQ(m_room->replica().text(), "xy");
    m_room->leave(again);
    m_room->join(m_ben, {"s-ben", "Ben", 2, std::nullopt, false});
}

TEST_F(DocumentRoomTest, AnEditForOneVersionOnlyIsRefusedWhenAnotherIsUnderWay) {
    m_room->submit(m_ana, 1, typed(1, {U"ab"})); // handed to the log
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"x"}}, 0, 0});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "ab");
    EXPECT_EQ(m_ben.refusals, std::vector{ErrorCode::conditionFailed});
}

TEST_F(DocumentRoomTest, AnEditForOneVersionOnlyIsRefusedWhenAnotherWaitsBeforeIt) {
    m_room->submit(m_ana, 1, typed(1, {U"ab"})); // handed to the log
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"y"}}, 0});
    m_room->submitPlain(m_ben, 2, {"e2", {{0, 0, U"x"}}, 1, 1}); // 1 is not there yet
    m_log.pump();
    m_room->submitPlain(m_ben, 2, {"e3", {{0, 0, U"z"}}, 2, 2});
    m_room->submitPlain(m_ben, 2, {"e4", {{0, 0, U"w"}}, 2, 2});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "zaby");
    EXPECT_EQ(m_ben.refusals, (std::vector{ErrorCode::conditionFailed, ErrorCode::conditionFailed}));
}

TEST_F(DocumentRoomTest, PlainEditsOfOneVersionThatComeTogetherStandInTheOrderTheyCame) {
    m_room->submit(m_ana, 1, typed(1, {U"ab"}));
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"1"}}, 0});
    m_room->submitPlain(m_ben, 2, {"e2", {{0, 0, U"2"}}, 0});
    m_log.pump();
    EXPECT_EQ(m_room->replica().text(), "ab12");
}

TEST_F(DocumentRoomTest, EditIdsSurviveTheRoom) {
    m_room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"x"}}, 0});
    m_log.pump();
    m_room->leave(m_ana);
    m_room->leave(m_ben);
    m_clock.nowMs += 120'000;
    m_rooms.tick();
    DocumentRoom* room = open();
    room->join(m_ben, {"s", "Ben", 1, std::nullopt, false});
    ASSERT_TRUE(room->bind(2, "hash-2", "Ben").ok());
    bool read = false;
    room->readEditIds(2, [&read](const Result<void>& done) { read = done.ok(); });
    m_log.pump();
    ASSERT_TRUE(read);
    room->submitPlain(m_ben, 2, {"e1", {{0, 0, U"x"}}, 1});
    m_log.pump();
    EXPECT_EQ(room->replica().text(), "x");
    EXPECT_EQ(m_ben.settled.at("e1"), 1u);
}

TEST_F(DocumentRoomTest, WhoLeavesIsToldOfNothingAndItsEditsStay) {
    m_room->submit(m_ana, 1, typed(1, {U"bye"}));
    m_room->leave(m_ana);
    m_log.pump();
    EXPECT_TRUE(m_ana.versions.empty());
    EXPECT_EQ(m_ben.versions.size(), 1u);
    EXPECT_EQ(m_ben.left, std::vector<std::string>{"s-ana"});
}

TEST_F(DocumentRoomTest, SelectionsAreToldToOthersAndPeopleGoIdle) {
    m_room->submit(m_ana, 1, typed(1, {U"hi"}));
    m_log.pump();
    const Anchor anchor = m_room->replica().anchorAt(1);
    m_room->setSelection(m_ana, Selection{anchor, anchor});
    ASSERT_EQ(m_ben.moved.size(), 1u);
    EXPECT_EQ(m_ben.moved[0].selection, (Selection{anchor, anchor}));
    EXPECT_TRUE(m_ana.moved.empty());
    const Anchor unknown{{99, 1}, Side::left};
    m_room->setSelection(m_ana, Selection{unknown, unknown});
    EXPECT_EQ(m_ben.moved.size(), 1u);
    m_clock.nowMs += 1'000;
    m_room->setSelection(m_ana, Selection{anchor, anchor});
    ASSERT_EQ(m_ben.moved.size(), 2u);
    m_clock.nowMs += 61'000;
    m_rooms.tick();
    ASSERT_EQ(m_ben.moved.size(), 3u);
    EXPECT_TRUE(m_ben.moved[2].idle);
}

TEST_F(DocumentRoomTest, ACaretBesideTextThatIsNotCommittedYetIsToldWithIt) {
    m_room->submit(m_ana, 1, typed(1, {U"hi"}));
    const Anchor behind{{1, 2}, Side::right};
    m_room->setSelection(m_ana, Selection{behind, behind});
    EXPECT_TRUE(m_ben.moved.empty());
    m_log.pump();
    ASSERT_EQ(m_ben.moved.size(), 1u);
    EXPECT_EQ(m_ben.moved[0].selection, (Selection{behind, behind}));
}

TEST_F(DocumentRoomTest, AnEmptyRoomIsLetGoAndLoadedAgainFromTheLog) {
    m_room->submit(m_ana, 1, typed(1, {U"one ", U"two"}));
    m_log.pump();
    m_room->leave(m_ana);
    m_room->leave(m_ben);
    m_rooms.tick();
    EXPECT_EQ(m_rooms.openCount(), 1u);
    m_clock.nowMs += 120'000;
    m_rooms.tick();
    EXPECT_EQ(m_rooms.openCount(), 0u);
    DocumentRoom* again = open();
    EXPECT_EQ(again->replica().text(), "one two");
    EXPECT_EQ(again->head(), 2u);
}

TEST_F(DocumentRoomTest, AnUnknownDocumentHasNoRoom) {
    std::optional<ErrorCode> code;
    m_rooms.open("no-such-document", [&code](Result<DocumentRoom*> room) { code = room.error().code; });
    m_log.pump();
    EXPECT_EQ(code, ErrorCode::notFound);
}

TEST_F(DocumentRoomTest, WhoCameBackIsAnsweredThoughFramesOfTheConnectionBeforeComeBehind) {
    NotingParticipant back;
    const auto changes = typed(1, {U"a"});
    m_room->submit(m_ana, 1, changes);
    m_room->join(back, {"s-back", "Ana", 1, std::nullopt, false});
    m_room->submit(back, 1, changes);
    m_room->submit(m_ana, 1, changes);
    m_room->leave(m_ana);
    m_log.pump();
    EXPECT_EQ(back.ownCommitted, 1);
}

} // namespace tandem
