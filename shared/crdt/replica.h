// One copy of a document: a Logoot-style text CRDT with Fugue's order, kept as blocks of runs.
// README.md in this folder explains the model. Owned by OpenDocument on clients and by DocumentRoom on
// servers; lives on their thread; does no I/O.
//
// Invariants (checkInvariants):
// - the text is the in-order walk of the tree given by (parent, side, id), without deleted elements;
// - equal sets of changes give equal texts, whatever the order they came in;
// - version() covers exactly the changes applied or made here.
//
// Costs, with n runs: edits, changes, anchors and conversions O(log n) each; text() and encode() O(document).
#pragma once

#include "base/result.h"
#include "crdt/anchor.h"
#include "crdt/change.h"
#include "crdt/local_edit.h"
#include "crdt/text_edit.h"
#include "crdt/version_vector.h"

#include <memory>
#include <span>
#include <string>

namespace tandem {

class Document;
class PendingElements;

// A replacement of text by index, in code points.
struct Splice {
    std::size_t index = 0;
    std::size_t deleted = 0;
    std::u32string inserted;
};

struct IndexRange {
    std::size_t index = 0;
    std::size_t length = 0;

    friend bool operator==(const IndexRange&, const IndexRange&) = default;
};

// An edit by elements, for undo: deletes what still stands of some ranges, then inserts a text right after an
// element, deleted or not. Nothing that is here now comes between the two.
struct ElementEdit {
    std::vector<ElementRange> deleted;
    OpId after;
    std::u32string inserted;
};

// Elements with successive counters that stand side by side in the text, all of them there or all deleted.
struct Stretch {
    ElementRange elements;
    std::u32string text; // empty: deleted
};

// A part of the text that one replica id wrote.
struct AuthorRange {
    ReplicaId replica = 0;
    std::size_t length = 0; // code points

    friend bool operator==(const AuthorRange&, const AuthorRange&) = default;
};

// Text in place of other text. In a list each counts in the text after the ones before, and comes after them.
struct Replacement {
    std::size_t index = 0;
    std::u32string removed;
    std::u32string inserted;

    friend bool operator==(const Replacement&, const Replacement&) = default;
};

class Replica {
public:
    Replica();
    ~Replica();
    Replica(Replica&&) noexcept;
    Replica& operator=(Replica&&) noexcept;

    // --- local edits

    // Makes one change under the id `author`, applies it here and returns it. Splices are applied in turn,
    // each to the text after the one before; within one, the deletion comes first. Refuses ranges beyond the
    // text, text that is not scalar values, and an author without counters left. Nothing is applied on an
    // error. A change without effect has no ops and uses no counter.
    Result<Change> edit(ReplicaId author, std::span<const Splice> splices);

    // One splice by itself, without memory of its own: for every key. `made` tells what it did, in place of
    // what it told before; it is empty when nothing was done.
    Result<void> edit(ReplicaId author, std::size_t index, std::size_t deleted, std::u32string_view inserted,
                      LocalEdit& made);

    // The same for an edit by elements; appends what it did to the text to `edits`, if given. Refuses
    // elements that are not here.
    Result<Change> edit(ReplicaId author, const ElementEdit& edit, TextEdits* edits = nullptr);

    // A change that deletes some ranges and inserts a text, without applying it: for a server, whose log
    // decides first. All indexes count in the present text; the ranges do not overlap.
    Result<Change> prepare(ReplicaId author, std::span<const IndexRange> deleted, std::size_t index,
                           std::u32string_view inserted) const;

    // --- changes from others, or one's own from the log

    enum class Effect { applied, duplicate };

    // May it be applied? counterGap: an earlier change of its replica is missing. unknownReference: it names
    // what is not here. replicaConflict: it overlaps with counters used otherwise. `pending` counts as
    // applied.
    Result<Effect> validate(const Change& change, const PendingElements* pending = nullptr) const;

    // Applies a change, or finds that it is known already; appends what it did to the text to `edits`, if
    // given. On an error nothing has happened.
    Result<Effect> apply(const Change& change, TextEdits* edits = nullptr);
    // The same from its bytes, without making a Change of them; `used`, if given, becomes the number of its
    // counters.
    Result<Effect> apply(const EncodedChange& change, TextEdits* edits = nullptr, Counter* used = nullptr);

    // A range as it stands here; elements that are not here are left out.
    std::vector<Stretch> stretches(const ElementRange& range) const;

    // Is there an element (not a delete op) with this id? The root is one.
    bool hasElement(OpId id) const;

    // Do elements with successive counters stand side by side, all of them there or all deleted? False when
    // some are not here; may be false for true when they are many.
    bool standTogether(const ElementRange& range) const;

    const VersionVector& version() const;
    // By all replicas together: it grows with every change, and copies that have seen the same have the same.
    std::uint64_t countersUsed() const;

    // --- the text

    std::size_t length() const;      // code points
    std::size_t utf16Length() const; // UTF-16 code units
    std::string text() const;        // UTF-8
    std::u32string codePoints() const;
    // Precondition: index + count <= length().
    std::u32string slice(std::size_t index, std::size_t count) const;

    // An offset within a surrogate pair gives the index of that element. Precondition: within the text.
    std::size_t indexOfUtf16(std::size_t utf16Offset) const;
    std::size_t utf16OfIndex(std::size_t index) const;

    // --- what deleted elements said, one deletion after another (LocalEdit::deletedAt)

    // Where the next deletion puts it, and what so many elements from a place on said: nothing where that is
    // not known.
    std::uint32_t deletedTextEnd() const;
    std::u32string deletedText(std::uint32_t at, std::size_t length) const;
    // The UTF-16 units that it takes. Precondition: it is known.
    std::uint32_t deletedTextUnits(std::uint32_t at, std::size_t length) const;
    // From now on this replica stands for an earlier one, and knows what was deleted there.
    void replaces(Replica& earlier);

    // --- anchors

    // Beside the element before `index` (Side::right) or the one after it (Side::left), so that text inserted
    // there by others comes after or before the anchor. At the end of the text Side::left gives Side::right.
    // Precondition: index <= length().
    Anchor anchorAt(std::size_t index, Side side = Side::right) const;
    // notFound when the element is not here (yet).
    Result<std::size_t> indexOf(const Anchor& anchor) const;

    // --- what has changed (history.h has the past)

    // Who wrote the text, from its start to its end; neighbours have different authors.
    std::vector<AuthorRange> authors() const;

    // This moment of this object, to ask later what has changed since: that comes in text order, each place
    // once, without elements that came and went. O(document).
    struct Moment {
        VersionVector version;
        std::size_t deletions = 0; // DeletedText::Mark
    };
    Moment moment();
    std::vector<Replacement> changesSince(const Moment& moment) const;

    // --- whole copies

    // The snapshot bytes of FORMAT.md. What deleted elements said is not in them.
    std::string encode() const;
    static Result<Replica> decode(std::string_view bytes);
    // What they said, in bytes of their own, which are needed together with those that encode() gives at this
    // moment; and back into a replica that began with just these bytes, whatever was edited since.
    std::string encodeDeletedText() const;
    Result<void> restoreDeletedText(std::string_view snapshot, std::string_view deletedText);

    // Elements, deleted ones too; pieces the text is kept as, the bytes that deleted text takes, and how
    // often an element was looked up: measures of memory and work, for tools and tests.
    std::uint64_t elementCount() const;
    std::size_t blockCount() const;
    std::size_t deletedTextBytes() const;
    std::uint64_t lookupCount() const;

    // Walks everything and asserts what the invariants say; for tests and fuzzers. O(document).
    void checkInvariants() const;

private:
    // With all that the last keys did.
    Document& document() const;
    Result<Effect> applyElsewhere(const EncodedChange& encoded, TextEdits* edits, Counter* used);
    Result<void> editElsewhere(ReplicaId author, std::size_t index, std::size_t deleted,
                               std::u32string_view inserted, LocalEdit& made);

    std::unique_ptr<Document> m_document;
};

} // namespace tandem
