#include "rooms/edit_history.h"

#include "base/random.h"
#include "protocol/limits.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem {

TEST(EditHistoryTest, AnIndexMovesWithInsertionsAndDeletionsBeforeIt) {
    EditHistory history(10);
    history.add({{2, 0, U"xyz", 2, 0}});
    history.add({{0, 1, U"", 0, 1}});
    EXPECT_EQ(history.carry(5, 0, 10)->index, 7u);
    EXPECT_EQ(history.carry(1, 0, 10)->index, 0u);
    EXPECT_EQ(history.carry(5, 0, 11)->index, 4u);
    EXPECT_EQ(history.carry(5, 0, 12)->index, 5u);
}

TEST(EditHistoryTest, WhatOthersInsertAtTheIndexComesFirst) {
    EditHistory history(0);
    history.add({{4, 0, U"ab", 4, 0}});
    EXPECT_EQ(history.carry(4, 0, 0)->index, 6u);
}

TEST(EditHistoryTest, WhatOthersInsertIntoADeletedRangeStays) {
    EditHistory history(0);
    history.add({{3, 0, U"new", 3, 0}});
    const auto edit = history.carry(1, 5, 0);
    EXPECT_EQ(edit->deleted, (std::vector<IndexRange>{{1, 2}, {6, 3}}));
}

TEST(EditHistoryTest, WhatIsDeletedAlreadyIsNotDeletedAgain) {
    EditHistory history(0);
    history.add({{2, 4, U"", 2, 4}});
    EXPECT_EQ(history.carry(1, 3, 0)->deleted, (std::vector<IndexRange>{{1, 1}}));
    EXPECT_TRUE(history.carry(3, 2, 0)->deleted.empty());
}

TEST(EditHistoryTest, RefusesVersionsThatAreNotKeptOrNotThereYet) {
    EditHistory history(5);
    EXPECT_EQ(history.carry(0, 0, 4).error().code, ErrorCode::versionTooOld);
    EXPECT_EQ(history.carry(0, 0, 6).error().code, ErrorCode::invalidArgument);
    for (std::size_t i = 0; i <= limits::editHistoryVersions; ++i)
        history.add({});
    EXPECT_EQ(history.carry(0, 0, 5).error().code, ErrorCode::versionTooOld);
    EXPECT_TRUE(history.carry(0, 0, 6).ok());
}

// The model marks the characters that an edit of an old version means, and looks where they are afterwards.
TEST(EditHistoryTest, CarriedRangesAreTheCharactersThatWereMeant) {
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        SeededRandom random(seed);
        std::vector<int> text(20);
        for (std::size_t i = 0; i < text.size(); ++i)
            text[i] = static_cast<int>(i);
        const std::size_t index = random.below(21);
        const std::size_t length = random.below(21 - index);
        EditHistory history(0);
        for (int step = 0; step < 6; ++step) {
            TextEdit edit;
            edit.index = random.below(text.size() + 1);
            edit.deleted = random.below(std::min<std::size_t>(text.size() - edit.index, 4) + 1);
            edit.inserted = std::u32string(random.below(4), U'x');
            const auto at = text.begin() + static_cast<std::ptrdiff_t>(edit.index);
            text.erase(at, at + static_cast<std::ptrdiff_t>(edit.deleted));
            text.insert(text.begin() + static_cast<std::ptrdiff_t>(edit.index), edit.inserted.size(), -1);
            history.add({edit});
        }
        std::vector<std::size_t> expected;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] >= static_cast<int>(index) && text[i] < static_cast<int>(index + length))
                expected.push_back(i);
        }
        std::vector<std::size_t> carried;
        const auto edit = history.carry(index, length, 0);
        ASSERT_TRUE(edit.ok());
        for (const IndexRange& range : edit->deleted) {
            for (std::size_t i = 0; i < range.length; ++i)
                carried.push_back(range.index + i);
        }
        ASSERT_EQ(carried, expected) << "seed " << seed;
    }
}

} // namespace tandem
