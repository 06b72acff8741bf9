#include "crdt/piece_leaf.h"

#include <algorithm>

namespace tandem {

std::uint32_t PieceLeaf::slotOf(ReplicaIndex replica, Counter counter) const {
    constexpr std::uint32_t some = 8; // at once; one at most holds it
    std::uint32_t slot = 0;
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

namespace {

// Pieces that go from one place to another at once: four, where a leaf has as many.
struct Some {
    static constexpr std::uint32_t count = std::min<std::uint32_t>(4, PieceLeaf::capacity);
    std::array<std::uint32_t, count> lengths;
    std::array<Counter, count> counters;
    std::array<ReplicaIndex, count> replicas;
    std::array<std::uint32_t, count> depths;

    Some(const PieceLeaf& leaf, std::uint32_t slot) {
        std::copy_n(leaf.lengths.begin() + slot, count, lengths.begin());
        std::copy_n(leaf.counters.begin() + slot, count, counters.begin());
        std::copy_n(leaf.replicas.begin() + slot, count, replicas.begin());
        std::copy_n(leaf.depths.begin() + slot, count, depths.begin());
    }
    void put(PieceLeaf& leaf, std::uint32_t slot) const {
        std::copy_n(lengths.begin(), count, leaf.lengths.begin() + slot);
        std::copy_n(counters.begin(), count, leaf.counters.begin() + slot);
        std::copy_n(replicas.begin(), count, leaf.replicas.begin() + slot);
        std::copy_n(depths.begin(), count, leaf.depths.begin() + slot);
    }
};

} // namespace

// Those that are written last are read first: so some can go at once until there are no more than those left.

void PieceLeaf::open(std::uint32_t slot, std::uint32_t more) {
    std::uint32_t end = count;
    count += more;
    if (end - slot < Some::count) {
        while (end-- > slot)
            copy(end, end + more);
        return;
    }
    const Some first(*this, slot);
    while (end - slot > Some::count) {
        end -= Some::count;
        Some(*this, end).put(*this, end + more);
    }
    first.put(*this, slot + more);
}

void PieceLeaf::close(std::uint32_t slot, std::uint32_t less) {
    std::uint32_t from = slot + less;
    const std::uint32_t end = count;
    count -= less;
    if (end - from < Some::count) {
        for (; from < end; ++from)
            copy(from, from - less);
        return;
    }
    const Some last(*this, end - Some::count);
    for (; end - from > Some::count; from += Some::count)
        Some(*this, from).put(*this, from - less);
    last.put(*this, end - Some::count - less);
}

void PieceLeaf::moveTail(std::uint32_t slot, PieceLeaf& next) {
    const std::uint32_t moved = count - slot;
    next.open(0, moved);
    const auto move = [&](const auto& from, auto& to) {
        std::copy_n(from.begin() + slot, moved, to.begin());
    };
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
