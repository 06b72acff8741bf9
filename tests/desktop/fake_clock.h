// Time that stands still until a test moves it.
#pragma once

#include "base/clock.h"

namespace tandem {

class FakeClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return nowMs; }
    std::int64_t wallMs() const override { return nowMs; }

    std::int64_t nowMs = 1'000'000;
};

} // namespace tandem
