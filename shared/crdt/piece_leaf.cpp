#include "crdt/piece_leaf.h"

#include <algorithm>

namespace tandem {

std::uint32_t PieceLeaf::slotOf(ReplicaIndex replica, Counter counter) const {
    std::uint32_t slot = 0;
    // Several at once; one at most holds it.
    for (; slot + some <= count; slot += some) {
        std::uint32_t found = 0;
        for (std::uint32_t i = 0; i < some; ++i) {
            const bool isHere = counter - counters[slot + i] < (lengths[slot + i] & lengthMask);
            const bool isItsReplica = replicas[slot + i] == replica;
            found += (isHere & isItsReplica) ? i + 1 : 0;
        }
        if (found > 0)
            return slot + found - 1;
    }
    while (slot < count && !holds(slot, replica, counter))
        ++slot;
    return slot < count ? slot : capacity;
}

void PieceLeaf::append(const Piece& piece) {
    put(count++, piece);
    visible += piece.visible() ? piece.length : 0;
    minLevel = std::min(minLevel, piece.level());
}

void PieceLeaf::moveTail(std::uint32_t slot, PieceLeaf& next) {
    const std::uint32_t tail = count - slot;
    next.open(0, tail);
    const auto move = [&](const auto& from, auto& to) { std::copy_n(from.begin() + slot, tail, to.begin()); };
    move(lengths, next.lengths);
    move(counters, next.counters);
    move(replicas, next.replicas);
    move(depths, next.depths);
    count = slot;
    sumUp();
    next.sumUp();
}

void PieceLeaf::sumUp() {
    visible = 0;
    minLevel = ~0u;
    for (std::uint32_t slot = 0; slot < count; ++slot) {
        visible += shown(slot);
        minLevel = std::min(minLevel, level(slot));
    }
}

} // namespace tandem
