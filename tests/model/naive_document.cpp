#include "model/naive_document.h"

#include <algorithm>

namespace tandem::model {

NaiveDocument::Place NaiveDocument::insert(OpId id, Place parent, Side side, char32_t value) {
    const Place place = m_nodes.size();
    m_nodes.push_back({id, value, false, {}, {}});
    m_places.emplace(id, place);
    std::vector<Place>& siblings = side == Side::left ? m_nodes[parent].left : m_nodes[parent].right;
    const auto later = std::find_if(siblings.begin(), siblings.end(),
                                    [&](Place sibling) { return id < m_nodes[sibling].id; });
    siblings.insert(later, place);
    return place;
}

void NaiveDocument::apply(const Change& change) {
    OpId id{change.replica, change.first};
    for (const Op& op : change.ops) {
        if (const auto* run = std::get_if<InsertOp>(&op)) {
            Place parent = m_places.at(run->parent);
            Side side = run->side;
            for (const char32_t c : run->text) {
                parent = insert(id, parent, side, c);
                side = Side::right;
                ++id.counter;
            }
            continue;
        }
        for (const ElementRange& range : std::get<DeleteOp>(op).ranges) {
            for (Counter i = 0; i < range.length; ++i)
                m_nodes[m_places.at({range.first.replica, range.first.counter + i})].deleted = true;
        }
        ++id.counter;
    }
}

std::vector<NaiveDocument::Place> NaiveDocument::walk() const {
    std::vector<Place> order;
    order.reserve(m_nodes.size());
    // What is still to visit, the next on top: a whole subtree, or a node alone.
    std::vector<std::pair<Place, bool>> pending{{0, true}};
    while (!pending.empty()) {
        const auto [place, whole] = pending.back();
        pending.pop_back();
        if (!whole) {
            order.push_back(place);
            continue;
        }
        const Node& node = m_nodes[place];
        for (auto child = node.right.rbegin(); child != node.right.rend(); ++child)
            pending.emplace_back(*child, true);
        pending.emplace_back(place, false);
        for (auto child = node.left.rbegin(); child != node.left.rend(); ++child)
            pending.emplace_back(*child, true);
    }
    return order;
}

std::vector<OpId> NaiveDocument::order() const {
    std::vector<OpId> order;
    for (const Place place : walk())
        order.push_back(m_nodes[place].id);
    return order;
}

std::u32string NaiveDocument::text() const {
    std::u32string text;
    for (const Place place : walk()) {
        const Node& node = m_nodes[place];
        if (!node.deleted)
            text.push_back(node.value);
    }
    return text;
}

} // namespace tandem::model
