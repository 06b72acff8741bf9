#include "crdt/replica.h"

#include "base/utf8.h"
#include "crdt/document.h"
#include "crdt/pending_elements.h"
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

// Fugue's rule for a new element after another: its right child, if it has none yet; else a left child of the
// element that comes next, deleted or not.
InsertOp insertAfter(const Document& document, TextTree::Place left, std::u32string text) {
    const TextTree& tree = document.tree();
    if (!document.order().hasRightChild(left))
        return {document.idOf(left), Side::right, std::move(text)};
    const bool withinBlock = left.offset + 1 < tree[left.block].length;
    const TextTree::Place right = withinBlock ? TextTree::Place{left.block, left.offset + 1}
                                              : TextTree::Place{tree.next(left.block), 0};
    return {document.idOf(right), Side::left, std::move(text)};
}

// After the visible left neighbour.
InsertOp insertAt(const Document& document, std::size_t index, std::u32string text) {
    const TextTree& tree = document.tree();
    const TextTree::Place left = index == 0 ? TextTree::Place{tree.first(), 0} : tree.atIndex(index - 1);
    return insertAfter(document, left, std::move(text));
}

Result<void> checkAuthor(ReplicaId author) {
    if (author == 0 || author > maxReplicaId)
        return Error{ErrorCode::invalidArgument, "a replica id is a number from 1 to 2^53-1"};
    return {};
}

Result<void> checkRange(std::size_t length, std::size_t index, std::size_t deleted) {
    if (index > length || deleted > length - index)
        return Error{ErrorCode::outOfRange, "the range is beyond the text"};
    return {};
}

Result<void> checkText(std::u32string_view text) {
    if (!std::all_of(text.begin(), text.end(), isScalarValue))
        return Error{ErrorCode::invalidArgument, "the text holds a lone surrogate"};
    return {};
}

// Is there room for so many more counters of a replica, and elements of the document?
Result<void> checkRoom(const Document& document, ReplicaId author, std::size_t counters) {
    const Counter used = document.version().highest(author);
    if (counters >= std::size_t{maxCounter} - used || document.elementCount() + counters > maxElements)
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

Result<Change> Replica::prepare(ReplicaId author, std::span<const IndexRange> deleted, std::size_t index,
                                std::u32string_view inserted) const {
    for (const Result<void>& checked :
         {checkAuthor(author), checkRange(length(), index, 0), checkText(inserted),
          checkRoom(*m_document, author, inserted.size() + 1)}) {
        if (!checked.ok())
            return checked.error();
    }
    Change change{author, version().highest(author) + 1, {}};
    DeleteOp del;
    for (const IndexRange& range : deleted) {
        if (const auto checked = checkRange(length(), range.index, range.length); !checked.ok())
            return checked.error();
        for (const ElementRange& elements : rangesAt(*m_document, range.index, range.length))
            del.ranges.push_back(elements);
    }
    if (!del.ranges.empty())
        change.ops.emplace_back(std::move(del));
    if (!inserted.empty())
        change.ops.emplace_back(insertAt(*m_document, index, std::u32string(inserted)));
    return change;
}

Result<Change> Replica::edit(ReplicaId author, std::span<const Splice> splices, std::u32string* deletedText) {
    // Checked as a whole before anything is applied: only the length changes from one splice to the next.
    if (const auto checked = checkAuthor(author); !checked.ok())
        return checked.error();
    std::size_t length = this->length();
    std::size_t counters = 0;
    for (const Splice& splice : splices) {
        for (const Result<void>& checked :
             {checkRange(length, splice.index, splice.deleted), checkText(splice.inserted)}) {
            if (!checked.ok())
                return checked.error();
        }
        length += splice.inserted.size() - splice.deleted;
        counters += splice.inserted.size() + 1;
    }
    if (const auto checked = checkRoom(*m_document, author, counters); !checked.ok())
        return checked.error();

    Change change{author, version().highest(author) + 1, {}};
    OpId id{author, change.first};
    for (const Splice& splice : splices) {
        std::vector<Op> ops;
        if (deletedText)
            *deletedText += slice(splice.index, splice.deleted);
        if (splice.deleted > 0)
            ops.emplace_back(DeleteOp{rangesAt(*m_document, splice.index, splice.deleted)});
        if (!splice.inserted.empty())
            ops.emplace_back(insertAt(*m_document, splice.index, splice.inserted));
        for (Op& op : ops) {
            applyOp(*m_document, id, op, nullptr);
            id.counter += counterCount(op);
            m_document->version().advance(author, id.counter - 1);
            change.ops.push_back(std::move(op));
        }
    }
    return change;
}

Result<Change> Replica::edit(ReplicaId author, const ElementEdit& edit, TextEdits* edits) {
    for (const Result<void>& checked : {checkAuthor(author), checkText(edit.inserted),
                                        checkRoom(*m_document, author, edit.inserted.size() + 1)}) {
        if (!checked.ok())
            return checked.error();
    }
    Change change{author, version().highest(author) + 1, {}};
    DeleteOp del;
    for (const ElementRange& range : edit.deleted) {
        for (const Stretch& stretch : stretches(range)) {
            if (!stretch.text.empty())
                del.ranges.push_back(stretch.elements);
        }
    }
    if (!del.ranges.empty())
        change.ops.emplace_back(std::move(del));
    if (!edit.inserted.empty()) {
        const auto after = m_document->find(edit.after);
        if (!after)
            return Error{ErrorCode::unknownReference,
                         "the edit names an element that is not in the document"};
        change.ops.emplace_back(insertAfter(*m_document, *after, edit.inserted));
    }
    if (change.ops.empty())
        return change;
    if (auto applied = apply(change, edits); !applied.ok())
        return applied.error();
    return change;
}

namespace {

// The references of a change, against a document, what waits to come into it, and what the change itself
// makes.
class ReferenceCheck {
public:
    ReferenceCheck(const Document& document, const PendingElements* pending)
        : m_document(document), m_pending(pending) {}

    Result<void> run(const Change& change) {
        OpId id{change.replica, change.first};
        for (const Op& op : change.ops) {
            const auto* insert = std::get_if<InsertOp>(&op);
            if (!(insert ? has({insert->parent, 1}) : hasAll(std::get<DeleteOp>(op))))
                return Error{ErrorCode::unknownReference,
                             "the change names an element that is not in the document"};
            const Counter count = counterCount(op);
            if (insert)
                m_own.addElements({id, count});
            id.counter += count;
        }
        return {};
    }

    // Each element of a range may be at any of the three places.
    bool has(const ElementRange& range) const {
        if (range.first.isRoot())
            return true;
        std::uint64_t next = range.first.counter;
        const std::uint64_t end = next + range.length;
        while (next < end) {
            const OpId id{range.first.replica, static_cast<Counter>(next)};
            std::uint64_t known = 0;
            if (const auto place = m_document.find(id))
                known = m_document.tree()[place->block].length - place->offset;
            else if (const Counter waiting = m_pending ? m_pending->countFrom(id) : 0; waiting > 0)
                known = waiting;
            else
                known = m_own.countFrom(id);
            if (known == 0)
                return false;
            next += known;
        }
        return true;
    }

private:
    bool hasAll(const DeleteOp& del) const {
        return std::all_of(del.ranges.begin(), del.ranges.end(),
                           [this](const ElementRange& range) { return has(range); });
    }

    const Document& m_document;
    const PendingElements* m_pending;
    PendingElements m_own;
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

Result<Replica::Effect> Replica::validate(const Change& change, const PendingElements* pending) const {
    if (!isWellFormed(change))
        return Error{ErrorCode::malformed, "the change is not well formed"};
    Counter known = version().highest(change.replica);
    if (pending)
        known = std::max(known, pending->highest(change.replica));
    if (change.last() <= known)
        return Effect::duplicate;
    if (change.first <= known)
        return Error{ErrorCode::replicaConflict, "the change overlaps with others of its replica"};
    if (change.first != known + 1)
        return Error{ErrorCode::counterGap, "an earlier change of this replica is missing"};
    const std::uint64_t waiting = pending ? pending->elementCount() : 0;
    if (m_document->elementCount() + waiting + change.counterCount() > maxElements)
        return Error{ErrorCode::limitExceeded, "the document has no room for more elements"};
    if (auto references = ReferenceCheck(*m_document, pending).run(change); !references.ok())
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

std::vector<Stretch> Replica::stretches(const ElementRange& range) const {
    std::vector<Stretch> stretches;
    const TextTree& tree = m_document->tree();
    BlockHandle previous = noBlock;
    Counter done = 0;
    while (done < range.length) {
        const OpId id{range.first.replica, range.first.counter + done};
        const auto place = m_document->find(id);
        if (!place) {
            previous = noBlock;
            ++done;
            continue;
        }
        const Block& block = tree[place->block];
        const Counter length = std::min<Counter>(block.length - place->offset, range.length - done);
        const bool goesOn = previous != noBlock && tree.next(previous) == place->block &&
                            tree[previous].deleted == block.deleted;
        if (!goesOn)
            stretches.push_back({{id, 0}, {}});
        stretches.back().elements.length += length;
        if (!block.deleted)
            stretches.back().text.append(block.text, place->offset, length);
        previous = place->block;
        done += length;
    }
    return stretches;
}

bool Replica::hasElement(OpId id) const {
    return m_document->find(id).has_value();
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
