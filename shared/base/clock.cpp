#include "base/clock.h"

#include <chrono>

namespace tandem {

namespace {
template <typename C>
std::int64_t sinceEpochMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(C::now().time_since_epoch()).count();
}
} // namespace

std::int64_t SystemClock::monotonicMs() const {
    return sinceEpochMs<std::chrono::steady_clock>();
}

std::int64_t SystemClock::wallMs() const {
    return sinceEpochMs<std::chrono::system_clock>();
}

} // namespace tandem
