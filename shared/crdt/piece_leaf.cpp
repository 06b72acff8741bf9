#include "crdt/piece_leaf.h"

#include <algorithm>

namespace tandem {

std::uint32_t PieceLeaf::slotOf(ReplicaIndex replica, Counter counter) const {
    for (std::uint32_t slot = 0; slot < count; slot += searched) {
        const auto bitsFrom = [&](std::uint32_t first) {
            const Four bits = Four{1, 2, 4, 8} << static_cast<std::int32_t>(first);
            return holdInFour(slot + first, replica, counter) & bits;
        };
        const auto bits =
            static_cast<std::uint32_t>(sumOf((bitsFrom(0) | bitsFrom(4)) | (bitsFrom(8) | bitsFrom(12))));
        if (bits == 0)
            continue;
        // What was in slots that are free now may seem to hold it as well, but never before the one that
        // does.
        slot += static_cast<std::uint32_t>(std::countr_zero(bits));
        return slot < count ? slot : capacity;
    }
    return capacity;
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
