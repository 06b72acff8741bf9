#include "rooms/change_cutting.h"

#include "protocol/limits.h"

#include <algorithm>
#include <iterator>

namespace tandem {

namespace {

// At most, in bytes of FORMAT.md.
constexpr std::size_t rangeBytes = 24;
constexpr std::size_t opBytes = 32;
constexpr std::size_t rangesAtOnce = 4'096;

std::size_t mostBytes(const Op& op) {
    if (const auto* insert = std::get_if<InsertOp>(&op))
        return opBytes + insert->text.size() * 4;
    return opBytes + std::get<DeleteOp>(op).ranges.size() * rangeBytes;
}

class Cutter {
public:
    Cutter(ReplicaId author, Counter first) : m_author(author), m_next(first) {}

    void add(InsertOp run) {
        while (run.text.size() > limits::insertLength) {
            InsertOp piece{run.parent, run.side, run.text.substr(0, limits::insertLength)};
            run.text.erase(0, limits::insertLength);
            put(std::move(piece));
            run.parent = {m_author, m_next - 1};
            run.side = Side::right;
        }
        put(std::move(run));
    }
    void add(DeleteOp deletion) {
        auto begin = std::make_move_iterator(deletion.ranges.begin());
        for (std::size_t left = deletion.ranges.size(); left > 0;) {
            const std::size_t count = std::min(left, rangesAtOnce);
            const auto end = begin + static_cast<std::ptrdiff_t>(count);
            put(DeleteOp{{begin, end}});
            begin = end;
            left -= count;
        }
    }
    std::vector<Change> take() { return std::move(m_changes); }

private:
    void put(Op op) {
        const std::size_t bytes = mostBytes(op);
        if (m_changes.empty() || m_bytes + bytes > limits::changeBytes - opBytes) {
            m_changes.push_back({m_author, m_next, {}});
            m_bytes = 0;
        }
        m_bytes += bytes;
        m_next += counterCount(op);
        m_changes.back().ops.push_back(std::move(op));
    }

    ReplicaId m_author;
    Counter m_next;
    std::size_t m_bytes = 0; // of the last change
    std::vector<Change> m_changes;
};

} // namespace

std::vector<Change> cutIntoChanges(ReplicaId author, Counter first, std::vector<Op> ops) {
    Cutter cutter(author, first);
    for (Op& op : ops)
        std::visit([&cutter](auto& one) { cutter.add(std::move(one)); }, op);
    return cutter.take();
}

} // namespace tandem
