#include "client/stranded_changes.h"

#include <algorithm>
#include <functional>
#include <set>

namespace tandem {

namespace {

// Calls `use` with each run that the change inserts.
template <typename Use>
void forEachInsertion(const Change& change, const Use& use) {
    Counter counter = change.first;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op))
            use(ElementRange{{change.replica, counter}, static_cast<Counter>(insert->text.size())}, *insert);
        counter += counterCount(op);
    }
}

template <typename Use>
void forEachDeletion(const Change& change, const Use& use) {
    for (const Op& op : change.ops) {
        if (const auto* deletion = std::get_if<DeleteOp>(&op)) {
            for (const ElementRange& range : deletion->ranges)
                use(range);
        }
    }
}

} // namespace

bool StrandedChanges::isHeldBefore(const Change& change) const {
    return m_before.version().highest(change.replica) >= change.last();
}

// What still stands of the changes' text, in text order.
std::vector<StrandedChanges::Piece> StrandedChanges::pieces() const {
    std::vector<Piece> pieces;
    for (const Change& change : m_changes) {
        if (!isHeldBefore(change))
            continue;
        forEachInsertion(change, [&](const ElementRange& range, const InsertOp&) {
            for (const Stretch& stretch : m_before.stretches(range)) {
                const auto index = m_before.indexOf({stretch.elements.first, Side::left});
                if (!stretch.text.empty() && index.ok())
                    pieces.push_back({*index, stretch.text});
            }
        });
    }
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.index < b.index; });
    std::vector<Piece> joined;
    for (Piece& piece : pieces) {
        if (!joined.empty() && joined.back().index + joined.back().text.size() == piece.index)
            joined.back().text += piece.text;
        else
            joined.push_back(std::move(piece));
    }
    return joined;
}

std::u32string StrandedChanges::textWithoutPlace() const {
    std::set<std::pair<ReplicaId, Counter>> deleted;
    for (const Change& change : m_changes) {
        forEachDeletion(change, [&](const ElementRange& range) {
            for (Counter i = 0; i < range.length; ++i)
                deleted.emplace(range.first.replica, range.first.counter + i);
        });
    }
    std::u32string text;
    for (const Change& change : m_changes) {
        if (isHeldBefore(change))
            continue;
        forEachInsertion(change, [&](const ElementRange& range, const InsertOp& insert) {
            for (Counter i = 0; i < range.length; ++i) {
                if (!deleted.contains({range.first.replica, range.first.counter + i}))
                    text.push_back(insert.text[i]);
            }
        });
    }
    return text;
}

std::vector<Splice> StrandedChanges::insertions(const Replica& now) const {
    std::vector<Splice> splices;
    std::size_t pieceEnd = 0; // of the piece before, in m_before
    std::size_t target = 0;   // behind the piece before, in `now` with all splices so far
    std::size_t inserted = 0;
    for (Piece& piece : pieces()) {
        // Behind the nearest element to the left that is in both.
        for (std::size_t index = piece.index; index > pieceEnd; --index) {
            const auto found = now.indexOf(m_before.anchorAt(index));
            if (found.ok()) {
                target = *found + inserted;
                break;
            }
        }
        pieceEnd = piece.index + piece.text.size();
        inserted += piece.text.size();
        const std::size_t at = target;
        target += piece.text.size();
        splices.push_back({at, 0, std::move(piece.text)});
    }
    if (std::u32string text = textWithoutPlace(); !text.empty())
        splices.push_back({now.length() + inserted, 0, std::move(text)});
    return splices;
}

std::vector<Splice> StrandedChanges::deletions(const Replica& now) const {
    std::set<std::size_t, std::greater<>> indexes; // several changes may have deleted the same
    for (const Change& change : m_changes) {
        forEachDeletion(change, [&](const ElementRange& range) {
            for (const Stretch& stretch : now.stretches(range)) {
                const auto index = now.indexOf({stretch.elements.first, Side::left});
                for (std::size_t i = 0; i < stretch.text.size() && index.ok(); ++i)
                    indexes.insert(*index + i);
            }
        });
    }
    // From the end, so that each finds its range where it was.
    std::vector<Splice> splices;
    for (const std::size_t index : indexes) {
        if (!splices.empty() && splices.back().index == index + 1)
            splices.back() = {index, splices.back().deleted + 1, {}};
        else
            splices.push_back({index, 1, {}});
    }
    return splices;
}

} // namespace tandem
