// From an element's id to the leaf of the PieceTree that holds it: an interval map in pages of 64 counters
// for each replica. Cutting a piece within its leaf changes nothing here; only pieces that move to another
// leaf do. The last interval of a replica has no end, so typing on changes nothing either. It answers for
// counters of deletes, and for ones that are not used yet, with some leaf: whether an element is there, the
// leaf knows. Owned by Document.
//
// A page is its number and one word: a leaf, when all of it is in one; else the place of its intervals in the
// arena. An interval is one word as well: 6 bits offset in the page, 26 bits leaf. Costs: a question O(1); an
// assignment O(pages).
#pragma once

#include "crdt/op_id.h"
#include "crdt/sum_tree.h"

#include <unordered_map>

namespace tandem {

// A replica's number within one document, in the order in which they were first seen. 0 is the root's.
using ReplicaIndex = std::uint32_t;
constexpr ReplicaIndex noReplica = ~ReplicaIndex{0};

class ElementIndex {
public:
    // Knows the root's replica, 0, from the start.
    ElementIndex();

    // The number of a replica id, made at first use.
    ReplicaIndex indexFor(ReplicaId replica) {
        const ReplicaIndex known = find(replica);
        return known != noReplica ? known : add(replica);
    }
    // noReplica: it was not seen. The one of the last question is looked at first: most come many times in a
    // row.
    ReplicaIndex find(ReplicaId replica) const { return replica == m_lastId ? m_lastFound : search(replica); }
    ReplicaId idOf(ReplicaIndex replica) const { return m_ids[replica]; }
    std::size_t replicaCount() const { return m_ids.size(); }

    // Where the element would be, if it is there.
    LeafHandle leafOf(ReplicaIndex replica, Counter counter) const;

    // `length` counters from `first` on are in `leaf` from now on.
    void assign(ReplicaIndex replica, Counter first, Counter length, LeafHandle leaf);
    // The same for all counters from `first` on. Precondition: none of them is used.
    void assignNew(ReplicaIndex replica, Counter first, LeafHandle leaf) {
        if (m_intervals[replica].tail != leaf)
            assignTail(replica, first, leaf);
    }

    // So many elements come with their text: pages for all of them take less than it does.
    void expect(ReplicaIndex replica, std::uint64_t elements) {
        m_intervals[replica].credit += elements >> pageBits;
    }

    // The leaf of the replica's next counter.
    LeafHandle tailOf(ReplicaIndex replica) const { return m_intervals[replica].tail; }

    // Leaves are numbered below this, so that a leaf and an offset fit one word.
    static constexpr LeafHandle maxLeaves = LeafHandle{1} << 26;

private:
    ReplicaIndex search(ReplicaId replica) const;
    ReplicaIndex add(ReplicaId replica);

    static constexpr std::uint32_t pageBits = 6;
    static constexpr std::uint32_t pageLength = 1u << pageBits;
    static constexpr std::uint32_t arenaFlag = 0x8000'0000;

    using Word = std::uint32_t;
    struct Page {
        std::uint32_t number = 0;
        Word word = 0;
    };
    // A page that is not there continues the end of the one before it. Page 0 is always there.
    struct Intervals {
        std::vector<Page> pages{Page{}};
        LeafHandle tail = 0; // of the last page
        // How many pages may be made, so that what names far counters in few bytes takes little memory.
        std::size_t credit = 64;

        std::size_t slotOf(std::uint32_t number) const;
    };

    void assignTail(ReplicaIndex replica, Counter first, LeafHandle leaf);
    std::size_t slotFor(Intervals& intervals, std::uint32_t number);
    LeafHandle leafAt(Word page, std::uint32_t offset) const;
    void assignInPage(Word& page, std::uint32_t from, std::uint32_t end, LeafHandle leaf);
    void setIntervals(Word& page, const std::uint32_t* intervals, std::uint32_t count);
    void release(Word page);

    std::vector<ReplicaId> m_ids;
    std::unordered_map<ReplicaId, ReplicaIndex> m_indexes;
    mutable ReplicaId m_lastId = 0;
    mutable ReplicaIndex m_lastFound = noReplica; // at first, the root's replica is not known
    std::vector<Intervals> m_intervals;           // of each replica
    // Blocks of 2, 4, ... 128 words: the number of intervals, then the intervals.
    std::vector<std::uint32_t> m_arena;
    std::array<std::vector<std::uint32_t>, 7> m_free;
};

} // namespace tandem
