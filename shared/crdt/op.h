// What a change is made of: runs of inserted elements and ranges of deleted ones.
#pragma once

#include "crdt/op_id.h"

#include <span>
#include <string>
#include <variant>
#include <vector>

namespace tandem {

// Which child of its parent an element is in Fugue's tree (Weidner, Kleppmann: "The Art of the Fugue", 2023):
// left children come before their parent in the text, right children after it.
enum class Side : std::uint8_t { left, right };

// A run: the first element is a child of `parent`, each further one the right child of the element before.
// Never empty. Uses text.size() counters.
struct InsertOp {
    OpId parent;
    Side side = Side::right;
    std::u32string text;

    friend bool operator==(const InsertOp&, const InsertOp&) = default;
};

// Elements with successive counters of one replica. `length` is at least 1.
struct ElementRange {
    OpId first;
    Counter length = 1;

    OpId last() const { return {first.replica, first.counter + length - 1}; }
    friend bool operator==(const ElementRange&, const ElementRange&) = default;
};

// Some, in memory that is used again and again.
class ElementRanges {
public:
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    ElementRange& front() { return m_ranges.front(); }
    const ElementRange& front() const { return m_ranges.front(); }
    ElementRange& back() { return m_ranges[m_size - 1]; }
    auto begin() const { return m_ranges.begin(); }
    auto end() const { return begin() + static_cast<std::ptrdiff_t>(m_size); }
    operator std::span<const ElementRange>() const { return {m_ranges.data(), m_size}; }

    void clear() { m_size = 0; } // without a branch, as a vector has it
    void push_back(const ElementRange& range) {
        if (m_size == m_ranges.size())
            m_ranges.push_back(range);
        else
            m_ranges[m_size] = range;
        ++m_size;
    }

private:
    std::vector<ElementRange> m_ranges; // the first ones, and some of before
    std::size_t m_size = 0;
};

// Uses one counter. Never empty. Deleting what is deleted already does nothing.
struct DeleteOp {
    std::vector<ElementRange> ranges;

    friend bool operator==(const DeleteOp&, const DeleteOp&) = default;
};

using Op = std::variant<InsertOp, DeleteOp>;

// How many counters `op` uses.
Counter counterCount(const Op& op);

} // namespace tandem
