// What a replica's text is made of, and what has changed in it since a moment.
#include "crdt/document.h"
#include "crdt/replica.h"

#include <algorithm>

namespace tandem {

namespace {

// Gathers what happens between stretches that stay.
class Replacements {
public:
    void stays(std::size_t length) {
        if (length == 0)
            return;
        flush();
        m_index += length;
    }
    void removed(std::u32string_view text) { m_open.removed += text; }
    std::u32string& inserted() { return m_open.inserted; }
    std::vector<Replacement> take() {
        flush();
        return std::move(m_made);
    }

private:
    void flush() {
        if (m_open.removed.empty() && m_open.inserted.empty())
            return;
        m_open.index = m_index;
        m_index += m_open.inserted.size();
        m_made.push_back(std::exchange(m_open, {}));
    }

    std::size_t m_index = 0;
    Replacement m_open;
    std::vector<Replacement> m_made;
};

} // namespace

std::vector<AuthorRange> Replica::authors() const {
    std::vector<AuthorRange> ranges;
    document().pieces().forEach([&](PieceTree::Place, const Piece& piece) {
        if (!piece.visible())
            return;
        const ReplicaId author = document().index().idOf(piece.replica);
        if (ranges.empty() || ranges.back().replica != author)
            ranges.push_back({author, 0});
        ranges.back().length += piece.length;
    });
    return ranges;
}

Replica::Moment Replica::moment() {
    return {version(), document().markDeletions()};
}

std::vector<Replacement> Replica::changesSince(const Moment& moment) const {
    const DeletedText::Lookup gone(document().deletedText(), moment.deletions);
    Replacements made;
    std::size_t index = 0;
    document().pieces().forEach([&](PieceTree::Place at, const Piece& piece) {
        if (piece.isBorder() || at == document().pieces().first())
            return;
        // The elements of the piece that were there at that moment come first.
        const Counter highest = moment.version.highest(document().index().idOf(piece.replica));
        const Counter old =
            highest < piece.counter ? 0 : std::min<Counter>(piece.length, highest - piece.counter + 1);
        if (piece.visible()) {
            made.stays(old);
            document().text().append(index + old, piece.length - old, made.inserted());
            index += piece.length;
        } else {
            gone.visit(
                piece.replica, piece.counter, old, [&made](std::u32string_view text) { made.removed(text); },
                [](std::uint64_t) {});
        }
    });
    return made.take();
}

} // namespace tandem
