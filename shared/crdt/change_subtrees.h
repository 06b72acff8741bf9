// The insertions of one large change, as the subtrees that they grow in Fugue's tree. What hangs on an
// element of the same change stands together with it in the text, so a whole subtree is put in order without
// any search in the document, and comes in at once, with its text; what the change itself deletes of it comes
// in deleted. For Replica.
#pragma once

#include "crdt/bit_row.h"
#include "crdt/change.h"
#include "crdt/document.h"
#include "crdt/named_ranges.h"
#include "crdt/op_codec.h"

namespace tandem {

// From how many bytes on a change counts as large, and how many runs its subtrees have at least, on average.
#ifndef TANDEM_LARGE_CHANGE
#define TANDEM_LARGE_CHANGE 512
#endif
#ifndef TANDEM_SUBTREE_RUNS
#define TANDEM_SUBTREE_RUNS 8
#endif

class ChangeSubtrees {
public:
    // Smaller changes are better applied op by op.
    static bool isFor(const EncodedChange& change) { return change.ops.size() >= leastBytes; }

    // As checkChange(): `malformed` or `unknownReference`.
    static Result<ChangeSubtrees> read(const Document& document, const EncodedChange& change);
    Counter counterCount() const { return static_cast<Counter>(m_counterCount); }

    // False: op by op is as well, since the change grows nearly as many subtrees as it has insertions, or
    // makes siblings, which nobody who knows their own elements does.
    bool arrange();
    // All of the change; appends to `edits`, if given. Precondition: it is arranged.
    void applyTo(Document& document, TextEdits* edits);

private:
    static constexpr std::uint32_t noRun = ~0u;

    // Insertions, each continuing the one before.
    struct Run {
        Counter first = 0;
        Counter length = 0;
        std::uint32_t text = 0;       // where its text begins
        std::uint32_t parent = noRun; // the run of the parent; noRun: it is a root
        Counter offset = 0;           // of the parent, in that
        Side side = Side::right;
        bool isHead = true; // it does not continue what was there

        Counter end() const { return first + length; }
    };
    struct Root {
        std::uint32_t run = 0;
        Document::Position position;
    };
    struct Child {
        std::uint32_t run = 0;
        Counter offset = 0; // of the parent, in its run
        Side side = Side::right;

        std::pair<Counter, Side> place() const { return {offset, side}; }
        friend bool operator<(const Child& a, const Child& b) { return a.place() < b.place(); }
    };
    // A run on the way through a subtree.
    struct Step {
        std::uint32_t run = 0;
        std::uint32_t depth = 0;
        std::uint32_t child = 0; // the next one to go to
        Counter done = 0;        // elements
        std::uint32_t text = 0;  // of the element that comes next
    };
    static constexpr std::size_t leastBytes = TANDEM_LARGE_CHANGE;
    static constexpr std::size_t leastRuns = TANDEM_SUBTREE_RUNS;
    static constexpr std::uint32_t pageBits = 4;

    ChangeSubtrees(const Document& document, const EncodedChange& change);

    // False: something is named that is not there.
    bool addInsertion(const OpView& op);
    bool addDeletion(const ElementRange& range);
    void endDeletion();
    void noteRun(std::uint32_t run);
    // The counter of what comes next.
    Counter next() const { return m_begin + static_cast<Counter>(m_counterCount); }
    bool isOwn(OpId element) const { return element.replica == m_replica && element.counter >= m_begin; }
    std::uint32_t runOf(Counter element) const;
    bool areOwnElements(Counter first, std::uint64_t length) const;
    bool areThere(const ElementRange& range) const;
    // How many units such elements take whose text begins there.
    std::size_t unitsOf(std::size_t text, Counter elements) const;
    void fillGone();
    // False: some are siblings.
    bool gatherChildren();
    Subtree grow(std::uint32_t root);
    void emit(Subtree& subtree, Step& step, Counter end);
    void keepDeletedText(Document& document) const;

    const Document& m_document;
    ReplicaId m_replica;
    Counter m_begin;                  // the change's first
    std::uint64_t m_counterCount = 0; // so far
    std::vector<Run> m_runs;
    std::vector<Root> m_roots;
    std::u16string m_text; // of all runs
    bool m_hasPairs = false;
    // Of each page of counters from m_begin on, the first run that reaches into it or begins behind.
    std::vector<std::uint32_t> m_pages;
    std::vector<Counter> m_deletions;       // counters that are no elements
    BitRow m_noElements;                    // the same, for each counter from m_begin on
    std::vector<ElementRange> m_goneRanges; // long ones, which are not in m_gone yet
    BitRow m_gone;                          // for each counter from m_begin on
    NamedRanges m_named;                    // others' elements
    std::vector<ElementRange> m_deleted;    // that were there
    // The children of run i: those from m_childrenBegin[i] to m_childrenBegin[i + 1].
    std::vector<Child> m_children;
    std::vector<std::uint32_t> m_childrenBegin;
};

} // namespace tandem
