// What must hold of undo whatever people do. Each character tells who wrote it.
#include "undo_writer.h"

#include "base/random.h"

#include <rapidcheck.h>

#include <algorithm>

namespace tandem {

namespace {

void editAtRandom(Writer& writer, Random& random, char32_t first) {
    const std::size_t length = writer.replica.length();
    const std::size_t index = random.below(length + 1);
    const std::size_t deleted =
        random.below(3) == 0 ? random.below(std::min<std::size_t>(length - index, 5) + 1) : 0;
    std::u32string text;
    for (std::size_t left = random.below(4); left > 0; --left)
        text += first + static_cast<char32_t>(random.below(26));
    writer.nowMs += static_cast<std::int64_t>(random.below(1'500));
    writer.edit(index, deleted, text,
                random.below(2) == 0 ? UndoHistory::Kind::typing : UndoHistory::Kind::whole);
}

void undoAll(Writer& writer) {
    while (writer.undo()) {
    }
}

void redoAll(Writer& writer) {
    while (writer.redo()) {
    }
}

void meet(Writer& a, Writer& b) {
    a.receive(b);
    b.receive(a);
    RC_ASSERT(a.text() == b.text());
    a.replica.checkInvariants();
    b.replica.checkInvariants();
}

bool isMine(char32_t c) {
    return c >= U'a' && c <= U'z';
}

std::u32string without(std::u32string text, bool (*drop)(char32_t)) {
    text.erase(std::remove_if(text.begin(), text.end(), drop), text.end());
    return text;
}

} // namespace

TEST(UndoHistoryProperties, UndoingEverythingGivesTheTextBeforeAndRedoingItTheTextAfter) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1};
        Writer theirs{2};
        theirs.edit(0, 0, U"The text BEFORE all of it");
        mine.receive(theirs);
        const std::u32string before = mine.text();
        for (int i = 0; i < 25; ++i) {
            editAtRandom(mine, random, U'a');
            // Somewhere back, and on again from there.
            for (std::size_t steps = random.below(5) == 0 ? random.below(6) : 0; steps > 0; --steps)
                random.below(3) == 0 ? mine.redo() : mine.undo();
        }
        redoAll(mine);
        const std::u32string after = mine.text();
        for (int round = 0; round < 2; ++round) {
            undoAll(mine);
            RC_ASSERT(mine.text() == before);
            redoAll(mine);
            RC_ASSERT(mine.text() == after);
        }
        meet(mine, theirs);
    }));
}

TEST(UndoHistoryProperties, EachUndoGivesTheTextBeforeItsGroup) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1};
        std::vector<std::u32string> texts;
        for (int i = 0; i < 20; ++i) {
            mine.history.endGroup();
            texts.push_back(mine.text());
            editAtRandom(mine, random, U'a');
            if (mine.text() == texts.back() && !mine.history.canUndo())
                texts.pop_back();
        }
        while (mine.undo()) {
            while (texts.size() > 1 && texts.back() != mine.text())
                texts.pop_back();
            RC_ASSERT(!texts.empty() && texts.back() == mine.text());
        }
        RC_ASSERT(mine.text().empty());
    }));
}

// Mine are small letters, theirs capitals. Theirs delete nothing of their own, so what they wrote is what
// must be left, in its order; of the text before, what they deleted while it stood is gone.
TEST(UndoHistoryProperties, UndoingAllOfMineLeavesExactlyWhatOthersDid) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        Writer mine{1 + random.below(2) * 5}; // ties go either way
        Writer theirs{3};
        const std::u32string before = U"0123456789";
        theirs.edit(0, 0, before);
        mine.receive(theirs);
        for (int i = 0; i < 30; ++i) {
            switch (random.below(6)) {
            case 0:
            case 1:
                editAtRandom(mine, random, U'a');
                break;
            case 2: {
                const std::u32string word(1 + random.below(3),
                                          U'A' + static_cast<char32_t>(random.below(26)));
                theirs.edit(random.below(theirs.replica.length() + 1), 0, word);
                break;
            }
            case 3: // only what is mine
                for (std::size_t at = 0; at < theirs.replica.length(); ++at) {
                    if (isMine(theirs.text()[at]) && random.below(4) == 0)
                        theirs.edit(at, 1, U"");
                }
                break;
            case 4:
                random.below(3) == 0 ? mine.redo() : mine.undo();
                break;
            default:
                meet(mine, theirs);
            }
        }
        meet(mine, theirs);
        std::u32string theirText;
        for (const Change& change : theirs.made) {
            for (const Op& op : change.ops) {
                if (const auto* insert = std::get_if<InsertOp>(&op))
                    theirText += insert->text;
            }
        }
        const std::u32string shown = without(mine.text(), isMine);
        undoAll(mine);
        meet(mine, theirs);
        const std::u32string left = mine.text();
        RC_ASSERT(std::none_of(left.begin(), left.end(), isMine));
        std::u32string sortedLeft = left;
        std::sort(sortedLeft.begin(), sortedLeft.end());
        std::sort(theirText.begin(), theirText.end());
        RC_ASSERT(sortedLeft == theirText); // nothing lost, nothing twice
        // What stood before the undo stands in the same order after it.
        std::size_t at = 0;
        for (const char32_t c : shown) {
            while (at < left.size() && left[at] != c)
                ++at;
            RC_ASSERT(at++ < left.size());
        }
        // The digits are in their old order, whatever was deleted and came back.
        RC_ASSERT(without(left, [](char32_t c) { return c < U'0' || c > U'9'; }) == before);
        redoAll(mine);
        undoAll(mine);
        RC_ASSERT(mine.text() == left);
        meet(mine, theirs);
    }));
}

} // namespace tandem
