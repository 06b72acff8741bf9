// Local edits.
#include "crdt/document.h"
#include "crdt/replica.h"

#include "base/utf8.h"

namespace tandem {

namespace {

const Error noAuthor{ErrorCode::invalidArgument, "a replica id is a number from 1 to 2^53-1"};
const Error beyondText{ErrorCode::outOfRange, "the range is beyond the text"};
const Error loneSurrogate{ErrorCode::invalidArgument, "the text holds a lone surrogate"};
const Error noRoom{ErrorCode::limitExceeded, "the document or this replica has no room for more elements"};

bool isAuthor(ReplicaId author) {
    return author != 0 && author <= maxReplicaId;
}

bool isWithin(std::size_t length, std::size_t index, std::size_t deleted) {
    return index <= length && deleted <= length - index;
}

// Is there room for so many more counters of a replica, which has used some, and elements of the document?
bool hasRoom(const Document& document, Counter used, std::size_t counters) {
    return counters < std::size_t{maxCounter} - used && document.elementCount() + counters <= maxElements;
}

// What is checked of an edit that inserts.
Result<void> checkInsertion(const Document& document, ReplicaId author, std::u32string_view inserted) {
    if (!isAuthor(author))
        return noAuthor;
    if (!areScalarValues(inserted))
        return loneSurrogate;
    if (!hasRoom(document, document.version().highest(author), inserted.size() + 1))
        return noRoom;
    return {};
}

// Precondition: checked.
[[gnu::always_inline]] inline void makeEdit(Document& document, ReplicaId author, Counter used,
                                            std::size_t index, std::size_t deleted,
                                            std::u32string_view inserted, LocalEdit& made) {
    made.begin(LocalEdit::Key::other, {author, used + 1}, document.countersUsed(), index);
    made.inserted = inserted;
    made.deleted.clear();
    document.replaceAt(index, deleted, inserted, made);
    if (const Counter count = made.counterCount(); count > 0)
        document.advance(author, used + count);
    if (!inserted.empty())
        document.expectKeys(author, index + inserted.size());
}

// A key where the last one was. False: it is something else, or must be refused; nothing has happened.
inline bool typeOn(Document& document, ReplicaId author, std::size_t index, std::u32string_view typed,
                   LocalEdit& made) {
    const char32_t c = typed.front();
    const OpId id{author, document.version().highest(author) + 1};
    Document::TextPlace place;
    if (c >= 0xD800 || !hasRoom(document, id.counter - 1, 1) || !document.typeOn(id, c, place, index))
        return false;
    made.becomeTyped(id, document.countersUsed(), index, typed);
    document.advance(author, id.counter);
    document.expectKeys(author, index + 1);
    return true;
}

inline bool eraseOn(Document& document, ReplicaId author, std::size_t index, LocalEdit& made) {
    const OpId id{author, document.version().highest(author) + 1};
    ElementRange named;
    if (id.counter == 1 || !hasRoom(document, id.counter - 1, 1) || !document.eraseOn(index, named))
        return false;
    made.becomeErased(id, document.countersUsed(), index, named, document.deletedText().units().size() - 1);
    document.advance(author, id.counter);
    return true;
}

// Any edit.
[[gnu::noinline]] Result<void> editAnywhere(Document& document, ReplicaId author, std::size_t index,
                                            std::size_t deleted, std::u32string_view inserted,
                                            LocalEdit& made) {
    if (!isAuthor(author))
        return noAuthor;
    if (!isWithin(document.pieces().visibleLength(), index, deleted))
        return beyondText;
    if (!areScalarValues(inserted))
        return loneSurrogate;
    const Counter used = document.version().highest(author);
    if (!hasRoom(document, used, inserted.size() + 1))
        return noRoom;
    makeEdit(document, author, used, index, deleted, inserted, made);
    return {};
}

} // namespace

Result<void> Replica::edit(ReplicaId author, std::size_t index, std::size_t deleted,
                           std::u32string_view inserted, LocalEdit& made) {
    // Nearly every key: without a call of anything, so that nothing needs to be kept meanwhile.
    Counter counter = 0;
    if (deleted != 0 || inserted.size() != 1 ||
        !m_document->typeAgain(author, index, inserted.front(), counter))
        return editElsewhere(author, index, deleted, inserted, made);
    made.becomeTyped({author, counter}, m_document->countersUsed() - 1, index, inserted);
    return {};
}

// An edit that does not simply go on with the last one.
Result<void> Replica::editElsewhere(ReplicaId author, std::size_t index, std::size_t deleted,
                                    std::u32string_view inserted, LocalEdit& made) {
    Document& document = *m_document;
    document.settle();
    if (deleted + inserted.size() == 1) {
        if (deleted == 1 ? eraseOn(document, author, index, made)
                         : typeOn(document, author, index, inserted, made))
            return {};
    }
    return editAnywhere(document, author, index, deleted, inserted, made);
}

Result<Change> Replica::edit(ReplicaId author, std::span<const Splice> splices) {
    // Checked as a whole before anything is applied: only the length changes from one splice to the next.
    if (!isAuthor(author))
        return noAuthor;
    std::size_t length = this->length();
    std::size_t counters = 0;
    for (const Splice& splice : splices) {
        if (!isWithin(length, splice.index, splice.deleted))
            return beyondText;
        if (!areScalarValues(splice.inserted))
            return loneSurrogate;
        length += splice.inserted.size() - splice.deleted;
        counters += splice.inserted.size() + 1;
    }
    Counter used = version().highest(author);
    if (!hasRoom(document(), used, counters))
        return noRoom;

    Change change{author, used + 1, {}};
    LocalEdit made;
    for (const Splice& splice : splices) {
        makeEdit(document(), author, used, splice.index, splice.deleted, splice.inserted, made);
        used += made.counterCount();
        if (!made.deleted.empty())
            change.ops.emplace_back(DeleteOp{{made.deleted.begin(), made.deleted.end()}});
        if (!made.inserted.empty())
            change.ops.emplace_back(InsertOp{made.parent, made.side, splice.inserted});
    }
    return change;
}

Result<Change> Replica::edit(ReplicaId author, const ElementEdit& edit, TextEdits* edits) {
    if (const auto checked = checkInsertion(document(), author, edit.inserted); !checked.ok())
        return checked.error();
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
        const PieceTree::Place after = document().find(edit.after);
        if (!after.exists())
            return Error{ErrorCode::unknownReference,
                         "the edit names an element that is not in the document"};
        const Document::Position position = document().positionAfter(after);
        change.ops.emplace_back(InsertOp{position.parent, position.side, edit.inserted});
    }
    if (change.ops.empty())
        return change;
    if (auto applied = apply(change, edits); !applied.ok())
        return applied.error();
    return change;
}

Result<Change> Replica::prepare(ReplicaId author, std::span<const IndexRange> deleted, std::size_t index,
                                std::u32string_view inserted) const {
    if (!isWithin(length(), index, 0))
        return beyondText;
    if (const auto checked = checkInsertion(document(), author, inserted); !checked.ok())
        return checked.error();
    Change change{author, version().highest(author) + 1, {}};
    DeleteOp del;
    for (const IndexRange& range : deleted) {
        if (!isWithin(length(), range.index, range.length))
            return beyondText;
        document().appendRanges(range.index, range.length, del.ranges);
    }
    if (!del.ranges.empty())
        change.ops.emplace_back(std::move(del));
    if (!inserted.empty()) {
        const Document::Position position = document().positionAfter(document().leftOf(index));
        change.ops.emplace_back(InsertOp{position.parent, position.side, std::u32string(inserted)});
    }
    return change;
}

} // namespace tandem
