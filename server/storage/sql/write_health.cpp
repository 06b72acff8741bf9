#include "storage/sql/write_health.h"

namespace tandem {

namespace {
constexpr std::int64_t failureCountsMs = 3'000;
constexpr std::int64_t successCountsMs = 1'000;
} // namespace

void WriteHealth::note(const Result<void>& outcome) {
    bool changed = false;
    {
        const std::lock_guard lock(m_mutex);
        changed = (!m_last || m_last->ok()) != outcome.ok();
        m_last = outcome;
        m_notedAtMs = m_clock.monotonicMs();
    }
    if (changed && m_report)
        m_report(outcome);
}

std::optional<Result<void>> WriteHealth::lately() const {
    const std::lock_guard lock(m_mutex);
    if (!m_last)
        return std::nullopt;
    const std::int64_t counts = m_last->ok() ? successCountsMs : failureCountsMs;
    return m_clock.monotonicMs() - m_notedAtMs < counts ? m_last : std::nullopt;
}

} // namespace tandem
