#include "crdt/replica.h"

#include "base/random.h"
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

Change edit(Replica& replica, ReplicaId author, std::size_t index, std::size_t deleted,
            std::u32string inserted) {
    const Splice splice{index, deleted, std::move(inserted)};
    auto change = replica.edit(author, std::span(&splice, 1));
    EXPECT_TRUE(change.ok());
    return *change;
}

} // namespace

TEST(ReplicaTest, ANewReplicaIsEmpty) {
    const Replica replica;
    EXPECT_EQ(replica.text(), "");
    EXPECT_EQ(replica.length(), 0u);
    EXPECT_TRUE(replica.version().entries().empty());
    replica.checkInvariants();
}

TEST(ReplicaTest, EditsAreInTheTextAtOnce) {
    Replica replica;
    edit(replica, 1, 0, 0, U"hello");
    edit(replica, 1, 5, 0, U" world");
    edit(replica, 1, 0, 1, U"J");
    edit(replica, 1, 5, 6, U"");
    EXPECT_EQ(replica.text(), "Jello");
    EXPECT_EQ(replica.version().highest(1), 14u);
    replica.checkInvariants();
}

TEST(ReplicaTest, SplicesOfOneChangeCountInTheTextAfterTheOneBefore) {
    Replica replica;
    edit(replica, 1, 0, 0, U"one two");
    const Splice splices[] = {{0, 3, U"1"}, {2, 3, U"2"}};
    const auto change = replica.edit(1, splices);
    ASSERT_TRUE(change.ok());
    EXPECT_EQ(replica.text(), "1 2");
    EXPECT_EQ(change->ops.size(), 4u);
}

TEST(ReplicaTest, TypingOnMakesOneBlock) {
    Replica replica;
    for (std::size_t i = 0; i < 100; ++i)
        edit(replica, 1, i, 0, U"x");
    EXPECT_LE(replica.blockCount(), 1u + 100u / 3 + 1);
    EXPECT_EQ(replica.length(), 100u);
}

TEST(ReplicaTest, AnEditBeyondTheTextIsRefusedAndChangesNothing) {
    Replica replica;
    edit(replica, 1, 0, 0, U"abc");
    const Splice beyond{4, 0, U"x"};
    const Splice tooLong{2, 2, U""};
    const Splice surrogate{0, 0, std::u32string(1, char32_t(0xD800))};
    const Splice second[] = {{0, 0, U"ok"}, {9, 0, U"x"}};
    EXPECT_EQ(replica.edit(1, std::span(&beyond, 1)).error().code, ErrorCode::outOfRange);
    EXPECT_EQ(replica.edit(1, std::span(&tooLong, 1)).error().code, ErrorCode::outOfRange);
    EXPECT_EQ(replica.edit(1, std::span(&surrogate, 1)).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(replica.edit(1, second).error().code, ErrorCode::outOfRange);
    EXPECT_EQ(replica.text(), "abc");
    EXPECT_EQ(replica.version().highest(1), 3u);
}

TEST(ReplicaTest, AChangeTakesEffectOnce) {
    Replica a;
    Replica b;
    const Change change = edit(a, 1, 0, 0, U"hi");
    EXPECT_EQ(*b.apply(change), Replica::Effect::applied);
    EXPECT_EQ(*b.apply(change), Replica::Effect::duplicate);
    EXPECT_EQ(b.text(), "hi");
}

TEST(ReplicaTest, AChangeThatCannotBeAppliedIsRefusedAndNothingHappens) {
    Replica a;
    Replica b;
    edit(a, 1, 0, 0, U"abc");
    const Change second = edit(a, 1, 3, 0, U"def");
    EXPECT_EQ(b.apply(second).error().code, ErrorCode::counterGap);

    const Change unknownParent{2, 1, {InsertOp{{9, 1}, Side::right, U"x"}}};
    const Change ownFuture{2, 1, {InsertOp{{2, 5}, Side::right, U"x"}}};
    const Change unknownRange{2, 1, {InsertOp{OpId::root(), Side::right, U"xy"}, DeleteOp{{{{2, 1}, 3}}}}};
    const Change leftOfRoot{2, 1, {InsertOp{OpId::root(), Side::left, U"x"}}};
    const Change empty{2, 1, {}};
    EXPECT_EQ(b.apply(unknownParent).error().code, ErrorCode::unknownReference);
    EXPECT_EQ(b.apply(ownFuture).error().code, ErrorCode::unknownReference);
    EXPECT_EQ(b.apply(unknownRange).error().code, ErrorCode::unknownReference);
    EXPECT_EQ(b.apply(leftOfRoot).error().code, ErrorCode::malformed);
    EXPECT_EQ(b.apply(empty).error().code, ErrorCode::malformed);
    EXPECT_EQ(b.text(), "");
    EXPECT_TRUE(b.version().entries().empty());

    const Change overlapping{1, 2, {InsertOp{OpId::root(), Side::right, U"xyzxyz"}}};
    EXPECT_EQ(a.apply(overlapping).error().code, ErrorCode::replicaConflict);
}

TEST(ReplicaTest, ACounterOfADeleteIsNoElement) {
    Replica replica;
    edit(replica, 1, 0, 0, U"ab");
    edit(replica, 1, 0, 1, U"");
    EXPECT_TRUE(replica.hasElement({1, 1}));
    EXPECT_FALSE(replica.hasElement({1, 3}));
    const Change onDelete{2, 1, {InsertOp{{1, 3}, Side::right, U"x"}}};
    EXPECT_EQ(replica.apply(onDelete).error().code, ErrorCode::unknownReference);
}

TEST(ReplicaTest, AChangeMayDeleteWhatItInserts) {
    Replica replica;
    const Change change{2, 1, {InsertOp{OpId::root(), Side::right, U"xyz"}, DeleteOp{{{{2, 2}, 1}}}}};
    TextEdits edits;
    ASSERT_TRUE(replica.apply(change, &edits).ok());
    EXPECT_EQ(replica.text(), "xz");
    replica.checkInvariants();
}

TEST(ReplicaTest, PrepareMakesTheSameChangeAsEditAndAppliesNothing) {
    Replica replica;
    edit(replica, 1, 0, 0, U"abcdef");
    const IndexRange range{2, 2};
    const auto prepared = replica.prepare(2, std::span(&range, 1), 2, U"XY");
    ASSERT_TRUE(prepared.ok());
    EXPECT_EQ(replica.text(), "abcdef");
    EXPECT_EQ(*prepared, edit(replica, 2, 2, 2, U"XY"));
    EXPECT_EQ(replica.text(), "abXYef");
}

TEST(ReplicaTest, EditsTellIndexesInCodePointsAndInUtf16) {
    Replica a;
    Replica b;
    TextEdits edits;
    ASSERT_TRUE(b.apply(edit(a, 1, 0, 0, U"😀é😀"), &edits).ok());
    ASSERT_TRUE(b.apply(edit(a, 1, 2, 1, U"x"), &edits).ok());
    ASSERT_EQ(edits.size(), 2u);
    EXPECT_EQ(edits[0], (TextEdit{0, 0, U"😀é😀", 0, 0}));
    EXPECT_EQ(edits[1], (TextEdit{2, 1, U"x", 3, 2}));
}

TEST(ReplicaTest, OffsetsConvertBetweenCodePointsAndUtf16) {
    Replica replica;
    edit(replica, 1, 0, 0, U"a😀b😀😀c");
    edit(replica, 2, 3, 0, U"éé");
    const std::u32string text = replica.codePoints();
    std::size_t utf16 = 0;
    for (std::size_t index = 0; index < text.size(); ++index) {
        EXPECT_EQ(replica.utf16OfIndex(index), utf16);
        for (unsigned unit = 0; unit < utf16Length(text[index]); ++unit)
            EXPECT_EQ(replica.indexOfUtf16(utf16 + unit), index);
        utf16 += utf16Length(text[index]);
    }
    EXPECT_EQ(replica.utf16OfIndex(text.size()), utf16);
    EXPECT_EQ(replica.indexOfUtf16(utf16), text.size());
    EXPECT_EQ(replica.utf16Length(), utf16);
}

TEST(ReplicaTest, AnyScalarValueSurvives) {
    Replica replica;
    const std::u32string text{U'\0',     U'\r',     U'\n',         U'\u2028', U'\u2029',
                              U'\u00A0', U'\uFDD0', U'\U0010FFFF', U'\u202E'};
    edit(replica, 1, 0, 0, text);
    EXPECT_EQ(replica.text(), toUtf8(text));
    EXPECT_EQ(replica.slice(2, 3), text.substr(2, 3));
}

TEST(ReplicaTest, DeletedRunsAreJoinedAgain) {
    Replica replica;
    edit(replica, 1, 0, 0, std::u32string(60, U'x'));
    for (std::size_t i = 60; i-- > 0;)
        edit(replica, 2, i, 1, U"");
    EXPECT_EQ(replica.length(), 0u);
    EXPECT_EQ(replica.blockCount(), 2u);
    replica.checkInvariants();
}

TEST(ReplicaTest, ALargePasteIsEditedInTheMiddle) {
    Replica replica;
    edit(replica, 1, 0, 0, std::u32string(300'000, U'x'));
    edit(replica, 1, 150'000, 0, U"here");
    edit(replica, 2, 10, 299'000, U"");
    EXPECT_EQ(replica.length(), 1004u);
    replica.checkInvariants();
}

} // namespace tandem
