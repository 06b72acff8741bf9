// A clock that the test moves.
#pragma once

#include "base/clock.h"

namespace tandem {

class ManualClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return nowMs; }
    std::int64_t wallMs() const override { return 1'700'000'000'000 + nowMs + wallOffsetMs; }

    std::int64_t nowMs = 1'000'000;
    std::int64_t wallOffsetMs = 0;
};

} // namespace tandem
