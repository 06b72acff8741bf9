#include "crdt/change_subtrees.h"

#include "base/utf8.h"
#include "crdt/change_check.h"

#include <algorithm>
#include <numeric>

namespace tandem {

// --- reading

ChangeSubtrees::ChangeSubtrees(const Document& document, const EncodedChange& change)
    : m_document(document), m_replica(change.replica), m_begin(change.first) {
    // Counters are at most as many as bytes, and text takes no more units.
    m_pages.reserve((change.ops.size() >> pageBits) + 1);
    m_gone.growTo(change.ops.size());
    m_noElements.growTo(change.ops.size());
    m_text.reserve(change.ops.size());
}

Result<ChangeSubtrees> ChangeSubtrees::read(const Document& document, const EncodedChange& change) {
    ChangeSubtrees subtrees(document, change);
    OpReader in(change.ops, {change.replica, change.first});
    OpView op;
    bool known = true;
    while (known) {
        if (const Counter distance = in.nextErased(); distance > 0) { // many at a time
            known = subtrees.addDeletion({{change.replica, subtrees.next() - distance}, 1});
            subtrees.endDeletion();
            continue;
        }
        if (!in.next(op))
            break;
        if (op.isInsert) {
            known = subtrees.addInsertion(op);
            continue;
        }
        for (std::size_t i = 0; i < op.rangeCount && known; ++i) {
            const ElementRange range = in.nextRange();
            known = in.ok() && subtrees.addDeletion(range);
        }
        subtrees.endDeletion();
    }
    if (!known) // it may be no change at all
        return checkChange(document, change).error();
    const auto count = checked(change, in.ok() ? subtrees.m_counterCount : 0, known);
    if (!count.ok())
        return count.error();
    return subtrees;
}

// The run that a counter from m_begin on is in; noRun: it is no element of the change.
std::uint32_t ChangeSubtrees::runOf(Counter element) const {
    const Counter page = (element - m_begin) >> pageBits;
    if (page >= m_pages.size())
        return noRun;
    std::uint32_t run = m_pages[page];
    while (run < m_runs.size() && m_runs[run].end() <= element) // each has an element in the page
        ++run;
    return run < m_runs.size() && m_runs[run].first <= element ? run : noRun;
}

// All counters so far that are no deletion's are elements.
inline bool ChangeSubtrees::areOwnElements(Counter first, std::uint64_t length) const {
    const std::uint64_t end = first + length;
    if (end > next())
        return false;
    if (length <= NamedRanges::few)
        return m_noElements.next(true, first - m_begin, end - m_begin) == end - m_begin;
    const auto deletion = std::lower_bound(m_deletions.begin(), m_deletions.end(), first);
    return deletion == m_deletions.end() || *deletion >= end;
}

bool ChangeSubtrees::areThere(const ElementRange& range) const {
    const std::uint64_t end = std::uint64_t{range.first.counter} + range.length;
    for (std::uint64_t next = range.first.counter; next < end;) {
        const Counter known = m_document.lengthFrom({range.first.replica, static_cast<Counter>(next)});
        if (known == 0)
            return false;
        next += known;
    }
    return true;
}

void ChangeSubtrees::noteRun(std::uint32_t run) {
    const Counter pages = (m_runs[run].end() - 1 - m_begin) >> pageBits;
    while (m_pages.size() <= pages)
        m_pages.push_back(run);
}

bool ChangeSubtrees::addInsertion(const OpView& op) {
    const auto text = static_cast<std::uint32_t>(m_text.size());
    const auto next = static_cast<std::uint32_t>(m_runs.size());
    const bool continues =
        op.side == Side::right && op.parent.replica == m_replica && op.parent.counter + 1 == op.id.counter;
    if (isOwn(op.parent)) {
        const std::uint32_t parent = runOf(op.parent.counter);
        if (parent == noRun)
            return false;
        if (continues)
            m_runs.back().length += op.length;
        else
            m_runs.push_back({op.id.counter, op.length, text, parent,
                              op.parent.counter - m_runs[parent].first, op.side, true});
    } else {
        if (!op.parent.isRoot() && m_document.lengthFrom(op.parent) == 0)
            return false;
        m_roots.push_back({next, {op.parent, op.side}});
        m_runs.push_back({op.id.counter, op.length, text, noRun, 0, op.side, !continues});
    }
    m_counterCount += op.length;
    noteRun(static_cast<std::uint32_t>(m_runs.size() - 1));
    op.appendTextTo(m_text);
    m_hasPairs = m_hasPairs || m_text.size() - text != op.length;
    return true;
}

inline bool ChangeSubtrees::addDeletion(const ElementRange& range) {
    ElementRange own = range;
    if (!isOwn(range.first)) {
        const bool reaches = range.first.replica == m_replica && m_begin - range.first.counter < range.length;
        const Counter there = reaches ? m_begin - range.first.counter : range.length;
        const auto addPart = [this](const ElementRange& part) {
            m_deleted.push_back(part);
            return areThere(part);
        };
        if (!m_named.add({range.first, there}, addPart))
            return false;
        if (!reaches)
            return true;
        own = {{m_replica, m_begin}, range.length - there};
    }
    if (!areOwnElements(own.first.counter, own.length))
        return false;
    const std::size_t begin = own.first.counter - m_begin;
    if (own.length > NamedRanges::few)
        m_goneRanges.push_back(own);
    else
        m_gone.set(begin, begin + own.length);
    return true;
}

inline void ChangeSubtrees::endDeletion() {
    m_noElements.set(m_counterCount, m_counterCount + 1);
    m_deletions.push_back(next());
    ++m_counterCount;
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
        m_gone.set(std::max(begin, done), end);
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
    for (const Run& run : m_runs) {
        if (run.parent == noRun)
            continue;
        // What continues a run is a right child already.
        if (run.side == Side::right && run.offset + 1 < m_runs[run.parent].length)
            return false;
        ++m_childrenBegin[run.parent + 1];
    }
    std::partial_sum(m_childrenBegin.begin(), m_childrenBegin.end(), m_childrenBegin.begin());
    m_children.resize(m_childrenBegin.back());
    std::vector<std::uint32_t> next(m_childrenBegin.begin(), m_childrenBegin.end() - 1);
    for (std::uint32_t i = 0; i < m_runs.size(); ++i) {
        if (m_runs[i].parent != noRun)
            m_children[next[m_runs[i].parent]++] = {i, m_runs[i].offset, m_runs[i].side};
    }
    for (std::size_t parent = 0; parent < m_runs.size(); ++parent) {
        if (m_childrenBegin[parent + 1] - m_childrenBegin[parent] < 2)
            continue;
        const auto begin = m_children.begin() + m_childrenBegin[parent];
        const auto end = m_children.begin() + m_childrenBegin[parent + 1];
        std::sort(begin, end);
        const auto areSiblings = [](const Child& a, const Child& b) { return a.place() == b.place(); };
        if (std::adjacent_find(begin, end, areSiblings) != end)
            return false;
    }
    return true;
}

// --- growing

std::size_t ChangeSubtrees::unitsOf(std::size_t text, Counter elements) const {
    if (!m_hasPairs)
        return elements;
    std::size_t end = text;
    for (; elements > 0; --elements)
        end += isHighSurrogate(m_text[end]) ? 2 : 1;
    return end - text;
}

// The elements of a run up to `end` that are not in the subtree yet.
void ChangeSubtrees::emit(Subtree& subtree, Step& step, Counter end) {
    const Run& run = m_runs[step.run];
    const Counter first = run.first - m_begin;
    while (step.done < end) {
        Piece piece;
        piece.counter = run.first + step.done;
        piece.depth = step.depth + step.done;
        piece.deleted = m_gone[first + step.done];
        piece.head = step.done == 0 && run.isHead;
        const Counter most =
            std::min<Counter>(end - step.done, piece.deleted ? maxDeletedLength : maxPieceLength);
        const std::size_t begin = first + step.done;
        piece.length = static_cast<Counter>(m_gone.next(!piece.deleted, begin, begin + most) - begin);
        const std::size_t units = unitsOf(step.text, piece.length);
        if (!piece.deleted)
            subtree.text.append(m_text, step.text, units);
        subtree.pieces.push_back(piece);
        subtree.runs.push_back(step.run);
        step.text += static_cast<std::uint32_t>(units);
        step.done += piece.length;
    }
}

// Goes through the tree in the order of the text, without recursion: it may be as deep as the change is long.
Subtree ChangeSubtrees::grow(std::uint32_t root) {
    Subtree subtree;
    std::vector<Step> way{{root, 0, m_childrenBegin[root], 0, m_runs[root].text}};
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
        if (!hasChild) {
            way.pop_back();
            continue;
        }
        ++step.child;
        way.push_back({child.run, step.depth + child.offset + 1, m_childrenBegin[child.run], 0,
                       m_runs[child.run].text});
    }
    return subtree;
}

void ChangeSubtrees::keepDeletedText(Document& document) const {
    const ReplicaIndex replica = document.indexFor(m_replica);
    const std::u16string_view all = m_text;
    for (const Run& run : m_runs) {
        const std::size_t begin = run.first - m_begin;
        const std::size_t end = begin + run.length;
        std::size_t text = run.text;
        std::size_t passed = begin;
        for (std::size_t from = begin; (from = m_gone.next(true, from, end)) < end;) {
            const std::size_t until = m_gone.next(false, from, end);
            const auto length = static_cast<Counter>(until - from);
            text += unitsOf(text, static_cast<Counter>(from - passed));
            const std::size_t units = unitsOf(text, length);
            document.addDeletedText(replica, run.first + static_cast<Counter>(from - begin), length,
                                    all.substr(text, units));
            text += units;
            passed = from = until;
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
