#include "crdt/replica.h"

#include "crdt/document.h"
#include "crdt/snapshot.h"

#include <algorithm>
#include <cassert>

namespace tandem {

Replica::Replica() : m_document(std::make_unique<Document>()) {}
Replica::~Replica() = default;
Replica::Replica(Replica&&) noexcept = default;
Replica& Replica::operator=(Replica&&) noexcept = default;

Document& Replica::document() const {
    m_document->settle();
    return *m_document;
}

const VersionVector& Replica::version() const {
    return m_document->version();
}

std::uint64_t Replica::countersUsed() const {
    return m_document->countersUsed();
}

bool Replica::hasElement(OpId id) const {
    return document().find(id).exists();
}

bool Replica::standTogether(const ElementRange& range) const {
    const PieceTree::Place place = document().find(range.first);
    return place.exists() && document().pieces().piece(place).length - place.offset >= range.length;
}

std::vector<Stretch> Replica::stretches(const ElementRange& range) const {
    std::vector<Stretch> stretches;
    const PieceTree& pieces = document().pieces();
    PieceTree::Place previous;
    bool previousDeleted = false;
    Counter done = 0;
    while (done < range.length) {
        const OpId id{range.first.replica, range.first.counter + done};
        const PieceTree::Place place = document().find(id);
        if (!place.exists()) {
            previous = {};
            ++done;
            continue;
        }
        const Piece piece = pieces.piece(place);
        const Counter length = std::min<Counter>(piece.length - place.offset, range.length - done);
        const PieceTree::Place begin{place.leaf, place.slot, 0};
        const bool goesOn =
            previous.exists() && previousDeleted == piece.deleted && pieces.next(previous) == begin;
        if (!goesOn)
            stretches.push_back({{id, 0}, {}});
        stretches.back().elements.length += length;
        if (!piece.deleted)
            document().text().append(pieces.visibleBefore(place), length, stretches.back().text);
        previous = begin;
        previousDeleted = piece.deleted;
        done += length;
    }
    return stretches;
}

// --- the text

std::size_t Replica::length() const {
    return document().text().total().codePoints;
}

std::size_t Replica::utf16Length() const {
    return document().text().total().utf16;
}

std::string Replica::text() const {
    return document().text().utf8();
}

std::u32string Replica::codePoints() const {
    return slice(0, length());
}

std::u32string Replica::slice(std::size_t index, std::size_t count) const {
    std::u32string text;
    text.reserve(count);
    document().text().append(index, count, text);
    return text;
}

std::size_t Replica::indexOfUtf16(std::size_t utf16Offset) const {
    return document().text().indexOfUtf16(utf16Offset);
}

std::size_t Replica::utf16OfIndex(std::size_t index) const {
    return document().text().utf16OfIndex(index);
}

// --- what deleted elements said

std::uint32_t Replica::deletedTextEnd() const {
    return document().deletedText().units().size();
}

std::u32string Replica::deletedText(std::uint32_t at, std::size_t length) const {
    const UnitLog& units = document().deletedText().units();
    if (at > units.size())
        return {};
    std::u32string text = fromUtf16(units.text(at, 2 * length)); // twice as many where they are surrogates
    if (text.size() < length)
        return {};
    text.resize(length);
    return text;
}

std::uint32_t Replica::deletedTextUnits(std::uint32_t at, std::size_t length) const {
    return document().deletedText().units().unitsOf(at, length);
}

void Replica::replaces(Replica& earlier) {
    document().goOnBehind(earlier.document());
}

// --- anchors

Anchor Replica::anchorAt(std::size_t index, Side side) const {
    assert(index <= length());
    if (side == Side::left && index < length())
        return {document().idOf(document().pieces().atIndex(index)), Side::left};
    if (index == 0)
        return {OpId::root(), Side::right};
    return {document().idOf(document().leftOf(index)), Side::right};
}

Result<std::size_t> Replica::indexOf(const Anchor& anchor) const {
    const PieceTree::Place place = document().find(anchor.element);
    if (!place.exists())
        return Error{ErrorCode::notFound, "the anchor's element is not in the document"};
    const PieceTree& pieces = document().pieces();
    const bool after = anchor.side == Side::right && pieces.piece(place).visible();
    return pieces.visibleBefore(place) + (after ? 1 : 0);
}

// --- whole copies

std::string Replica::encode() const {
    return encodeSnapshot(document());
}

Result<Replica> Replica::decode(std::string_view bytes) {
    Replica replica;
    if (auto decoded = decodeSnapshot(bytes, *replica.m_document); !decoded.ok())
        return decoded.error();
    return replica;
}

std::string Replica::encodeDeletedText() const {
    return tandem::encodeDeletedText(document());
}

Result<void> Replica::restoreDeletedText(std::string_view snapshot, std::string_view deletedText) {
    return tandem::restoreDeletedText(snapshot, deletedText, document());
}

std::uint64_t Replica::elementCount() const {
    return document().elementCount();
}

std::size_t Replica::blockCount() const {
    return document().pieces().pieceCount();
}

std::size_t Replica::deletedTextBytes() const {
    return document().deletedText().heapBytes();
}

std::uint64_t Replica::lookupCount() const {
    return document().pieces().findCount();
}

void Replica::checkInvariants() const {
    document().checkInvariants();
}

} // namespace tandem
