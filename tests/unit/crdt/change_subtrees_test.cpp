// A large change comes in by whole subtrees: it must do what its ops do one by one.
#include "crdt/replica.h"

#include "base/random.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

constexpr ReplicaId writer = 5;
constexpr ReplicaId other = 7;

// What an author does, as one change.
class LongChange {
public:
    explicit LongChange(ReplicaId author) : m_change{author, 1, {}} {}

    void edit(Replica& replica, std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        LocalEdit made;
        ASSERT_TRUE(replica.edit(m_change.replica, index, deleted, inserted, made).ok());
        if (made.empty())
            return;
        if (m_change.ops.empty())
            m_change.first = made.first.counter;
        const auto change = decodeChange(encodeChange(made));
        ASSERT_TRUE(change.ok());
        m_change.ops.insert(m_change.ops.end(), change->ops.begin(), change->ops.end());
    }
    const Change& change() const { return m_change; }

private:
    Change m_change;
};

std::u32string patched(std::u32string text, const TextEdits& edits) {
    for (const TextEdit& edit : edits)
        text.replace(edit.index, edit.deleted, edit.inserted);
    return text;
}

// The change as bytes, into `replica`, and op by op, into `twin`, which is equal to it.
void expectAlike(Replica& replica, Replica& twin, const Change& change) {
    const std::u32string before = replica.codePoints();
    const std::string bytes = encodeChange(change);
    ASSERT_GE(bytes.size(), 512u) << "too small to be taken by subtrees";
    const auto encoded = splitChange(bytes);
    ASSERT_TRUE(encoded.ok());
    TextEdits edits;
    Counter used = 0;
    const auto applied = replica.apply(*encoded, &edits, &used);
    ASSERT_TRUE(applied.ok()) << applied.error().detail;
    ASSERT_TRUE(twin.apply(change).ok());
    EXPECT_EQ(used, change.counterCount());
    ASSERT_EQ(replica.text(), twin.text());
    ASSERT_EQ(replica.version(), twin.version());
    ASSERT_EQ(replica.encode(), twin.encode());
    ASSERT_EQ(replica.encodeDeletedText(), twin.encodeDeletedText());
    EXPECT_EQ(patched(before, edits), replica.codePoints());
    replica.checkInvariants();
}

char32_t letter(Random& random) {
    return random.below(20) == 0 ? U'\U0001F600' : U'a' + static_cast<char32_t>(random.below(26));
}

// Keys and backspaces, mostly in what was written before; sometimes elsewhere.
void write(Replica& replica, LongChange& change, Random& random, int edits) {
    std::size_t caret = random.below(replica.length() + 1);
    for (int i = 0; i < edits; ++i) {
        caret = std::min(caret, replica.length());
        const std::uint64_t what = random.below(40);
        if (what < 26) {
            std::u32string text(1 + (what == 0 ? random.below(40) : 0), U' ');
            for (char32_t& c : text)
                c = letter(random);
            change.edit(replica, caret, 0, text);
            caret += text.size();
        } else if (what < 34 && caret > 0) {
            const std::size_t count = 1 + random.below(std::min<std::size_t>(caret, what == 33 ? 30 : 1));
            change.edit(replica, caret - count, count, U"");
            caret -= count;
        } else if (what < 39) {
            const std::size_t step = random.below(12);
            caret = random.below(2) == 0 ? caret + step : caret - std::min(caret, step);
        } else if (random.below(8) == 0) {
            caret = random.below(replica.length() + 1);
        }
    }
}

} // namespace

TEST(ChangeSubtrees, DoWhatTheOpsDoOneByOne) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SCOPED_TRACE(seed);
        SeededRandom random(seed);
        Replica author;
        Replica receiver;
        Replica twin;
        // What all know, and what the receivers know alone.
        LongChange common(other);
        if (seed % 3 != 0)
            write(author, common, random, 60);
        if (!common.change().ops.empty()) {
            ASSERT_TRUE(receiver.apply(common.change()).ok());
            ASSERT_TRUE(twin.apply(common.change()).ok());
        }
        LongChange concurrent(other + 2 * (seed % 2)); // below and above the writer, as ids go
        if (seed % 4 == 1) {
            write(receiver, concurrent, random, 60);
            ASSERT_TRUE(twin.apply(concurrent.change()).ok());
        }
        for (int i = 0; i < 3; ++i) {
            LongChange change(writer);
            write(author, change, random, 700);
            ASSERT_NO_FATAL_FAILURE(expectAlike(receiver, twin, change.change()));
        }
    }
}

TEST(ChangeSubtrees, StandAmongOthersSiblings) {
    Replica author;
    LongChange change(writer);
    // The top is neither first nor last of what stands below it.
    for (int i = 0; i < 300; ++i)
        change.edit(author, static_cast<std::size_t>(i) / 2, 0, U"x");
    for (const ReplicaId neighbour : {ReplicaId{2}, ReplicaId{9}}) {
        for (const bool both : {false, true}) {
            Replica receiver;
            Replica twin;
            for (const ReplicaId id : {neighbour, neighbour + 1}) {
                Replica alone;
                LongChange theirs(id);
                theirs.edit(alone, 0, 0, U"theirs");
                theirs.edit(alone, 3, 1, U"!");
                if (id > neighbour && !both)
                    continue;
                ASSERT_TRUE(receiver.apply(theirs.change()).ok());
                ASSERT_TRUE(twin.apply(theirs.change()).ok());
            }
            ASSERT_NO_FATAL_FAILURE(expectAlike(receiver, twin, change.change()));
        }
    }
}

TEST(ChangeSubtrees, TypingGoesOnBehindThem) {
    SeededRandom random(3);
    Replica author;
    Replica receiver;
    Replica twin;
    for (int i = 0; i < 4; ++i) {
        LongChange change(writer);
        write(author, change, random, 500);
        ASSERT_NO_FATAL_FAILURE(expectAlike(receiver, twin, change.change()));
        LongChange key(writer);
        key.edit(author, random.below(author.length() + 1), 0, U"k");
        const std::string bytes = encodeChange(key.change());
        ASSERT_TRUE(receiver.apply(*splitChange(bytes)).ok());
        ASSERT_TRUE(twin.apply(key.change()).ok());
    }
    EXPECT_EQ(receiver.text(), author.text());
}

// Each letter is the left child of the one typed before it: no recursion can follow that.
TEST(ChangeSubtrees, MayBeAsDeepAsTheChangeIsLong) {
    Replica author;
    LongChange change(writer);
    for (int i = 0; i < 20'000; ++i)
        change.edit(author, 0, 0, std::u32string(1, U'a' + static_cast<char32_t>(i % 26)));
    Replica receiver;
    const std::string bytes = encodeChange(change.change());
    ASSERT_TRUE(receiver.apply(*splitChange(bytes)).ok());
    EXPECT_EQ(receiver.text(), author.text());
    receiver.checkInvariants();
}

TEST(ChangeSubtrees, SiblingsWithinAChangeStandInTheOrderOfTheirIds) {
    for (const bool isLeft : {false, true}) {
        Change change{writer, 1, {InsertOp{OpId::root(), Side::right, std::u32string(600, U'a')}}};
        for (Counter i = 0; i < 40; ++i)
            change.ops.emplace_back(
                InsertOp{{writer, 300 + i / 20}, isLeft ? Side::left : Side::right, std::u32string(1, U'b')});
        Replica receiver;
        Replica twin;
        ASSERT_NO_FATAL_FAILURE(expectAlike(receiver, twin, change));
    }
}

TEST(ChangeSubtrees, AnElementBesideTheNextOneOfARunIsItsSibling) {
    Change change{writer, 1, {InsertOp{OpId::root(), Side::right, std::u32string(600, U'a')}}};
    for (Counter i = 0; i < 12; ++i)
        change.ops.emplace_back(InsertOp{{writer, 100 + i}, Side::left, U"b"});
    change.ops.emplace_back(InsertOp{{writer, 300}, Side::right, U"c"});
    Replica receiver;
    Replica twin;
    expectAlike(receiver, twin, change);
}

TEST(ChangeSubtrees, WhatIsDeletedTwiceOrPartlyBeforeIsDeletedOnce) {
    Replica author;
    LongChange before(writer);
    before.edit(author, 0, 0, U"before");
    Replica receiver;
    Replica twin;
    ASSERT_TRUE(receiver.apply(before.change()).ok());
    ASSERT_TRUE(twin.apply(before.change()).ok());
    // It goes on with what was there; ranges begin there and reach into the change.
    Change change{writer, 7, {InsertOp{{writer, 6}, Side::right, std::u32string(600, U'a')}}};
    for (const ElementRange& range :
         {ElementRange{{writer, 3}, 100}, ElementRange{{writer, 5}, 50}, ElementRange{{writer, 90}, 100},
          ElementRange{{writer, 300}, 1}, ElementRange{{writer, 300}, 2}, ElementRange{{writer, 2}, 2}})
        change.ops.emplace_back(DeleteOp{{range}});
    for (Counter i = 0; i < 12; ++i)
        change.ops.emplace_back(InsertOp{{writer, 400 + i}, Side::left, U"b"});
    ASSERT_NO_FATAL_FAILURE(expectAlike(receiver, twin, change));
}

TEST(ChangeSubtrees, WhatIsNotThereIsRefusedAndNothingHasHappened) {
    const InsertOp start{OpId::root(), Side::right, std::u32string(600, U'a')};
    const std::vector<Op> bad{
        InsertOp{{writer, 601}, Side::right, U"b"},
        InsertOp{{other, 1}, Side::left, U"b"},
        DeleteOp{{{{writer, 601}, 1}}},
        DeleteOp{{{{writer, 590}, 12}}},
        DeleteOp{{{{writer, 1}, 1}, {{other, 1}, 1}}},
        DeleteOp{{{{writer, 600}, 2}, {{writer, 1}, 1}}},
    };
    for (std::size_t i = 0; i < bad.size(); ++i) {
        SCOPED_TRACE(i);
        Replica receiver;
        // Counter 601 is a deletion's.
        const Change change{writer, 1, {start, DeleteOp{{{{writer, 4}, 1}}}, bad[i]}};
        const std::string bytes = encodeChange(change);
        const auto applied = receiver.apply(*splitChange(bytes));
        ASSERT_FALSE(applied.ok());
        EXPECT_EQ(applied.error().code, ErrorCode::unknownReference);
        EXPECT_EQ(receiver.validate(change).error().code, ErrorCode::unknownReference);
        EXPECT_EQ(receiver.length(), 0u);
        receiver.checkInvariants();
    }
}

} // namespace tandem
