// The shortest list of deletions and insertions between two sequences, in linear space: E. W. Myers, "An
// O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986), section 4b. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tandem {

// What stands at [before, before + deleted) of one sequence is [after, after + inserted) of the other.
struct Hunk {
    std::size_t before = 0;
    std::size_t deleted = 0;
    std::size_t after = 0;
    std::size_t inserted = 0;
};

template <typename T>
class ShortestEdits {
public:
    // Looks no further than for `maxEdits` edits in one go, and takes at most `steps` steps altogether: what
    // it would need more for becomes one hunk.
    ShortestEdits(std::span<const T> before, std::span<const T> after, std::size_t maxEdits,
                  std::size_t steps)
        : m_before(before), m_after(after), m_maxEdits(maxEdits), m_steps(steps) {}

    // In order; between two of them something is equal.
    std::vector<Hunk> find() {
        m_boxes.push_back({0, m_before.size(), 0, m_after.size()});
        while (!m_boxes.empty()) {
            const Hunk box = m_boxes.back();
            m_boxes.pop_back();
            look(box);
        }
        return std::move(m_hunks);
    }
    // Was everything looked at to the end?
    bool isShortest() const { return m_isShortest; }

private:
    struct Point {
        std::size_t x = 0;
        std::size_t y = 0;
    };

    void look(Hunk box) {
        while (box.deleted > 0 && box.inserted > 0 && m_before[box.before] == m_after[box.after])
            box = {box.before + 1, box.deleted - 1, box.after + 1, box.inserted - 1};
        while (box.deleted > 0 && box.inserted > 0 &&
               m_before[box.before + box.deleted - 1] == m_after[box.after + box.inserted - 1])
            box = {box.before, box.deleted - 1, box.after, box.inserted - 1};
        if (box.deleted == 0 && box.inserted == 0)
            return;
        const auto middle = box.deleted > 0 && box.inserted > 0 ? middleOf(box) : std::nullopt;
        if (!middle) {
            add(box);
            return;
        }
        const auto [x, y] = *middle;
        m_boxes.push_back({box.before + x, box.deleted - x, box.after + y, box.inserted - y});
        m_boxes.push_back({box.before, x, box.after, y});
    }

    void add(const Hunk& box) {
        if (!m_hunks.empty()) {
            Hunk& last = m_hunks.back();
            if (last.before + last.deleted == box.before && last.after + last.inserted == box.after) {
                last.deleted += box.deleted;
                last.inserted += box.inserted;
                return;
            }
        }
        m_hunks.push_back(box);
    }

    // A point within the box on a shortest way through it.
    std::optional<Point> middleOf(const Hunk& box) {
        const auto n = static_cast<std::ptrdiff_t>(box.deleted);
        const auto m = static_cast<std::ptrdiff_t>(box.inserted);
        const std::ptrdiff_t delta = n - m;
        const std::ptrdiff_t limit =
            std::min<std::ptrdiff_t>((n + m + 1) / 2, static_cast<std::ptrdiff_t>(m_maxEdits / 2));
        const std::ptrdiff_t zero = limit + 1;
        // How far one comes on each diagonal, from the start and from the end; -1: not at all.
        std::vector<std::ptrdiff_t> forward(static_cast<std::size_t>(2 * limit + 3), -1);
        std::vector<std::ptrdiff_t> backward = forward;
        const auto at = [zero](std::vector<std::ptrdiff_t>& reach, std::ptrdiff_t k) -> std::ptrdiff_t& {
            return reach[static_cast<std::size_t>(zero + k)];
        };
        const auto step = [&](std::vector<std::ptrdiff_t>& reach, std::ptrdiff_t d, std::ptrdiff_t k) {
            std::ptrdiff_t x = d == 0 ? 0 : -1;
            if (d > 0 && at(reach, k + 1) >= 0 && at(reach, k + 1) - k <= m)
                x = at(reach, k + 1);
            if (d > 0 && at(reach, k - 1) >= 0 && at(reach, k - 1) < n)
                x = std::max(x, at(reach, k - 1) + 1);
            return x;
        };
        const auto meets = [&](std::vector<std::ptrdiff_t>& other, std::ptrdiff_t most, std::ptrdiff_t k,
                               std::ptrdiff_t x) {
            const std::ptrdiff_t back = delta - k;
            return back >= -most && back <= most && at(other, back) >= 0 && x + at(other, back) >= n;
        };
        for (std::ptrdiff_t d = 0; d <= limit; ++d) {
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = step(forward, d, k);
                while (x >= 0 && x < n && x - k < m && front(box, x) == frontAfter(box, x - k)) {
                    ++x;
                    ++m_used;
                }
                at(forward, k) = x;
                if (x >= 0 && delta % 2 != 0 && meets(backward, d - 1, k, x))
                    return inside(box, x, x - k);
            }
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = step(backward, d, k);
                while (x >= 0 && x < n && x - k < m &&
                       front(box, n - 1 - x) == frontAfter(box, m - 1 - (x - k))) {
                    ++x;
                    ++m_used;
                }
                at(backward, k) = x;
                if (x >= 0 && delta % 2 == 0 && meets(forward, d, k, x))
                    return inside(box, n - x, m - (x - k));
            }
            m_used += static_cast<std::size_t>(2 * d + 2);
            if (m_used > m_steps)
                break;
        }
        m_isShortest = false;
        return std::nullopt;
    }

    const T& front(const Hunk& box, std::ptrdiff_t x) const {
        return m_before[box.before + static_cast<std::size_t>(x)];
    }
    const T& frontAfter(const Hunk& box, std::ptrdiff_t y) const {
        return m_after[box.after + static_cast<std::size_t>(y)];
    }
    // A corner would not make the box smaller.
    static std::optional<Point> inside(const Hunk& box, std::ptrdiff_t x, std::ptrdiff_t y) {
        const Point point{static_cast<std::size_t>(x), static_cast<std::size_t>(y)};
        const bool corner =
            (point.x == 0 && point.y == 0) || (point.x == box.deleted && point.y == box.inserted);
        return corner ? std::nullopt : std::optional(point);
    }

    std::span<const T> m_before;
    std::span<const T> m_after;
    std::size_t m_maxEdits;
    std::size_t m_steps;
    std::size_t m_used = 0;
    bool m_isShortest = true;
    std::vector<Hunk> m_boxes;
    std::vector<Hunk> m_hunks;
};

} // namespace tandem
