// What members of a room are told of each other: carets, names, who comes and goes, and how often.
#include "bus/local_bus.h"
#include "manual_clock.h"
#include "noting_participant.h"
#include "protocol/limits.h"
#include "rooms/members.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class PresenceTest : public testing::Test {
protected:
    void SetUp() override {
        const Splice splice{0, 0, std::u32string(100, U'x')};
        ASSERT_TRUE(m_replica.edit(1, std::span(&splice, 1)).ok());
        m_members.join(m_ana, {"s-ana", "Ana", 1, std::nullopt, false});
        m_members.join(m_ben, {"s-ben", "Ben", 2, std::nullopt, false});
    }
    Selection caretAt(std::size_t index) const {
        return {m_replica.anchorAt(index), m_replica.anchorAt(index)};
    }
    void move(Participant& participant, std::size_t index) {
        m_members.setSelection(participant, caretAt(index));
    }

    ManualClock m_clock;
    Replica m_replica;
    LocalBus m_bus;
    Members m_members{m_clock, m_replica, m_bus, "presence/document/epoch"};
    NotingParticipant m_ana;
    NotingParticipant m_ben;
};

} // namespace

TEST_F(PresenceTest, WhoeverMovesAllTheTimeIsToldTwentyTimesASecondAndTheLastPlaceAlways) {
    for (int ms = 0; ms < 1'000; ms += 10) {
        move(m_ana, static_cast<std::size_t>(ms / 10));
        m_clock.nowMs += 10;
        m_members.tellHeldBack();
    }
    EXPECT_EQ(m_ben.moved.size(), 21u) << "the first one, and one in each interval";
    m_clock.nowMs += limits::cursorIntervalMs;
    m_members.tellHeldBack();
    EXPECT_EQ(m_ben.moved.back().selection, caretAt(99));
    const std::size_t told = m_ben.moved.size();
    m_clock.nowMs += 1'000;
    m_members.tellHeldBack();
    EXPECT_EQ(m_ben.moved.size(), told) << "nothing is new";
    EXPECT_TRUE(m_ana.moved.empty());
}

TEST_F(PresenceTest, OneMoveAfterAPauseIsToldAtOnce) {
    move(m_ana, 1);
    m_clock.nowMs += limits::cursorIntervalMs;
    move(m_ana, 2);
    EXPECT_EQ(m_ben.moved.size(), 2u);
}

TEST_F(PresenceTest, EachMemberHasAnIntervalOfItsOwn) {
    NotingParticipant cleo;
    m_members.join(cleo, {"s-cleo", "Cleo", 3, std::nullopt, false});
    move(m_ana, 1);
    move(m_ben, 2);
    EXPECT_EQ(cleo.moved.size(), 2u);
}

TEST_F(PresenceTest, OtherNamesCountLikeMoves) {
    for (int i = 0; i < 50; ++i)
        m_members.rename(m_ana, "Ana " + std::to_string(i), i % limits::colors);
    EXPECT_EQ(m_ben.moved.size(), 1u);
    m_clock.nowMs += limits::cursorIntervalMs;
    m_members.tellHeldBack();
    ASSERT_EQ(m_ben.moved.size(), 2u);
    EXPECT_EQ(m_ben.moved.back().name, "Ana 49");
    EXPECT_EQ(m_ben.moved.back().color, 49 % limits::colors);
}

TEST_F(PresenceTest, WhoeverHasLeftIsNotToldOfAnyMore) {
    move(m_ana, 1);
    move(m_ana, 2);
    m_members.leave(m_ana);
    m_clock.nowMs += limits::cursorIntervalMs;
    m_members.tellHeldBack();
    EXPECT_EQ(m_ben.moved.size(), 1u);
    EXPECT_EQ(m_ben.left, std::vector<std::string>{"s-ana"});
}

TEST_F(PresenceTest, WhoeverJoinsSeesTheNewestPlacesThoughTheyAreHeldBackForOthers) {
    move(m_ana, 1);
    move(m_ana, 2);
    NotingParticipant cleo;
    m_members.join(cleo, {"s-cleo", "Cleo", 3, std::nullopt, false});
    EXPECT_EQ(m_ben.joined, std::vector<std::string>{"Cleo"});
    const auto others = m_members.othersThan(cleo);
    ASSERT_EQ(others.size(), 2u);
    EXPECT_EQ(others[0].selection, caretAt(2));
    EXPECT_EQ(others[1].selection, std::nullopt);
}

TEST_F(PresenceTest, ASelectionIsTakenAwayLikeAMove) {
    m_members.setSelection(m_ana, Selection{m_replica.anchorAt(3), m_replica.anchorAt(7)});
    EXPECT_EQ(m_ben.moved.back().selection, (Selection{m_replica.anchorAt(3), m_replica.anchorAt(7)}));
    m_members.setSelection(m_ana, std::nullopt);
    m_clock.nowMs += limits::cursorIntervalMs;
    m_members.tellHeldBack();
    EXPECT_EQ(m_ben.moved.back().selection, std::nullopt);
}

TEST_F(PresenceTest, PeopleGoIdleAndComeBack) {
    move(m_ana, 1);
    m_clock.nowMs += 59'999;
    m_members.touch(m_ben);
    m_members.tick();
    EXPECT_EQ(m_ben.moved.size(), 1u);
    m_clock.nowMs += 1;
    m_members.tick();
    ASSERT_EQ(m_ben.moved.size(), 2u);
    EXPECT_TRUE(m_ben.moved.back().idle);
    EXPECT_EQ(m_ben.moved.back().selection, caretAt(1)) << "the caret stays";
    m_clock.nowMs += 1'000;
    m_members.touch(m_ana); // types
    m_members.tick();
    ASSERT_EQ(m_ben.moved.size(), 3u);
    EXPECT_FALSE(m_ben.moved.back().idle);
}

} // namespace tandem
