#include "crdt/replica.h"

#include "base/utf8.h"
#include "crdt/document.h"
#include "crdt/snapshot.h"

#include <algorithm>
#include <cassert>

namespace tandem {

Replica::Replica() : m_document(std::make_unique<Document>()) {}
Replica::~Replica() = default;
Replica::Replica(Replica&&) noexcept = default;
Replica& Replica::operator=(Replica&&) noexcept = default;

namespace {

// The visible elements at [index, index + count) as ranges of ids.
std::vector<ElementRange> rangesAt(const Document& document, std::size_t index, std::size_t count) {
    std::vector<ElementRange> ranges;
    const TextTree& tree = document.tree();
    if (count == 0)
        return ranges;
    TextTree::Place place = tree.atIndex(index);
    for (;;) {
        const Block& block = tree[place.block];
        if (block.visible()) {
            const auto taken =
                static_cast<Counter>(std::min<std::size_t>(count, block.length - place.offset));
            const OpId first = document.idOf(place);
            if (!ranges.empty() && ranges.back().first.replica == first.replica &&
                ranges.back().first.counter + ranges.back().length == first.counter)
                ranges.back().length += taken;
            else
                ranges.push_back({first, taken});
            count -= taken;
            if (count == 0)
                return ranges;
        }
        place = {tree.next(place.block), 0};
    }
}

// Fugue's rule for a new element before index: a right child of the visible left neighbour, if that has none
// yet; else a left child of the element that comes next, deleted or not.
InsertOp insertAt(const Document& document, std::size_t index, std::u32string text) {
    const TextTree& tree = document.tree();
    const TextTree::Place left = index == 0 ? TextTree::Place{tree.first(), 0} : tree.atIndex(index - 1);
    if (!document.order().hasRightChild(left))
        return {document.idOf(left), Side::right, std::move(text)};
    const bool withinBlock = left.offset + 1 < tree[left.block].length;
    const TextTree::Place right = withinBlock ? TextTree::Place{left.block, left.offset + 1}
                                              : TextTree::Place{tree.next(left.block), 0};
    return {document.idOf(right), Side::left, std::move(text)};
}

Result<void> checkSplice(const Document& document, ReplicaId author, Counter used, const Splice& splice) {
    const std::size_t length = document.tree().total().codePoints;
    if (author == 0 || author > maxReplicaId)
        return Error{ErrorCode::invalidArgument, "a replica id is a number from 1 to 2^53-1"};
    if (splice.index > length || splice.deleted > length - splice.index)
        return Error{ErrorCode::outOfRange, "the range is beyond the text"};
    if (!std::all_of(splice.inserted.begin(), splice.inserted.end(), isScalarValue))
        return Error{ErrorCode::invalidArgument, "the text holds a lone surrogate"};
    if (splice.inserted.size() + 1 > std::size_t{maxCounter} - used ||
        document.elementCount() + splice.inserted.size() > maxElements)
        return Error{ErrorCode::limitExceeded, "the document or this replica has no room for more elements"};
    return {};
}

void applyOp(Document& document, OpId id, const Op& op, TextEdits* edits) {
    if (const auto* insert = std::get_if<InsertOp>(&op)) {
        document.insertRun(id, insert->parent, insert->side, {insert->text, 0}, edits);
        return;
    }
    for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
        document.deleteRange(range, edits);
}

} // namespace

Result<Change> Replica::prepare(ReplicaId author, const Splice& splice) const {
    const Counter used = version().highest(author);
    if (auto checked = checkSplice(*m_document, author, used, splice); !checked.ok())
        return checked.error();
    Change change{author, used + 1, {}};
    if (splice.deleted > 0)
        change.ops.emplace_back(DeleteOp{rangesAt(*m_document, splice.index, splice.deleted)});
    if (!splice.inserted.empty())
        change.ops.emplace_back(insertAt(*m_document, splice.index, splice.inserted));
    return change;
}

Result<Change> Replica::edit(ReplicaId author, std::span<const Splice> splices) {
    // Checked as a whole before anything is applied: only the length changes from one splice to the next.
    std::size_t length = this->length();
    std::size_t inserted = 0;
    for (const Splice& splice : splices) {
        if (splice.index > length || splice.deleted > length - splice.index)
            return Error{ErrorCode::outOfRange, "the range is beyond the text"};
        length += splice.inserted.size() - splice.deleted;
        inserted += splice.inserted.size() + 1;
        const Splice atStart{0, 0, splice.inserted};
        if (auto checked = checkSplice(*m_document, author, version().highest(author), atStart);
            !checked.ok())
            return checked.error();
    }
    if (inserted > std::size_t{maxCounter} - version().highest(author) ||
        m_document->elementCount() + inserted > maxElements)
        return Error{ErrorCode::limitExceeded, "the document or this replica has no room for more elements"};

    Change change{author, version().highest(author) + 1, {}};
    for (const Splice& splice : splices) {
        Change part = *prepare(author, splice);
        OpId id{author, part.first};
        for (Op& op : part.ops) {
            applyOp(*m_document, id, op, nullptr);
            id.counter += counterCount(op);
            m_document->version().advance(author, id.counter - 1);
            change.ops.push_back(std::move(op));
        }
    }
    return change;
}

namespace {

// The references of a change, against a document and the elements that the change itself makes.
class ReferenceCheck {
public:
    ReferenceCheck(const Replica& replica, const Change& change) : m_replica(replica), m_change(change) {}

    Result<void> run() {
        Counter next = m_change.first;
        for (const Op& op : m_change.ops) {
            if (!(std::holds_alternative<InsertOp>(op) ? accepts(std::get<InsertOp>(op))
                                                       : accepts(std::get<DeleteOp>(op))))
                return Error{ErrorCode::unknownReference,
                             "the change names an element that is not in the document"};
            const Counter count = counterCount(op);
            if (std::holds_alternative<InsertOp>(op))
                m_own.push_back({{m_change.replica, next}, count});
            next += count;
        }
        return {};
    }

private:
    bool accepts(const InsertOp& insert) const {
        return m_replica.hasElement(insert.parent) || isOwn({insert.parent, 1});
    }

    bool accepts(const DeleteOp& del) const {
        return std::all_of(del.ranges.begin(), del.ranges.end(), [this](const ElementRange& range) {
            return m_replica.hasElements(range) || isOwn(range);
        });
    }

    // A range may begin in the document and end in the change, or span several of its inserts.
    bool isOwn(const ElementRange& range) const {
        if (range.first.replica != m_change.replica)
            return false;
        std::uint64_t next = range.first.counter;
        const std::uint64_t end = next + range.length;
        if (next < m_change.first) {
            const auto before = static_cast<Counter>(m_change.first - next);
            if (!m_replica.hasElements({range.first, before}))
                return false;
            next = m_change.first;
        }
        for (const ElementRange& own : m_own) {
            const std::uint64_t ownEnd = std::uint64_t{own.first.counter} + own.length;
            if (own.first.counter <= next && next < ownEnd)
                next = ownEnd;
        }
        return next >= end;
    }

    const Replica& m_replica;
    const Change& m_change;
    std::vector<ElementRange> m_own;
};

bool isWellFormed(const Change& change) {
    if (change.replica == 0 || change.replica > maxReplicaId || change.first == 0 || change.ops.empty())
        return false;
    std::uint64_t used = 0;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            if (insert->text.empty() || (insert->parent.isRoot() && insert->side == Side::left) ||
                !std::all_of(insert->text.begin(), insert->text.end(), isScalarValue))
                return false;
            used += insert->text.size();
        } else {
            const auto& ranges = std::get<DeleteOp>(op).ranges;
            const auto valid = [](const ElementRange& range) {
                return !range.first.isRoot() && range.first.counter > 0 && range.length > 0 &&
                       range.length - 1 <= maxCounter - range.first.counter;
            };
            if (ranges.empty() || !std::all_of(ranges.begin(), ranges.end(), valid))
                return false;
            ++used;
        }
    }
    return change.first + used - 1 < maxCounter;
}

} // namespace

Result<Replica::Effect> Replica::validate(const Change& change) const {
    if (!isWellFormed(change))
        return Error{ErrorCode::malformed, "the change is not well formed"};
    const Counter known = version().highest(change.replica);
    if (change.last() <= known)
        return Effect::duplicate;
    if (change.first <= known)
        return Error{ErrorCode::replicaConflict, "the change overlaps with others of its replica"};
    if (change.first != known + 1)
        return Error{ErrorCode::counterGap, "an earlier change of this replica is missing"};
    if (m_document->elementCount() + change.counterCount() > maxElements)
        return Error{ErrorCode::limitExceeded, "the document has no room for more elements"};
    if (auto references = ReferenceCheck(*this, change).run(); !references.ok())
        return references.error();
    return Effect::applied;
}

Result<Replica::Effect> Replica::apply(const Change& change, TextEdits* edits) {
    auto effect = validate(change);
    if (!effect.ok() || *effect == Effect::duplicate)
        return effect;
    OpId id{change.replica, change.first};
    for (const Op& op : change.ops) {
        applyOp(*m_document, id, op, edits);
        id.counter += counterCount(op);
    }
    m_document->version().advance(change.replica, change.last());
    return effect;
}

bool Replica::hasElement(OpId id) const {
    return m_document->find(id).has_value();
}

bool Replica::hasElements(const ElementRange& range) const {
    std::uint64_t next = range.first.counter;
    const std::uint64_t end = next + range.length;
    while (next < end) {
        const auto place = m_document->find({range.first.replica, static_cast<Counter>(next)});
        if (!place)
            return false;
        next += m_document->tree()[place->block].length - place->offset;
    }
    return true;
}

const VersionVector& Replica::version() const {
    return m_document->version();
}

// --- the text

std::size_t Replica::length() const {
    return m_document->tree().total().codePoints;
}

std::size_t Replica::utf16Length() const {
    return m_document->tree().total().utf16;
}

std::string Replica::text() const {
    std::string text;
    text.reserve(length());
    const TextTree& tree = m_document->tree();
    for (BlockHandle block = tree.first(); block != noBlock; block = tree.next(block))
        for (const char32_t c : tree[block].text)
            appendUtf8(text, c);
    return text;
}

std::u32string Replica::codePoints() const {
    return slice(0, length());
}

std::u32string Replica::slice(std::size_t index, std::size_t count) const {
    std::u32string text;
    if (count == 0)
        return text;
    text.reserve(count);
    const TextTree& tree = m_document->tree();
    TextTree::Place place = tree.atIndex(index);
    while (text.size() < count) {
        const std::u32string& part = tree[place.block].text;
        if (place.offset < part.size())
            text.append(part, place.offset, count - text.size());
        place = {tree.next(place.block), 0};
    }
    return text;
}

std::size_t Replica::indexOfUtf16(std::size_t utf16Offset) const {
    assert(utf16Offset <= utf16Length());
    if (utf16Offset == utf16Length())
        return length();
    const TextTree& tree = m_document->tree();
    const TextTree::Place place = tree.atUtf16(utf16Offset);
    return tree.before(place.block).codePoints + place.offset;
}

std::size_t Replica::utf16OfIndex(std::size_t index) const {
    assert(index <= length());
    if (index == length())
        return utf16Length();
    return m_document->tree().before(m_document->tree().atIndex(index)).utf16;
}

// --- anchors

Anchor Replica::anchorAt(std::size_t index, Side side) const {
    assert(index <= length());
    const TextTree& tree = m_document->tree();
    if (side == Side::left && index < length())
        return {m_document->idOf(tree.atIndex(index)), Side::left};
    if (index == 0)
        return {OpId::root(), Side::right};
    return {m_document->idOf(tree.atIndex(index - 1)), Side::right};
}

Result<std::size_t> Replica::indexOf(const Anchor& anchor) const {
    const auto place = m_document->find(anchor.element);
    if (!place)
        return Error{ErrorCode::notFound, "the anchor's element is not in the document"};
    const TextTree& tree = m_document->tree();
    std::size_t index = tree.before(place->block).codePoints;
    if (tree[place->block].visible())
        index += place->offset + (anchor.side == Side::right ? 1 : 0);
    return index;
}

// --- whole copies

std::string Replica::encode() const {
    return encodeSnapshot(*m_document);
}

Result<Replica> Replica::decode(std::string_view bytes) {
    Replica replica;
    if (auto decoded = decodeSnapshot(bytes, *replica.m_document); !decoded.ok())
        return decoded.error();
    return replica;
}

std::size_t Replica::blockCount() const {
    return m_document->tree().blockCount();
}

void Replica::checkInvariants() const {
    m_document->checkInvariants();
}

} // namespace tandem
