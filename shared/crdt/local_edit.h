// One replacement of text, made here: what a change of it is made of, in a form that costs no memory of its
// own when it is used again and again. Filled by Replica::edit; encoded by encodeChange, kept by UndoHistory.
#pragma once

#include "crdt/change.h"

namespace tandem {

struct LocalEdit {
    std::size_t index = 0; // where in the text
    OpId first;            // of its first op: the deletion, if there is one, else the insertion
    // A key that went on where the last edit was: one element was typed behind the author's last one, or
    // deleted.
    enum class Key : std::uint8_t { other, typed, erased };
    Key key = Key::other;
    std::uint64_t countersBefore = 0; // used in the document before it, by all replicas together
    ElementRanges deleted;
    // Where what they said begins in the replica's log, in UTF-16; and does each take one unit there?
    std::uint32_t deletedAt = 0;
    bool isOneUnitEach = true;
    OpId parent; // of the first inserted element
    Side side = Side::right;
    std::u32string_view inserted; // borrowed from whoever made the edit

    // Becomes a key: one element typed or, with `range` and its text, deleted.
    void becomeTyped(OpId id, std::uint64_t used, std::size_t at, std::u32string_view typed) {
        begin(Key::typed, id, used, at);
        deleted.clear();
        parent = {id.replica, id.counter - 1};
        side = Side::right;
        inserted = typed;
    }
    void becomeErased(OpId id, std::uint64_t used, std::size_t at, const ElementRange& range,
                      std::uint32_t textAt) {
        begin(Key::erased, id, used, at);
        deleted.clear();
        deleted.push_back(range);
        deletedAt = textAt;
        isOneUnitEach = true;
        inserted = {};
    }

    void begin(Key what, OpId id, std::uint64_t used, std::size_t at) {
        key = what;
        first = id;
        countersBefore = used;
        index = at;
    }

    bool empty() const { return deleted.empty() && inserted.empty(); }
    OpId firstInserted() const { return {first.replica, first.counter + (deleted.empty() ? 0 : 1)}; }
    Counter counterCount() const { return static_cast<Counter>(inserted.size()) + (deleted.empty() ? 0 : 1); }
    Counter last() const { return first.counter + counterCount() - 1; }
    bool deletesOne() const { return deleted.size() == 1 && deleted.front().length == 1; }
};

} // namespace tandem
