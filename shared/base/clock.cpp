#include "base/clock.h"

#include <chrono>

namespace tandem {

namespace {
template <typename C, typename Unit = std::chrono::milliseconds>
std::int64_t sinceEpoch() {
    return std::chrono::duration_cast<Unit>(C::now().time_since_epoch()).count();
}
} // namespace

std::int64_t SystemClock::monotonicMs() const {
    return sinceEpoch<std::chrono::steady_clock>();
}

std::int64_t SystemClock::monotonicUs() const {
    return sinceEpoch<std::chrono::steady_clock, std::chrono::microseconds>();
}

std::int64_t SystemClock::wallMs() const {
    return sinceEpoch<std::chrono::system_clock>();
}

} // namespace tandem
