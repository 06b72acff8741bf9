// One undo or redo under way: takes the steps of a group back, as changes, and notes what would take those
// back. Lives for the time of the call; borrows the replica and the elements made anew.
#pragma once

#include "crdt/reborn_elements.h"
#include "crdt/undo_steps.h"

namespace tandem {

class UndoPlayer {
public:
    // The changes are `author`'s and insert at most `mostInserted` code points each.
    UndoPlayer(Replica& replica, ReplicaId author, std::size_t mostInserted, RebornElements& reborn)
        : m_replica(replica), m_author(author), m_mostInserted(mostInserted), m_reborn(reborn) {}

    // Takes one step back. After an error nothing more is done.
    void play(const UndoStep& step);

    std::vector<UndoStep> takeInverse() { return std::move(m_inverse); }
    std::vector<Change> takeChanges() { return std::move(m_changes); }
    TextEdits takeEdits() { return std::move(m_edits); }
    const Result<void>& outcome() const { return m_outcome; }

private:
    void remove(const ElementRange& range);
    void restore(const UndoStep& step);
    std::optional<OpId> apply(const ElementEdit& edit);
    void add(Change made, std::size_t weight);

    Replica& m_replica;
    ReplicaId m_author;
    std::size_t m_mostInserted;
    RebornElements& m_reborn;
    std::vector<UndoStep> m_inverse;
    std::vector<Change> m_changes;
    TextEdits m_edits;
    Result<void> m_outcome;
    std::size_t m_weight = 0; // of the last change
};

} // namespace tandem
