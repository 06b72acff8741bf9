// Waiting in tests: the event loop goes on, so that clients in the same process work.
#pragma once

#include <functional>

namespace tandem {

// False when `done` has not become true in this time: a bound for what hangs, not a measure.
bool waitUntil(const std::function<bool()>& done, int timeoutMs = 60'000);

// Lets the event loop go on for a while.
void spin(int ms);

} // namespace tandem
