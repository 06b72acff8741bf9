// Changes from others, or one's own from the log.
#include "crdt/change_check.h"
#include "crdt/replica.h"

#include "base/utf8.h"

#include <algorithm>

namespace tandem {

namespace {

const Error unknownElement{ErrorCode::unknownReference,
                           "the change names an element that is not in the document"};
const Error noRoom{ErrorCode::limitExceeded, "the document has no room for more elements"};

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

bool namesOnlyKnown(const Document& document, const Change& change, const PendingElements* pending) {
    ChangeCheck check(document, {change.replica, change.first}, pending);
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            if (!check.insertion(insert->parent, static_cast<Counter>(insert->text.size())))
                return false;
            continue;
        }
        const auto& ranges = std::get<DeleteOp>(op).ranges;
        if (!std::all_of(ranges.begin(), ranges.end(),
                         [&check](const ElementRange& range) { return check.deletes(range); }))
            return false;
        check.deletionEnds();
    }
    return true;
}

// Precondition: checked.
void applyOps(Document& document, const EncodedChange& change, TextEdits* edits) {
    OpReader in(change.ops, {change.replica, change.first});
    OpView op;
    std::u32string text;
    while (in.next(op)) {
        if (op.isInsert) {
            text.clear();
            appendUtf8To(text, op.utf8);
            document.insertRun(op.id, {op.parent, op.side}, text, edits);
            continue;
        }
        for (std::size_t i = 0; i < op.rangeCount; ++i)
            document.deleteRange(in.nextRange(), edits);
    }
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
        return noRoom;
    if (!namesOnlyKnown(*m_document, change, pending))
        return unknownElement;
    return Effect::applied;
}

Result<Replica::Effect> Replica::apply(const Change& change, TextEdits* edits) {
    auto effect = validate(change);
    if (!effect.ok() || *effect == Effect::duplicate)
        return effect;
    OpId id{change.replica, change.first};
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            m_document->insertRun(id, {insert->parent, insert->side}, insert->text, edits);
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
                m_document->deleteRange(range, edits);
        }
        id.counter += counterCount(op);
    }
    m_document->version().advance(change.replica, change.last());
    return effect;
}

Result<Replica::Effect> Replica::apply(const EncodedChange& encoded, TextEdits* edits, Counter* used) {
    if (encoded.replica == 0 || encoded.first == 0 ||
        encoded.first != version().highest(encoded.replica) + 1) {
        // Known already, or not to be applied: the reason takes all of it.
        const auto change = decodeChange(encoded);
        if (!change.ok())
            return change.error();
        if (used)
            *used = change->counterCount();
        return apply(*change, edits);
    }
    const auto count = checkChange(*m_document, encoded);
    if (!count.ok())
        return count.error();
    if (m_document->elementCount() + *count > maxElements)
        return noRoom;
    applyOps(*m_document, encoded, edits);
    m_document->version().advance(encoded.replica, encoded.first + *count - 1);
    if (used)
        *used = *count;
    return Effect::applied;
}

} // namespace tandem
