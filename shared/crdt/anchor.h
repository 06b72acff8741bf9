// A place in the text that stays with an element: for carets, selections, the first visible line.
// Its index moves with edits; when the element is deleted, it stays where the element was. Two of them are a
// selection.
#pragma once

#include "crdt/op.h"

namespace tandem {

struct Anchor {
    OpId element;            // the root: the start of the text
    Side side = Side::right; // just before or just after the element

    friend bool operator==(const Anchor&, const Anchor&) = default;
};

struct Selection {
    Anchor tail;
    Anchor head; // where the caret is

    friend bool operator==(const Selection&, const Selection&) = default;
};

} // namespace tandem
