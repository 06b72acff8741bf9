// A key where the last one was takes a short way, which must group and keep just what the long one does: a
// twin has the same edits recorded without a word of that.
#include "crdt/undo_history.h"

#include "base/random.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

constexpr ReplicaId own = 1;
constexpr ReplicaId other = 2;
constexpr std::size_t anyLength = 1'000;

struct Site {
    Replica replica;
    UndoHistory history;
};

// The same edits, recorded in both ways.
class Twins {
public:
    void edit(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        LocalEdit made;
        ASSERT_TRUE(shortWay.replica.edit(own, index, deleted, inserted, made).ok());
        shortWay.history.record(shortWay.replica, made, {nowMs});
        ASSERT_TRUE(longWay.replica.edit(own, index, deleted, inserted, made).ok());
        made.key = LocalEdit::Key::other;
        made.countersBefore += 1'000'000; // it does not follow the last edit
        longWay.history.record(longWay.replica, made, {nowMs});
        caret = index + inserted.size();
    }
    void othersEdit(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        const Splice splice{index, deleted, std::u32string(inserted)};
        auto copy = Replica::decode(longWay.replica.encode());
        const auto change = copy->edit(other, std::span(&splice, 1));
        ASSERT_TRUE(change.ok());
        ASSERT_TRUE(shortWay.replica.apply(*change).ok());
        ASSERT_TRUE(longWay.replica.apply(*change).ok());
    }
    // New objects with the same documents, as after a snapshot from the server.
    void reload() {
        const std::string bytes = longWay.replica.encode();
        for (Site* site : {&shortWay, &longWay}) {
            auto loaded = Replica::decode(bytes);
            ASSERT_TRUE(loaded.ok());
            loaded->replaces(site->replica);
            site->replica = std::move(*loaded);
        }
    }
    // All the way back and forth, step by step.
    void expectAlike() {
        for (const bool back : {true, false, true}) {
            for (bool more = true; more;) {
                const auto play = [back](Site& site) {
                    return back ? site.history.undo(site.replica, own, anyLength)
                                : site.history.redo(site.replica, own, anyLength);
                };
                const UndoHistory::Undone one = play(shortWay);
                const UndoHistory::Undone two = play(longWay);
                ASSERT_EQ(one.changes, two.changes);
                ASSERT_EQ(one.selection, two.selection);
                ASSERT_EQ(shortWay.replica.codePoints(), longWay.replica.codePoints());
                more = !one.changes.empty();
            }
        }
    }

    Site shortWay;
    Site longWay;
    std::int64_t nowMs = 10'000;
    std::size_t caret = 0;
};

} // namespace

TEST(UndoHistoryShortWay, DoesWhatTheLongOneDoes) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        SCOPED_TRACE(seed);
        SeededRandom random(seed);
        Twins twins;
        for (int i = 0; i < 120; ++i) {
            const std::size_t length = twins.longWay.replica.length();
            twins.caret = std::min(twins.caret, length);
            twins.nowMs += random.below(30) == 0 ? UndoHistory::pauseMs : 50;
            const std::uint64_t what = random.below(24);
            if (what < 10) {
                const char32_t key = U"ab c\n"[random.below(5)];
                twins.edit(twins.caret, 0, std::u32string_view(&key, 1));
            } else if (what < 16 && twins.caret > 0) { // backspace
                twins.edit(twins.caret - 1, 1, U"");
            } else if (what < 18 && twins.caret < length) { // the other way
                twins.edit(twins.caret, 1, U"");
            } else if (what < 19) {
                twins.caret = random.below(length + 1);
            } else if (what < 20 && twins.caret < length) {
                twins.edit(twins.caret, 1 + random.below(std::min<std::size_t>(4, length - twins.caret)),
                           U"xy");
            } else if (what < 21) {
                twins.edit(twins.caret, 0, U"word");
            } else if (what < 22) {
                twins.othersEdit(random.below(length + 1), 0, U"OO");
            } else if (what < 23 && length > 0) {
                twins.othersEdit(random.below(length), 1, U"");
            } else if (random.below(3) == 0) {
                twins.reload();
            }
        }
        ASSERT_NO_FATAL_FAILURE(twins.expectAlike());
    }
}

// The letters' counters follow one another, and the letters stand apart.
TEST(UndoHistoryShortWay, ABackspaceElsewhereBeginsAGroup) {
    Twins twins;
    twins.edit(0, 0, U"0123456789");
    twins.edit(10, 0, U"a");
    twins.edit(2, 0, U"b");
    twins.edit(2, 1, U"");
    twins.edit(10, 1, U"");
    static_cast<void>(twins.shortWay.history.undo(twins.shortWay.replica, own, anyLength));
    EXPECT_EQ(twins.shortWay.replica.codePoints(), U"0123456789a");
}

TEST(UndoHistoryShortWay, DeleteKeysInARowAreOneGroup) {
    Twins twins;
    twins.edit(0, 0, U"0123456789");
    for (int i = 0; i < 4; ++i)
        twins.edit(3, 1, U"");
    ASSERT_EQ(twins.shortWay.replica.codePoints(), U"012789");
    static_cast<void>(twins.shortWay.history.undo(twins.shortWay.replica, own, anyLength));
    EXPECT_EQ(twins.shortWay.replica.codePoints(), U"0123456789");
}

// Others' text has come with a copy of the whole: the same index is another place.
TEST(UndoHistoryShortWay, AKeyAtTheOldIndexOfAnotherCopyBeginsAGroup) {
    Twins twins;
    twins.edit(0, 0, U"a");
    twins.edit(1, 0, U"b");
    twins.reload();
    twins.othersEdit(0, 0, U"xyz");
    twins.edit(2, 0, U"c");
    static_cast<void>(twins.shortWay.history.undo(twins.shortWay.replica, own, anyLength));
    EXPECT_EQ(twins.shortWay.replica.codePoints(), U"xyzab");
}

} // namespace tandem
