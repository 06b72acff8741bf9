// What one person did to a document, so that it can be undone and done again. Undo of an insertion deletes
// what still stands of it; undo of a deletion inserts the deleted text anew where it stood. Both are ordinary
// changes. Owned by OpenDocument; lives on its thread; has no clock: times come with the edits.
//
// A step names elements by id, and tells where the replica keeps the text of deleted ones. What an undo
// inserts anew has new ids and stands right after the deleted elements, before whatever came after them, also
// before other deleted ones: so every deleted element keeps marking its own place, in whatever order things
// come back. What names elements that were made anew is taken to name the new ones, when it is played.
//
// Invariants: others' text is never deleted, and only what an own deletion removed is inserted again. A redo
// is forgotten only by an own edit.
//
// Memory: beyond maxGroups, or maxSteps (32 bytes each), the oldest groups go first. The newest one stays
// whatever its size.
#pragma once

#include "crdt/reborn_elements.h"
#include "crdt/undo_steps.h"

#include <cassert>

namespace tandem {

class UndoHistory {
public:
    static constexpr std::size_t maxGroups = 10'000;
    static constexpr std::size_t maxSteps = 1'000'000;
    static constexpr std::int64_t pauseMs = 1'000;

    // Typing goes on in one group until a pause, the end of a word, a line break, or an edit elsewhere, and
    // so do single deletions. Everything else is a group of its own.
    enum class Kind : std::uint8_t { typing, whole };
    struct Occasion {
        std::int64_t atMs = 0; // monotonic
        Kind kind = Kind::typing;
    };

    struct Undone {
        std::vector<Change> changes; // made and applied, to be sent
        TextEdits edits;             // what they did to the text, to be shown
        std::optional<Selection> selection;
        Result<void> outcome; // an error: the document is full, and some of it is not done
    };

    // An own edit, right after it was made; O(1) while typing goes on.
    void record(const Replica& replica, const LocalEdit& edit, const Occasion& occasion) {
        // Nearly every key.
        if (edit.key == LocalEdit::Key::typed && isInRun(occasion) && typesOn(edit)) {
            m_undo.extendLast();
            m_lastTyped = edit.inserted.front();
            noteEnd(edit.index + 1, edit.countersBefore + 1, occasion);
        } else {
            recordOther(replica, edit, occasion);
        }
    }

    // Edits between the two are one group; pairs may be nested. endGroup alone: the next edit begins one.
    void beginGroup();
    void endGroup();

    // The own selection, whenever it changes: the last one before an edit is given back by its undo, the
    // first one after it by its redo.
    void noteSelection(const Selection& selection);

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }

    // Takes the last group back, or does the last one taken back again, as changes that insert at most
    // `mostInserted` code points each. A group of which nothing is left is passed over.
    Undone undo(Replica& replica, ReplicaId author, std::size_t mostInserted);
    Undone redo(Replica& replica, ReplicaId author, std::size_t mostInserted);

private:
    static bool isSpace(char32_t c) {
        if (c > U' ' && c < 0x80) // nearly always
            return false;
        return c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\u3000' || (c >= 0x2000 && c <= 0x200A);
    }
    // May a letter be of the last group? While that has not ended there is one, and nothing was undone since.
    bool isInRun(const Occasion& occasion) const {
        assert(m_ended || (!m_undo.empty() && m_redo.empty()));
        return !m_ended && occasion.kind == Kind::typing && occasion.atMs - m_lastAtMs < pauseMs;
    }
    // A letter of the word that was typed last, behind the one before. Precondition: a typed key.
    bool typesOn(const LocalEdit& edit) const {
        const UndoStep& last = m_undo.lastStep();
        if (last.isDeletion || last.elements.last() != edit.parent)
            return false;
        const char32_t c = edit.inserted.front();
        return c != U'\n' && (!isSpace(c) || isSpace(m_lastTyped));
    }
    void recordTyped(const LocalEdit& edit, const Occasion& occasion);
    void recordOther(const Replica& replica, const LocalEdit& edit, const Occasion& occasion);
    bool eraseOn(const Replica& replica, const LocalEdit& edit);
    // Is the edit all that has happened since the last one?
    bool followsAtOnce(const LocalEdit& edit) const { return edit.countersBefore == m_endCounters; }
    // Is it right where that ended? Precondition: it follows at once.
    bool isBeside(const LocalEdit& edit) const {
        return edit.index == m_end || (edit.deletesOne() && edit.index + 1 == m_end);
    }
    void noteEnd(std::size_t end, std::uint64_t counters, const Occasion& occasion) {
        m_end = end;
        m_endCounters = counters;
        m_awaitsAfter = true;
        m_lastAtMs = occasion.atMs;
    }
    void recordStep(const Replica& replica, const LocalEdit& edit, const Occasion& occasion);
    bool continues(const Replica& replica, const LocalEdit& edit) const;
    // Plays the last group of `from` into `to`, and gives back the selection that it has at `selection`.
    Undone play(UndoStack& from, UndoStack& to, std::optional<Selection> UndoGroup::*selection,
                Replica& replica, ReplicaId author, std::size_t mostInserted);
    bool isTooMuch() const {
        return m_undo.groupCount() + m_redo.groupCount() > maxGroups ||
               m_undo.stepCount() + m_redo.stepCount() > maxSteps;
    }
    // The newest group stays whatever its size.
    void trim() {
        if (isTooMuch())
            forgetOldest();
    }
    void forgetOldest();
    void compactReborn();

    UndoStack m_undo;
    UndoStack m_redo;
    RebornElements m_reborn;
    std::optional<Selection> m_selection;
    int m_depth = 0;            // of beginGroup
    bool m_ended = true;        // the next edit begins a group
    bool m_awaitsAfter = false; // the next selection is that after the last edit
    std::int64_t m_lastAtMs = 0;
    // Where the last edit ended in the text, and the counters used when it had been made. They stand apart,
    // for compilers would put the two into one register, from parts of an edit that were only just written.
    std::uint64_t m_endCounters = ~std::uint64_t{0};
    char32_t m_lastTyped = 0;
    std::size_t m_end = 0;
};

} // namespace tandem
