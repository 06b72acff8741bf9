// Someone with a copy of a document and a history of their own, for tests.
#pragma once

#include "crdt/undo_history.h"

#include <gtest/gtest.h>

namespace tandem {

inline constexpr std::size_t mostInserted = 40; // so that larger texts are cut into several changes

// Someone with a copy of the document and a history of their own.
struct Writer {
    explicit Writer(ReplicaId author) : id(author) {}

    void edit(std::size_t index, std::size_t deleted, std::u32string_view inserted,
              UndoHistory::Kind kind = UndoHistory::Kind::typing) {
        LocalEdit edit;
        ASSERT_TRUE(replica.edit(id, index, deleted, inserted, edit).ok());
        history.record(replica, edit, {nowMs, kind});
        if (!edit.empty())
            made.push_back(*decodeChange(encodeChange(edit)));
    }

    void type(std::size_t index, std::u32string_view text) {
        for (const char32_t c : text)
            edit(index++, 0, std::u32string_view(&c, 1));
    }

    // False when there was nothing to undo.
    bool undo() { return took(history.undo(replica, id, mostInserted)); }
    bool redo() { return took(history.redo(replica, id, mostInserted)); }

    bool took(const UndoHistory::Undone& undone) {
        EXPECT_TRUE(undone.outcome.ok());
        made.insert(made.end(), undone.changes.begin(), undone.changes.end());
        selection = undone.selection;
        edits = undone.edits;
        return !undone.changes.empty();
    }

    void receive(Writer& other) {
        for (; other.received < other.made.size(); ++other.received) {
            const auto effect = replica.apply(other.made[other.received]);
            ASSERT_TRUE(effect.ok()) << effect.error().detail;
        }
    }

    std::u32string text() const { return replica.codePoints(); }

    ReplicaId id;
    Replica replica;
    UndoHistory history;
    std::int64_t nowMs = 10'000;
    std::vector<Change> made;
    std::size_t received = 0; // by the one other
    std::optional<Selection> selection;
    TextEdits edits;
};

} // namespace tandem
