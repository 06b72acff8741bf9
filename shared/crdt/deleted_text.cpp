#include "crdt/deleted_text.h"

#include "base/utf8.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace tandem {

void DeletedText::goOnBehind(DeletedText& earlier) {
    UnitLog units = std::move(earlier.m_units);
    const std::uint32_t before = units.size();
    units.append(m_units.text(0, m_units.size()));
    for (Run& run : m_runs)
        run.units += before;
    m_noted += before;
    m_units = std::move(units);
    earlier = DeletedText();
}

DeletedText::Lookup::Lookup(const DeletedText& deleted, Mark since)
    : m_deleted(deleted), m_sorted(deleted.m_runs.size() - since) {
    std::iota(m_sorted.begin(), m_sorted.end(), static_cast<std::uint32_t>(since));
    std::sort(m_sorted.begin(), m_sorted.end(), [&deleted](std::uint32_t a, std::uint32_t b) {
        const Run& x = deleted.m_runs[a];
        const Run& y = deleted.m_runs[b];
        return std::tie(x.replica, x.first) < std::tie(y.replica, y.first);
    });
}

DeletedText::Lookup::Part DeletedText::Lookup::partAt(ReplicaIndex replica, Counter first,
                                                      std::uint64_t length) const {
    const auto after = std::upper_bound(m_sorted.begin(), m_sorted.end(), std::pair(replica, first),
                                        [this](const auto& wanted, std::uint32_t i) {
                                            const Run& run = m_deleted.m_runs[i];
                                            return wanted < std::pair(run.replica, run.first);
                                        });
    const auto upTo = [&](std::uint64_t most) { return static_cast<Counter>(std::min(length, most)); };
    if (after != m_sorted.begin()) {
        const std::uint32_t i = *std::prev(after);
        const Run& run = m_deleted.m_runs[i];
        const Counter offset = first - run.first;
        if (run.replica == replica && offset < run.length) {
            const std::uint32_t end =
                i + 1 < m_deleted.m_runs.size() ? m_deleted.m_runs[i + 1].units : m_deleted.m_units.size();
            std::u32string text = fromUtf16(m_deleted.m_units.text(run.units, end - run.units));
            if (run.falling)
                std::reverse(text.begin(), text.end());
            const Counter taken = upTo(run.length - offset);
            return {taken, text.substr(offset, taken)};
        }
    }
    if (after != m_sorted.end() && m_deleted.m_runs[*after].replica == replica)
        return {upTo(m_deleted.m_runs[*after].first - first), {}};
    return {upTo(length), {}};
}

} // namespace tandem
