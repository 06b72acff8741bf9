// Time, so that the core never asks the system itself. Milliseconds everywhere.
#pragma once

#include <cstdint>

namespace tandem {

class Clock {
public:
    virtual ~Clock() = default;

    // Never goes back; zero is arbitrary. For timeouts and delays.
    virtual std::int64_t monotonicMs() const = 0;
    // The same in microseconds, where it is known so exactly. For measuring.
    virtual std::int64_t monotonicUs() const { return monotonicMs() * 1000; }

    // Since 1970-01-01T00:00:00Z; may jump. For what people see.
    virtual std::int64_t wallMs() const = 0;
};

class SystemClock final : public Clock {
public:
    std::int64_t monotonicMs() const override;
    std::int64_t monotonicUs() const override;
    std::int64_t wallMs() const override;
};

} // namespace tandem
