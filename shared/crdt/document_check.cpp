// What must hold of a document, walked in full.
#include "crdt/document.h"

#include "base/check.h"

#include <algorithm>

namespace tandem {

void Document::checkInvariants() const {
    m_pieces.checkInvariants();
    m_text.checkInvariants();
    std::uint64_t elements = 0;
    m_pieces.forEach([&](Place place, const Piece& piece) {
        if (piece.isBorder() || place == m_pieces.first())
            return;
        elements += piece.length;
        check(m_pieces.find(piece.replica, piece.counter) == place,
              "the index knows a piece's first element");
        const Place last{place.leaf, place.slot, piece.length - 1};
        check(m_pieces.find(piece.replica, piece.endCounter() - 1) == last,
              "the index knows a piece's last element");
        check(m_version.covers({m_index.idOf(piece.replica), piece.endCounter() - 1}),
              "the version covers every element");
    });
    check(elements == m_elements, "the number of elements is known");
    check(m_pieces.visibleLength() == m_text.total().codePoints, "the text is as long as the pieces say");
    checkOrder();
}

// Rebuilds Fugue's tree from the positions of the elements, run by run, and compares its in-order walk with
// the pieces.
void Document::checkOrder() const {
    struct Child {
        OpId id;
        Place place;
    };
    const auto byId = [](const Child& a, const Child& b) { return a.id < b.id; };
    std::map<std::pair<OpId, Side>, std::vector<Child>> children;
    m_pieces.forEach([&](Place place, const Piece& piece) {
        if (piece.isBorder() || place == m_pieces.first())
            return;
        const Position position = positionOf(place);
        const OpId id = idOf(place);
        const bool follows =
            position.side == Side::right && position.parent == OpId{id.replica, id.counter - 1};
        check(follows == !piece.head, "a piece knows whether it goes on");
        children[{position.parent, position.side}].push_back({id, place});
    });
    for (auto& [spot, list] : children)
        std::sort(list.begin(), list.end(), byId);

    // The walk, without recursion: a stack of what is still to do, the next on top.
    struct Step {
        Place place;
        bool visit; // the element itself, else its whole subtree
        std::uint32_t depth;
    };
    std::vector<Step> steps{{m_pieces.first(), false, 0}};
    Place expected = m_pieces.first();
    while (!steps.empty()) {
        const Step step = steps.back();
        steps.pop_back();
        const Piece piece = m_pieces.piece(step.place);
        const OpId id = idOf(step.place);
        if (!step.visit) {
            // Right children first, for they come last: those of other runs and the next element of this
            // piece, in order of ids.
            std::vector<Child> right;
            if (const auto list = children.find({id, Side::right}); list != children.end())
                right = list->second;
            if (step.place.offset + 1 < piece.length)
                right.push_back({{id.replica, id.counter + 1},
                                 {step.place.leaf, step.place.slot, step.place.offset + 1}});
            std::sort(right.begin(), right.end(), byId);
            for (auto child = right.rbegin(); child != right.rend(); ++child)
                steps.push_back({child->place, false, step.depth + 1});
            steps.push_back({step.place, true, step.depth});
            if (const auto list = children.find({id, Side::left}); list != children.end()) {
                for (auto child = list->second.rbegin(); child != list->second.rend(); ++child)
                    steps.push_back({child->place, false, step.depth + 1});
            }
            continue;
        }
        check(step.place == expected, "the order of text is Fugue's");
        check(piece.depth + step.place.offset == step.depth, "pieces know their depth");
        if (++expected.offset < piece.length)
            continue;
        do {
            expected = m_pieces.next(expected);
        } while (expected.exists() && m_pieces.piece(expected).isBorder());
    }
    check(!expected.exists(), "the walk reaches every element");
}

} // namespace tandem
