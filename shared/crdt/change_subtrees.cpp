#include "crdt/change_subtrees.h"

#include "base/utf8.h"
#include "crdt/change_check.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace tandem {

// --- reading

Result<ChangeSubtrees> ChangeSubtrees::read(const Document& document, const EncodedChange& change) {
    ChangeSubtrees subtrees(change);
    subtrees.m_runOf.reserve(change.ops.size());
    subtrees.m_gone.reserve(change.ops.size());
    subtrees.m_text.reserve(change.ops.size());
    const OpId first{change.replica, change.first};
    ChangeCheck check(document, first, nullptr);
    OpReader in(change.ops, first);
    OpView op;
    std::uint64_t used = 0;
    bool known = true;
    while (known && in.next(op)) {
        used += op.counterCount();
        if (op.isInsert) {
            known = check.insertion(op.parent, op.length);
            if (known)
                subtrees.addInsertion(op);
            continue;
        }
        for (std::size_t i = 0; i < op.rangeCount && in.ok(); ++i) {
            const ElementRange range = in.nextRange();
            known = known && in.ok() &&
                    ((range.length == 1 && subtrees.isOwnElement(range.first)) || check.deletes(range));
            if (known)
                subtrees.addDeletion(range);
        }
        subtrees.m_runOf.push_back(noRun);
        subtrees.m_gone.push_back(0);
        check.deletionEnds();
    }
    if (!known) // it may be no change at all
        return checkChange(document, change).error();
    const auto count = checked(change, in.ok() ? used : 0, known);
    if (!count.ok())
        return count.error();
    subtrees.m_counterCount = *count;
    return subtrees;
}

void ChangeSubtrees::addInsertion(const OpView& op) {
    const bool continues =
        op.side == Side::right && op.parent.replica == m_replica && op.parent.counter + 1 == op.id.counter;
    if (continues && isOwn(op.parent)) {
        m_runs.back().length += op.length;
    } else {
        if (!isOwn(op.parent))
            m_roots.push_back({static_cast<std::uint32_t>(m_runs.size()), {op.parent, op.side}});
        m_runs.push_back({op.id.counter, op.length, static_cast<std::uint32_t>(m_text.size()),
                          isOwn(op.parent) ? op.parent.counter : 0, op.side, !continues});
    }
    m_runOf.insert(m_runOf.end(), op.length, static_cast<std::uint32_t>(m_runs.size() - 1));
    m_gone.insert(m_gone.end(), op.length, 0);
    appendUtf8To(m_text, op.utf8);
}

void ChangeSubtrees::addDeletion(const ElementRange& range) {
    constexpr Counter few = 16;
    ElementRange own = range;
    if (!isOwn(range.first)) {
        const bool reaches = range.first.replica == m_replica && m_begin - range.first.counter < range.length;
        const Counter there = reaches ? m_begin - range.first.counter : range.length;
        m_deleted.push_back({range.first, there});
        if (!reaches)
            return;
        own = {{m_replica, m_begin}, range.length - there};
    }
    if (own.length > few)
        m_goneRanges.push_back(own);
    else
        std::memset(m_gone.data() + (own.first.counter - m_begin), 1, own.length);
}

// Each element once, however often it is named.
void ChangeSubtrees::fillGone() {
    std::sort(m_goneRanges.begin(), m_goneRanges.end(),
              [](const ElementRange& a, const ElementRange& b) { return a.first < b.first; });
    std::size_t done = 0;
    for (const ElementRange& range : m_goneRanges) {
        const std::size_t begin = range.first.counter - m_begin;
        const std::size_t end = begin + range.length;
        if (end <= done)
            continue;
        std::memset(m_gone.data() + std::max(begin, done), 1, end - std::max(begin, done));
        done = end;
    }
}

bool ChangeSubtrees::arrange() {
    if (m_runs.empty() || m_runs.size() < leastRuns * m_roots.size() || !gatherChildren())
        return false;
    fillGone();
    return true;
}

bool ChangeSubtrees::gatherChildren() {
    m_childrenBegin.assign(m_runs.size() + 1, 0);
    const auto parentOf = [this](const Run& run) { return m_runOf[run.parent - m_begin]; };
    for (const Run& run : m_runs) {
        if (run.parent != 0)
            ++m_childrenBegin[parentOf(run) + 1];
    }
    std::partial_sum(m_childrenBegin.begin(), m_childrenBegin.end(), m_childrenBegin.begin());
    m_children.resize(m_childrenBegin.back());
    std::vector<std::uint32_t> next(m_childrenBegin.begin(), m_childrenBegin.end() - 1);
    for (std::uint32_t i = 0; i < m_runs.size(); ++i) {
        if (m_runs[i].parent == 0)
            continue;
        const std::uint32_t parent = parentOf(m_runs[i]);
        const Counter offset = m_runs[i].parent - m_runs[parent].first;
        // What continues a run is a right child already.
        if (m_runs[i].side == Side::right && offset + 1 < m_runs[parent].length)
            return false;
        m_children[next[parent]++] = {i, offset, m_runs[i].side};
    }
    for (std::size_t parent = 0; parent < m_runs.size(); ++parent) {
        const auto begin = m_children.begin() + m_childrenBegin[parent];
        const auto end = m_children.begin() + m_childrenBegin[parent + 1];
        std::sort(begin, end);
        const auto areSiblings = [](const Child& a, const Child& b) { return (a <=> b) == 0; };
        if (std::adjacent_find(begin, end, areSiblings) != end)
            return false;
    }
    return true;
}

// --- growing

// The elements of a run up to `end` that are not in the subtree yet.
void ChangeSubtrees::emit(Subtree& subtree, const Step& step, Counter end) {
    const Run& run = m_runs[step.run];
    const std::uint8_t* gone = m_gone.data() + (run.first - m_begin);
    Counter from = step.done;
    while (from < end) {
        Piece piece;
        piece.counter = run.first + from;
        piece.depth = step.depth + from;
        piece.deleted = gone[from] != 0;
        piece.head = from == 0 && run.isHead;
        const Counter most = std::min<Counter>(end - from, piece.deleted ? maxDeletedLength : maxPieceLength);
        const void* other = std::memchr(gone + from, piece.deleted ? 0 : 1, most);
        piece.length =
            other ? static_cast<Counter>(static_cast<const std::uint8_t*>(other) - gone) - from : most;
        if (piece.visible())
            subtree.text.append(m_text, run.text + from, piece.length);
        subtree.pieces.push_back(piece);
        subtree.runs.push_back(step.run);
        from += piece.length;
    }
}

// Goes through the tree in the order of the text, without recursion: it may be as deep as the change is long.
Subtree ChangeSubtrees::grow(std::uint32_t root) {
    Subtree subtree;
    std::vector<Step> way{{root, 0, m_childrenBegin[root], 0}};
    while (!way.empty()) {
        Step& step = way.back();
        const Run& run = m_runs[step.run];
        const bool isTop = step.done == 0 && way.size() == 1;
        const bool hasChild = step.child < m_childrenBegin[step.run + 1];
        const Child child = hasChild ? m_children[step.child] : Child{};
        const Counter end = hasChild && child.side == Side::left ? child.offset : run.length;
        if (isTop && end > 0)
            subtree.top = subtree.pieces.size();
        emit(subtree, step, end);
        step.done = end;
        if (!hasChild) {
            way.pop_back();
            continue;
        }
        ++step.child;
        way.push_back({child.run, step.depth + child.offset + 1, m_childrenBegin[child.run], 0});
    }
    return subtree;
}

void ChangeSubtrees::keepDeletedText(Document& document) const {
    const ReplicaIndex replica = document.indexFor(m_replica);
    const std::u32string_view text = m_text;
    for (const Run& run : m_runs) {
        const auto begin = m_gone.begin() + static_cast<std::ptrdiff_t>(run.first - m_begin);
        const auto end = begin + static_cast<std::ptrdiff_t>(run.length);
        for (auto from = begin; (from = std::find(from, end, std::uint8_t{1})) != end;) {
            const auto until = std::find(from, end, std::uint8_t{0});
            const auto offset = static_cast<Counter>(from - begin);
            document.addDeletedText(replica, run.first + offset,
                                    text.substr(run.text + offset, static_cast<std::size_t>(until - from)));
            from = until;
        }
    }
}

void ChangeSubtrees::applyTo(Document& document, TextEdits* edits) {
    for (const Root& root : m_roots)
        document.insertSubtree(m_replica, root.position, grow(root.run), m_roots.size() == 1, edits);
    keepDeletedText(document);
    for (const ElementRange& range : m_deleted)
        document.deleteRange(range, edits);
}

} // namespace tandem
