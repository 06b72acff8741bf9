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
    bool isDeleted(OpId id) const { return m_nodes.at(id).deleted; }

private:
    struct Node {
        char32_t value = 0;
        bool deleted = false;
        std::vector<OpId> left; // children, in the order of ids
        std::vector<OpId> right;
    };

    void insert(OpId id, OpId parent, Side side, char32_t value);

    std::map<OpId, Node> m_nodes{{OpId::root(), Node{0, true, {}, {}}}};
};

} // namespace tandem::model
