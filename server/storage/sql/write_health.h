// Whether the database could be written lately: for `/readyz`, and for the operator, who hears of it when it
// changes. Owned by SqlStorage. The writing thread notes, any thread may ask.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <functional>
#include <mutex>
#include <optional>

namespace tandem {

class WriteHealth {
public:
    // Called on the writing thread: an error when writing begins to fail, none when it works again.
    using Report = std::function<void(const Result<void>& outcome)>;

    WriteHealth(const Clock& clock, Report report) : m_clock(clock), m_report(std::move(report)) {}

    // What became of a transaction.
    void note(const Result<void>& outcome);
    // How the last transaction ended, if that is not long ago; otherwise only trying tells. A failure counts
    // for longer than clients wait between two attempts, so that one of something small between them does
    // not hide it.
    std::optional<Result<void>> lately() const;

private:
    const Clock& m_clock;
    const Report m_report;
    mutable std::mutex m_mutex;
    std::optional<Result<void>> m_last; // by m_mutex
    std::int64_t m_notedAtMs = 0;       // by m_mutex
};

} // namespace tandem
