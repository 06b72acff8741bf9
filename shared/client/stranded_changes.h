// Own changes that cannot go into a log that was restored from a backup: they name elements of others, or
// follow changes, that the log lost and nobody has brought back. What they did is done anew instead: their
// text that still stood is put where it stood, as seen from what is left around it, and what they deleted is
// deleted. Lives for the time of the call; borrows both replicas.
#pragma once

#include "crdt/replica.h"

namespace tandem {

class StrandedChanges {
public:
    // `before` is the document as it was here, with or without these changes.
    StrandedChanges(const Replica& before, std::vector<Change> changes)
        : m_before(before), m_changes(std::move(changes)) {}

    // Insertions for `now`, in turn, that bring the text back. Text of changes that `before` does not hold
    // goes to the end: nothing is known of its place.
    std::vector<Splice> insertions(const Replica& now) const;
    // Deletions for `now`, in turn, of what they deleted and the log still has.
    std::vector<Splice> deletions(const Replica& now) const;

private:
    struct Piece {
        std::size_t index = 0; // in `before`
        std::u32string text;
    };

    std::vector<Piece> pieces() const;
    std::u32string textWithoutPlace() const;
    bool isHeldBefore(const Change& change) const;

    const Replica& m_before;
    std::vector<Change> m_changes;
};

} // namespace tandem
