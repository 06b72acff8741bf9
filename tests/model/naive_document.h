// The simplest document that can be right: Fugue's tree as the paper gives it, one node an element, walked in
// full for every question. The real replica must agree with it. For tests only; every operation is
// O(document).
#pragma once

#include "crdt/change.h"

#include <map>
#include <vector>

namespace tandem::model {

class NaiveDocument {
public:
    // Precondition: what the change names is here.
    void apply(const Change& change);

    std::u32string text() const;
    // All elements, deleted ones too, in the order of text.
    std::vector<OpId> order() const;
    bool isDeleted(OpId id) const { return m_nodes[m_places.at(id)].deleted; }

private:
    using Place = std::size_t; // of a node in m_nodes
    struct Node {
        OpId id;
        char32_t value = 0;
        bool deleted = false;
        std::vector<Place> left; // children, in the order of ids
        std::vector<Place> right;
    };

    Place insert(OpId id, Place parent, Side side, char32_t value);
    std::vector<Place> walk() const;

    std::vector<Node> m_nodes{{OpId::root(), 0, true, {}, {}}};
    std::map<OpId, Place> m_places{{OpId::root(), 0}};
};

} // namespace tandem::model
