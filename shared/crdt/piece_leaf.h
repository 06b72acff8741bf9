// The pieces of one leaf of a PieceTree, in text order, as a structure of arrays: a search reads the one
// array that it needs. Knows nothing of the tree. Owned by PieceTree.
//
// Invariant: `visible` and `minLevel` are those of its pieces, but for what PieceTree is just changing.
#pragma once

#include "crdt/element_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

namespace tandem {

#ifndef TANDEM_LEAF_PIECES
#define TANDEM_LEAF_PIECES 64
#endif
#ifndef TANDEM_BLOCK_LENGTH
#define TANDEM_BLOCK_LENGTH 0x1'0000
#endif

// Elements of a visible piece are at most this many, and of a deleted one: so that moving one between leaves
// has a bound.
constexpr std::uint32_t maxPieceLength = TANDEM_BLOCK_LENGTH;
constexpr std::uint32_t maxDeletedLength = 0x1'0000;

// Elements with successive counters that stand together in the text, each the right child of the one before,
// all of them there or all deleted; or the border between two siblings' subtrees (see position_order.h),
// without elements.
struct Piece {
    ReplicaIndex replica = 0;
    Counter counter = 0;      // of the first element
    std::uint32_t length = 0; // 0: a border
    std::uint32_t depth = 0;  // of the first element in Fugue's tree; the next ones are each one deeper
    bool deleted = false;
    bool head = false; // its first element is not the right child of the element with the counter before

    bool isBorder() const { return length == 0; }
    bool visible() const { return !deleted && length > 0; }
    // Where it stands between the levels of the tree: elements at twice their depth, a border, whose depth is
    // that of the siblings' parent, between the parent and the siblings.
    std::uint32_t level() const { return depth * 2 + (length == 0 ? 1 : 0); }
    std::uint32_t lastLevel() const { return level() + (length == 0 ? 0 : 2 * (length - 1)); }
    Counter endCounter() const { return counter + length; }
};

struct PieceLeaf {
    static constexpr std::uint32_t capacity = TANDEM_LEAF_PIECES;
    static constexpr std::size_t cacheLine = 64;
    static constexpr std::uint32_t deletedFlag = 0x8000'0000;
    static constexpr std::uint32_t headFlag = 0x4000'0000;
    static constexpr std::uint32_t lengthMask = headFlag - 1;

    // So many slots are looked at, or moved, at once, whatever there is: behind the last is room for the
    // rest.
    static constexpr std::uint32_t some = 8;
    static constexpr std::uint32_t moved = 4;
    static constexpr std::uint32_t searched = 16; // for an element
    static constexpr std::uint32_t allSearched = (capacity + searched - 1) / searched * searched;
    template <typename T, std::uint32_t atOnce>
    using Row = std::array<T, std::max(capacity + atOnce - 1, allSearched)>;

    std::uint32_t count = 0;
    std::uint32_t visible = 0; // elements
    std::uint32_t minLevel = ~0u;
    bool isTold = true;                 // the index knows of all that is here
    Row<std::uint32_t, some> lengths{}; // with the flags
    Row<Counter, moved> counters;
    Row<ReplicaIndex, moved> replicas;
    Row<std::uint32_t, moved> depths;

    std::uint32_t length(std::uint32_t slot) const { return lengths[slot] & lengthMask; }
    bool deleted(std::uint32_t slot) const { return (lengths[slot] & deletedFlag) != 0; }
    bool head(std::uint32_t slot) const { return (lengths[slot] & headFlag) != 0; }
    std::uint32_t shown(std::uint32_t slot) const { return deleted(slot) ? 0 : length(slot); }
    std::uint32_t level(std::uint32_t slot) const { return depths[slot] * 2 + (length(slot) == 0 ? 1 : 0); }
    Piece piece(std::uint32_t slot) const {
        return {replicas[slot], counters[slot], length(slot), depths[slot], deleted(slot), head(slot)};
    }

    void prefetch() const {
        for (std::size_t slot = 0; slot < capacity; slot += cacheLine / sizeof(std::uint32_t))
            __builtin_prefetch(&lengths[slot]);
    }
    // The slot of the visible element with so many visible ones of the slots from `slot` on before it; `rest`
    // becomes its offset in the piece. Precondition: it is there.
    std::uint32_t slotAt(std::uint32_t slot, std::uint32_t& rest) const;
    // The same where it is one of eight slots.
    std::uint32_t slotInEight(std::uint32_t slot, std::uint32_t& rest) const;
    // Visible elements of eight slots, with what was in slots that are free now.
    std::uint32_t shownInEight(std::uint32_t slot) const;
    // Visible elements of the slots from one to before another.
    std::uint32_t shownIn(std::uint32_t from, std::uint32_t to) const;
    // The slot that holds an element; capacity when none does.
    std::uint32_t slotOf(ReplicaIndex replica, Counter counter) const;
    // The same where it is one of four slots.
    std::uint32_t slotOfInFour(std::uint32_t slot, ReplicaIndex replica, Counter counter) const {
        // What was in slots that are free now may seem to hold it as well, but never before the one that
        // does.
        const auto bits =
            static_cast<std::uint32_t>(sumOf(holdInFour(slot, replica, counter) & Four{1, 2, 4, 8}));
        slot += static_cast<std::uint32_t>(std::countr_zero(bits | 16));
        return bits != 0 && slot < count ? slot : capacity;
    }
    bool holds(std::uint32_t slot, ReplicaIndex replica, Counter counter) const {
        return counter - counters[slot] < length(slot) && replicas[slot] == replica;
    }

    void put(std::uint32_t slot, const Piece& piece) {
        lengths[slot] = piece.length | (piece.deleted ? deletedFlag : 0) | (piece.head ? headFlag : 0);
        counters[slot] = piece.counter;
        replicas[slot] = piece.replica;
        depths[slot] = piece.depth;
    }
    void append(const Piece& piece);
    // Makes room for so many pieces at `slot`. Precondition: there is room.
    void open(std::uint32_t slot, std::uint32_t more);
    void close(std::uint32_t slot, std::uint32_t less = 1);
    void copy(std::uint32_t from, std::uint32_t to) {
        lengths[to] = lengths[from];
        counters[to] = counters[from];
        replicas[to] = replicas[from];
        depths[to] = depths[from];
    }
    // Cuts a piece: its elements from `offset` on become the piece at `to`, which is free.
    void cut(std::uint32_t slot, std::uint32_t offset, std::uint32_t to) {
        lengths[to] = (lengths[slot] & ~headFlag) - offset;
        counters[to] = counters[slot] + offset;
        replicas[to] = replicas[slot];
        depths[to] = depths[slot] + offset;
        lengths[slot] = (lengths[slot] & ~lengthMask) | offset;
    }
    // Moves the pieces from `slot` on to the front of the next leaf, which has room.
    void moveTail(std::uint32_t slot, PieceLeaf& next);
    void sumUp();

private:
    using Four = std::int32_t __attribute__((vector_size(16)));
    static std::int32_t sumOf(Four four) { return four[0] + four[1] + four[2] + four[3]; }
    Four shownInFour(std::uint32_t slot) const;
    // -1 for each of four slots that holds an element.
    Four holdInFour(std::uint32_t slot, ReplicaIndex replica, Counter counter) const;
    template <typename Each>
    void eachRow(Each&& each);
    template <typename Slots>
    static void move(Slots& row, std::uint32_t from, std::uint32_t to) {
        std::array<std::uint32_t, moved> block;
        std::memcpy(block.data(), row.data() + from, sizeof block);
        std::memcpy(row.data() + to, block.data(), sizeof block);
    }
};

// Four slots at once, which compilers do not find by themselves.
inline PieceLeaf::Four PieceLeaf::shownInFour(std::uint32_t slot) const {
    Four four;
    std::memcpy(&four, &lengths[slot], sizeof four);
    return four & static_cast<std::int32_t>(lengthMask) & ~(four >> 31);
}

inline PieceLeaf::Four PieceLeaf::holdInFour(std::uint32_t slot, ReplicaIndex replica,
                                             Counter counter) const {
    using FourUnsigned = std::uint32_t __attribute__((vector_size(16)));
    FourUnsigned firsts;
    FourUnsigned owners;
    FourUnsigned ends;
    std::memcpy(&firsts, &counters[slot], sizeof firsts);
    std::memcpy(&owners, &replicas[slot], sizeof owners);
    std::memcpy(&ends, &lengths[slot], sizeof ends);
    return (counter - firsts < (ends & lengthMask)) & (owners == replica);
}

inline std::uint32_t PieceLeaf::shownInEight(std::uint32_t slot) const {
    return static_cast<std::uint32_t>(sumOf(shownInFour(slot) + shownInFour(slot + 4)));
}

inline std::uint32_t PieceLeaf::shownIn(std::uint32_t from, std::uint32_t to) const {
    std::uint32_t sum = 0;
    for (; from + some <= to; from += some)
        sum += shownInEight(from);
    const auto left = static_cast<std::int32_t>(to - from);
    const Four first = shownInFour(from) & (Four{0, 1, 2, 3} < left);
    const Four second = shownInFour(from + 4) & (Four{4, 5, 6, 7} < left);
    return sum + static_cast<std::uint32_t>(sumOf(first + second));
}

// Without a branch, which no one could foresee: as many slots are passed as end at or before the place.
inline std::uint32_t PieceLeaf::slotInEight(std::uint32_t slot, std::uint32_t& rest) const {
    const auto sumUp = [](Four four) {
        four += __builtin_shufflevector(four, Four{}, 4, 0, 1, 2);
        return four + __builtin_shufflevector(four, Four{}, 4, 4, 0, 1);
    };
    const Four first = sumUp(shownInFour(slot));
    const Four second = sumUp(shownInFour(slot + 4)) + first[3];
    std::array<std::uint32_t, some + 1> ends; // before each slot, and behind the last
    ends[0] = 0;
    std::memcpy(&ends[1], &first, sizeof first);
    std::memcpy(&ends[5], &second, sizeof second);
    const auto place = static_cast<std::int32_t>(rest);
    Four isPassed = (first <= place) + (second <= place); // -1 where it is
    isPassed += __builtin_shufflevector(isPassed, isPassed, 2, 3, 0, 1);
    const auto passed = static_cast<std::uint32_t>(-(isPassed[0] + isPassed[1]));
    rest -= ends[passed];
    return slot + passed;
}

inline std::uint32_t PieceLeaf::slotAt(std::uint32_t slot, std::uint32_t& rest) const {
    for (; slot + some < count; slot += some) {
        const std::uint32_t sum = shownInEight(slot);
        if (rest < sum)
            break;
        rest -= sum;
    }
    return slotInEight(slot, rest);
}

template <typename Each>
inline void PieceLeaf::eachRow(Each&& each) {
    each(lengths);
    each(counters);
    each(replicas);
    each(depths);
}

inline void PieceLeaf::open(std::uint32_t slot, std::uint32_t more) {
    const std::uint32_t blocks = (count - slot + moved - 1) / moved;
    count += more;
    for (std::uint32_t from = slot + blocks * moved; from != slot;) {
        from -= moved;
        eachRow([&](auto& row) { move(row, from, from + more); });
    }
}

inline void PieceLeaf::close(std::uint32_t slot, std::uint32_t less) {
    for (std::uint32_t from = slot + less; from < count; from += moved)
        eachRow([&](auto& row) { move(row, from, from - less); });
    count -= less;
}

} // namespace tandem
