#include "model/naive_document.h"

#include <algorithm>

namespace tandem::model {

void NaiveDocument::insert(OpId id, OpId parent, Side side, char32_t value) {
    m_nodes[id].value = value;
    Node& node = m_nodes.at(parent);
    std::vector<OpId>& siblings = side == Side::left ? node.left : node.right;
    siblings.insert(std::lower_bound(siblings.begin(), siblings.end(), id), id);
}

void NaiveDocument::apply(const Change& change) {
    OpId id{change.replica, change.first};
    for (const Op& op : change.ops) {
        if (const auto* run = std::get_if<InsertOp>(&op)) {
            OpId parent = run->parent;
            Side side = run->side;
            for (const char32_t c : run->text) {
                insert(id, parent, side, c);
                parent = id;
                side = Side::right;
                ++id.counter;
            }
            continue;
        }
        for (const ElementRange& range : std::get<DeleteOp>(op).ranges) {
            for (Counter i = 0; i < range.length; ++i)
                m_nodes.at({range.first.replica, range.first.counter + i}).deleted = true;
        }
        ++id.counter;
    }
}

std::vector<OpId> NaiveDocument::order() const {
    std::vector<OpId> order;
    // What is still to visit, the next on top: a whole subtree, or a node alone.
    std::vector<std::pair<OpId, bool>> pending{{OpId::root(), true}};
    while (!pending.empty()) {
        const auto [id, whole] = pending.back();
        pending.pop_back();
        if (!whole) {
            order.push_back(id);
            continue;
        }
        const Node& node = m_nodes.at(id);
        for (auto child = node.right.rbegin(); child != node.right.rend(); ++child)
            pending.emplace_back(*child, true);
        pending.emplace_back(id, false);
        for (auto child = node.left.rbegin(); child != node.left.rend(); ++child)
            pending.emplace_back(*child, true);
    }
    return order;
}

std::u32string NaiveDocument::text() const {
    std::u32string text;
    for (const OpId id : order()) {
        const Node& node = m_nodes.at(id);
        if (!node.deleted)
            text.push_back(node.value);
    }
    return text;
}

} // namespace tandem::model
