// Identity of one element (a code point, deleted or not) or of one delete op: who made it, and its number.
#pragma once

#include "base/ids.h"

#include <compare>

namespace tandem {

struct OpId {
    ReplicaId replica = 0;
    Counter counter = 0;

    // The root: the sentinel element before all text, parent of the first ones.
    static constexpr OpId root() { return {}; }
    constexpr bool isRoot() const { return replica == 0; }

    // Replica first. Siblings at one place of the tree stand in this order, so every replica must use the
    // same.
    friend constexpr auto operator<=>(const OpId&, const OpId&) = default;
};

} // namespace tandem
