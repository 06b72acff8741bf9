// The insertions of one large change, as the subtrees that they grow in Fugue's tree. What hangs on an
// element of the same change stands together with it in the text, so a whole subtree is put in order without
// any search in the document, and comes in at once, with its text; what the change itself deletes of it comes
// in deleted. For Replica.
#pragma once

#include "crdt/change.h"
#include "crdt/document.h"
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
    Counter counterCount() const { return m_counterCount; }

    // False: op by op is as well, since the change grows nearly as many subtrees as it has insertions, or
    // makes siblings, which nobody who knows their own elements does.
    bool arrange();
    // All of the change; appends to `edits`, if given. Precondition: it is arranged.
    void applyTo(Document& document, TextEdits* edits);

private:
    // Insertions, each continuing the one before.
    struct Run {
        Counter first = 0;
        Counter length = 0;
        std::uint32_t text = 0; // where its text begins
        Counter parent = 0;     // an element of the same change; 0: it is a root
        Side side = Side::right;
        bool isHead = true; // it does not continue what was there
    };
    struct Root {
        std::uint32_t run = 0;
        Document::Position position;
    };
    struct Child {
        std::uint32_t run = 0;
        Counter offset = 0; // of the parent, in its run
        Side side = Side::right;

        friend auto operator<=>(const Child& a, const Child& b) {
            return std::pair(a.offset, a.side) <=> std::pair(b.offset, b.side);
        }
    };
    // A run on the way through a subtree.
    struct Step {
        std::uint32_t run = 0;
        std::uint32_t depth = 0;
        std::uint32_t child = 0; // the next one to go to
        Counter done = 0;        // elements
    };
    static constexpr std::uint32_t noRun = ~0u;
    static constexpr std::size_t leastBytes = TANDEM_LARGE_CHANGE;
    static constexpr std::size_t leastRuns = TANDEM_SUBTREE_RUNS;

    explicit ChangeSubtrees(const EncodedChange& change) : m_replica(change.replica), m_begin(change.first) {}

    void addInsertion(const OpView& op);
    void addDeletion(const ElementRange& range);
    bool isOwn(OpId element) const { return element.replica == m_replica && element.counter >= m_begin; }
    // Of the change itself, from before the present op.
    bool isOwnElement(OpId element) const {
        return isOwn(element) && element.counter - m_begin < m_runOf.size() &&
               m_runOf[element.counter - m_begin] != noRun;
    }
    void fillGone();
    // False: some are siblings.
    bool gatherChildren();
    Subtree grow(std::uint32_t root);
    void emit(Subtree& subtree, const Step& step, Counter end);
    void keepDeletedText(Document& document) const;

    ReplicaId m_replica;
    Counter m_counterCount = 0;
    Counter m_begin; // the change's first
    std::vector<Run> m_runs;
    std::vector<Root> m_roots;
    std::u32string m_text;                  // of all runs
    std::vector<std::uint32_t> m_runOf;     // of each counter from m_begin on; noRun: a deletion's
    std::vector<ElementRange> m_goneRanges; // long ones, which are not in m_gone yet
    std::vector<std::uint8_t> m_gone;       // for each such counter
    std::vector<ElementRange> m_deleted;    // that were there
    // The children of run i: those from m_childrenBegin[i] to m_childrenBegin[i + 1].
    std::vector<Child> m_children;
    std::vector<std::uint32_t> m_childrenBegin;
};

} // namespace tandem
