// One replacement of text, made here: what a change of it is made of, in a form that costs no memory of its
// own when it is used again and again. Filled by Replica::edit; encoded by encodeChange, kept by UndoHistory.
#pragma once

#include "crdt/change.h"

namespace tandem {

struct LocalEdit {
    std::size_t index = 0; // where in the text
    OpId first;            // of its first op: the deletion, if there is one, else the insertion
    std::vector<ElementRange> deleted;
    std::u32string deletedText; // of the ranges, in their order
    OpId parent;                // of the first inserted element
    Side side = Side::right;
    std::u32string inserted;

    bool empty() const { return deleted.empty() && inserted.empty(); }
    OpId firstInserted() const { return {first.replica, first.counter + (deleted.empty() ? 0 : 1)}; }
    Counter counterCount() const { return static_cast<Counter>(inserted.size()) + (deleted.empty() ? 0 : 1); }
    Counter last() const { return first.counter + counterCount() - 1; }
};

} // namespace tandem
