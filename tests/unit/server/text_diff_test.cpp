#include "crdt/text_diff.h"
#include "rooms/change_cutting.h"

#include "protocol/limits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace tandem {

namespace {

std::u32string applied(std::u32string text, const std::vector<Splice>& splices) {
    for (auto splice = splices.rbegin(); splice != splices.rend(); ++splice)
        text.replace(splice->index, splice->deleted, splice->inserted);
    return text;
}

std::u32string appliedInTurn(std::u32string text, const std::vector<Splice>& edits) {
    for (const Splice& edit : edits)
        text.replace(edit.index, edit.deleted, edit.inserted);
    return text;
}

bool areApart(const std::vector<Splice>& splices) {
    for (std::size_t i = 0; i + 1 < splices.size(); ++i) {
        if (splices[i].index + splices[i].deleted >= splices[i + 1].index)
            return false;
    }
    return true;
}

std::size_t editCount(const std::vector<Splice>& splices) {
    std::size_t count = 0;
    for (const Splice& splice : splices)
        count += splice.deleted + splice.inserted.size();
    return count;
}

// The longest common subsequence, by the table.
std::size_t fewestEdits(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<std::size_t>> common(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j)
            common[i][j] = a[i - 1] == b[j - 1] ? common[i - 1][j - 1] + 1
                                                : std::max(common[i - 1][j], common[i][j - 1]);
    }
    return a.size() + b.size() - 2 * common[a.size()][b.size()];
}

rc::Gen<std::u32string> texts() {
    return rc::gen::container<std::u32string>(rc::gen::element(U'a', U'b', U'c', U'\n'));
}

} // namespace

RC_GTEST_PROP(TextDiff, MakesOneTextOfTheOtherWithTheFewestEdits, ()) {
    const std::u32string before = *texts();
    const std::u32string after = *texts();
    const auto splices = splicesBetween(before, after);
    RC_ASSERT(applied(before, splices) == after);
    RC_ASSERT(areApart(splices));
    RC_ASSERT(editCount(splices) == fewestEdits(before, after));
}

RC_GTEST_PROP(TextDiff, ASequenceOfEditsDoesTheSameAtOnce, ()) {
    const std::u32string before = *texts();
    std::u32string text = before;
    std::vector<Splice> edits;
    const int count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
        const auto index = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
        const auto deleted = *rc::gen::inRange<std::size_t>(0, text.size() - index + 1);
        edits.push_back({index, deleted, *texts()});
        text = appliedInTurn(text, {edits.back()});
    }
    const auto splices = splicesOfSequence(before.size(), edits);
    RC_ASSERT(splices.ok());
    RC_ASSERT(areApart(*splices));
    RC_ASSERT(applied(before, *splices) == text);
}

TEST(TextDiff, TextsThatDifferInVeryMuchAreStillMadeOfEachOtherAndKeepEqualLines) {
    std::u32string before;
    std::u32string after;
    for (char32_t line = 0; line < 2'400; ++line) {
        before += std::u32string(3, U'Ā' + line) + U"\n";
        after += (line % 3 == 0 ? std::u32string(3, U'Ā' + line) : std::u32string(4, U'𐀀' + line)) + U"\n";
    }
    const auto splices = splicesBetween(before, after);
    EXPECT_EQ(applied(before, splices), after);
    EXPECT_LE(editCount(splices), 1'600u * 7);
}

TEST(TextDiff, LargeTextsWithNothingInCommonAreReplaced) {
    const std::u32string before(3'000'000, U'a');
    const std::u32string after(2'000'000, U'b');
    const auto splices = splicesBetween(before, after);
    EXPECT_EQ(applied(before, splices), after);
}

TEST(TextDiff, AnEditBeyondTheTextIsRefused) {
    EXPECT_EQ(splicesOfSequence(3, {{0, 4, U""}}).error().code, ErrorCode::outOfRange);
    EXPECT_EQ(splicesOfSequence(3, {{4, 0, U"x"}}).error().code, ErrorCode::outOfRange);
    EXPECT_FALSE(splicesOfSequence(3, {{0, 3, U""}, {1, 0, U"x"}}).ok());
    EXPECT_TRUE(splicesOfSequence(3, {{0, 3, U"ab"}, {2, 0, U"x"}}).ok());
}

TEST(ChangeCutting, LongRunsAndManyRangesBecomeChangesThatAreSmallEnoughAndFollowEachOther) {
    Replica replica;
    const Splice text{0, 0, std::u32string(200'000, U'€')};
    Replica author;
    const Change whole = *author.edit(7, {&text, 1});
    DeleteOp deletion;
    for (Counter counter = 1; counter < 40'000; counter += 2)
        deletion.ranges.push_back({{7, counter}, 1});
    const auto changes = cutIntoChanges(7, 1, {whole.ops.front(), deletion});
    ASSERT_GT(changes.size(), 4u);
    for (const Change& change : changes) {
        EXPECT_LE(encodeChange(change).size(), limits::changeBytes);
        const auto effect = replica.apply(change);
        ASSERT_TRUE(effect.ok()) << effect.error().detail;
    }
    EXPECT_EQ(replica.length(), 180'000u);
}

} // namespace tandem
