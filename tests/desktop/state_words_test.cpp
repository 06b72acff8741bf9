#include "connection/state_words.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {
using State = ClientSession::State;

QString wordsOf(const ConnectionStatus& status) {
    return stateWords(status).words;
}
} // namespace

TEST(StateWordsTest, SavedIsSaidOnlyWhenNothingWaits) {
    EXPECT_EQ(wordsOf({.state = State::live}), "Saved");
    EXPECT_EQ(wordsOf({.state = State::live, .unsaved = 3}), "Saving 3");
    for (const State state : {State::offline, State::connecting, State::joining, State::stopped})
        EXPECT_FALSE(wordsOf({.state = state}).contains("Saved"));
}

TEST(StateWordsTest, EditsMadeOfflineAreCounted) {
    EXPECT_EQ(wordsOf({.state = State::offline}), "Offline");
    EXPECT_EQ(wordsOf({.state = State::offline, .unsaved = 1}), "Offline, 1 edit kept on this computer");
    EXPECT_EQ(wordsOf({.state = State::offline, .unsaved = 12}), "Offline, 12 edits kept on this computer");
    EXPECT_EQ(wordsOf({.state = State::connecting, .unsaved = 2}),
              "Connecting · 2 edits kept on this computer");
}

TEST(StateWordsTest, TheNextAttemptIsAnnouncedInWholeSeconds) {
    EXPECT_EQ(wordsOf({.state = State::offline, .retryInMs = 3'001}), "Offline · Reconnecting in 4 s");
    EXPECT_EQ(wordsOf({.state = State::offline, .unsaved = 2, .retryInMs = 0}),
              "Offline, 2 edits kept on this computer · Reconnecting in 1 s");
}

TEST(StateWordsTest, TryingNowIsOfferedOnlyWhereItHelps) {
    EXPECT_EQ(stateWords({.state = State::offline}).retry, StateWords::Retry::offered);
    EXPECT_EQ(stateWords({.state = State::stopped}).retry, StateWords::Retry::offered);
    for (const State state : {State::live, State::connecting, State::joining})
        EXPECT_EQ(stateWords({.state = state}).retry, StateWords::Retry::none);
}

TEST(StateWordsTest, AProblemIsPassedOn) {
    const StateWords words = stateWords({.state = State::stopped, .problem = "There is no such document."});
    EXPECT_EQ(words.problem, "There is no such document.");
    EXPECT_EQ(words.tone, theme::Tone::bad);
}

TEST(StateWordsTest, EditsThatTheServerRefusesAreNotCalledBeingSaved) {
    const StateWords words =
        stateWords({.state = State::live, .unsaved = 3, .problem = "The server cannot take edits now."});
    EXPECT_EQ(words.words, "Not saved yet · 3 edits kept on this computer");
    EXPECT_EQ(words.tone, theme::Tone::warning);
}

TEST(StateWordsTest, WhenSharingHasEndedNothingIsTriedAndNothingIsMissing) {
    const StateWords words =
        stateWords({.state = State::offline, .unsaved = 2, .retryInMs = 3'000, .hasSharingEnded = true});
    EXPECT_EQ(words.words, "Sharing has ended · Kept on this computer");
    EXPECT_EQ(words.tone, theme::Tone::good);
    EXPECT_EQ(words.retry, StateWords::Retry::none);
    EXPECT_EQ(wordsOf({.kept = ConnectionStatus::Kept::inMemory, .hasSharingEnded = true}),
              "Sharing has ended · Only in this window");
}

TEST(StateWordsTest, WhatNoDiskKeepsIsNotSaidToBeKept) {
    using Kept = ConnectionStatus::Kept;
    EXPECT_EQ(wordsOf({.state = State::offline, .unsaved = 1, .kept = Kept::inMemory}),
              "Offline, 1 edit only in this window");
    EXPECT_EQ(wordsOf({.state = State::offline, .unsaved = 12, .kept = Kept::inMemory}),
              "Offline, 12 edits only in this window");
}

TEST(StateWordsTest, ADocumentWithoutAServerIsOnThisComputer) {
    EXPECT_EQ(wordsOf({.unsaved = 12, .isLocalOnly = true}), "Kept on this computer");
    EXPECT_EQ(wordsOf({.unsaved = 12, .kept = ConnectionStatus::Kept::inMemory, .isLocalOnly = true}),
              "Only in this window");
}

TEST(StateWordsTest, AReaderIsToldSo) {
    EXPECT_EQ(wordsOf({.state = State::live, .mayEdit = false}), "Up to date, for reading only");
}

} // namespace tandem
