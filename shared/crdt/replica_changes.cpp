// Changes from others, or one's own from the log.
#include "crdt/change_check.h"
#include "crdt/change_subtrees.h"
#include "crdt/replica.h"

#include "base/utf8.h"

#include <algorithm>

namespace tandem {

namespace {

const Error unknownElement{ErrorCode::unknownReference,
                           "the change names an element that is not in the document"};
const Error noRoom{ErrorCode::limitExceeded, "the document has no room for more elements"};

bool hasRoom(const Document& document, std::uint64_t count) {
    return document.elementCount() + count <= maxElements;
}

bool isWellFormed(const Change& change) {
    if (change.replica == 0 || change.replica > maxReplicaId || change.first == 0 || change.ops.empty())
        return false;
    std::uint64_t used = 0;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            if (insert->text.empty() || (insert->parent.isRoot() && insert->side == Side::left) ||
                !areScalarValues(insert->text))
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

// Deletes a range of those that a change names.
void applyDeletion(Document& document, const ElementRange& range, NamedRanges& named, TextEdits* edits) {
    named.add(range, [&](const ElementRange& part) {
        document.deleteRange(part, edits);
        return true;
    });
}

// Precondition: checked.
void applyOps(Document& document, const EncodedChange& change, TextEdits* edits) {
    OpReader in(change.ops, {change.replica, change.first});
    OpView op;
    std::u32string text;
    NamedRanges named;
    while (in.next(op)) {
        if (op.isInsert) {
            text.clear();
            op.appendTextTo(text);
            document.insertRun(op.id, {op.parent, op.side}, text, edits);
            continue;
        }
        for (std::size_t i = 0; i < op.rangeCount; ++i)
            applyDeletion(document, in.nextRange(), named, edits);
    }
}

// These give how many counters it uses.
Result<Counter> applyChecked(Document& document, const EncodedChange& change, TextEdits* edits) {
    const auto count = checkChange(document, change);
    if (!count.ok())
        return count;
    if (!hasRoom(document, *count))
        return noRoom;
    applyOps(document, change, edits);
    return count;
}

Result<Counter> applyLarge(Document& document, const EncodedChange& change, TextEdits* edits) {
    Counter count = 0;
    {
        auto subtrees = ChangeSubtrees::read(document, change);
        if (!subtrees.ok())
            return subtrees.error();
        count = subtrees->counterCount();
        if (!hasRoom(document, count))
            return noRoom;
        if (subtrees->arrange()) {
            subtrees->applyTo(document, edits);
            return count;
        }
    } // its memory goes before the ops come in
    applyOps(document, change, edits);
    return count;
}

// Keys where the last one was. False: it is something else, or must be refused; nothing has happened.
bool typeOn(Document& document, const EncodedChange& change, char32_t key, TextEdits* edits) {
    const OpId id{change.replica, change.first};
    Document::TextPlace place;
    if (id.counter + 1 >= maxCounter || !hasRoom(document, 1) || !document.typeOn(id, key, place))
        return false;
    document.advance(id.replica, id.counter);
    document.expectKeys(id.replica, place.index + 1);
    if (edits)
        appendInsertion(*edits, place.index, place.utf16Index, std::u32string_view(&key, 1));
    return true;
}

bool eraseOn(Document& document, const EncodedChange& change, Counter distance, TextEdits* edits) {
    Document::TextPlace place;
    if (change.first + 1 >= maxCounter || distance >= change.first || !hasRoom(document, 1) ||
        !document.eraseOn({change.replica, change.first - distance}, place))
        return false;
    document.advance(change.replica, change.first);
    if (edits)
        appendDeletion(*edits, place.index, 1, place.utf16Index, 1);
    return true;
}

// Either, if it is one.
bool applyKey(Document& document, const EncodedChange& change, TextEdits* edits) {
    document.settle();
    if (isKey(change.ops))
        return typeOn(document, change, static_cast<unsigned char>(change.ops[1]), edits);
    const Counter distance = distanceErased(change.ops);
    return distance > 0 && eraseOn(document, change, distance, edits);
}

// A change of one insertion, of one deletion of elements that stand one after another, or of both: what all
// edits of a text are. Each element is looked up once, and the deleted ones go at once. False: it is
// something else, or must be refused; nothing has happened.
bool applyEdit(Document& document, const EncodedChange& change, TextEdits* edits) {
    OpReader in(change.ops, {change.replica, change.first});
    OpView op;
    if (!in.next(op))
        return false;
    std::uint64_t used = op.counterCount();
    VisibleStretch gone(document.index(), document.pieces());
    if (!op.isInsert) {
        for (std::size_t i = 0; i < op.rangeCount; ++i) {
            const ElementRange range = in.nextRange();
            if (!in.ok() || !gone.goesOn(range))
                return false;
        }
        if (!in.atEnd()) {
            if (!in.next(op) || !op.isInsert)
                return false;
            used += op.length;
        }
    }
    if (!in.atEnd() || change.first + used >= maxCounter || !hasRoom(document, used))
        return false;
    PieceTree::Place parent;
    if (op.isInsert && !(parent = document.find(op.parent)).exists())
        return false;
    if (gone.length() > 0) {
        document.deleteStretch(gone, edits);
        if (op.isInsert)
            parent = document.find(op.parent);
    }
    if (op.isInsert) {
        OpText text(op);
        const Document::TextPlace at = document.insertRun(op.id, parent, op.side, text);
        if (edits)
            std::move(text).appendTo(*edits, at.index, at.utf16Index);
    }
    document.advance(change.replica, change.first + static_cast<Counter>(used) - 1);
    return true;
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
    if (!hasRoom(document(), waiting + change.counterCount()))
        return noRoom;
    if (!namesOnlyKnown(document(), change, pending))
        return unknownElement;
    return Effect::applied;
}

Result<Replica::Effect> Replica::apply(const Change& change, TextEdits* edits) {
    auto effect = validate(change);
    if (!effect.ok() || *effect == Effect::duplicate)
        return effect;
    OpId id{change.replica, change.first};
    NamedRanges named;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            document().insertRun(id, {insert->parent, insert->side}, insert->text, edits);
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
                applyDeletion(document(), range, named, edits);
        }
        id.counter += counterCount(op);
    }
    document().advance(change.replica, change.last());
    return effect;
}

Result<Replica::Effect> Replica::apply(const EncodedChange& encoded, TextEdits* edits, Counter* used) {
    // Nearly every key: without what the others need.
    if (isKey(encoded.ops)) {
        const char32_t key = static_cast<unsigned char>(encoded.ops[1]);
        Document::TextPlace place;
        if (m_document->typeNext({encoded.replica, encoded.first}, key, place)) {
            if (edits)
                appendInsertion(*edits, place.index, place.utf16Index, std::u32string_view(&key, 1));
            if (used)
                *used = 1;
            return Effect::applied;
        }
    }
    return applyElsewhere(encoded, edits, used);
}

// A change that does not simply go on with the last one.
Result<Replica::Effect> Replica::applyElsewhere(const EncodedChange& encoded, TextEdits* edits,
                                                Counter* used) {
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
    if (applyKey(*m_document, encoded, edits)) {
        if (used)
            *used = 1;
        return Effect::applied;
    }
    if (applyEdit(document(), encoded, edits)) {
        if (used)
            *used = document().version().highest(encoded.replica) + 1 - encoded.first;
        return Effect::applied;
    }
    const auto count = ChangeSubtrees::isFor(encoded) ? applyLarge(document(), encoded, edits)
                                                      : applyChecked(document(), encoded, edits);
    if (!count.ok())
        return count.error();
    document().advance(encoded.replica, encoded.first + *count - 1);
    if (used)
        *used = *count;
    return Effect::applied;
}

} // namespace tandem
