// How far a replay runs ahead of the server.
#pragma once

#include <cstddef>

namespace tandem::replay_limits {

// Changes of one client that the server has not acked yet.
constexpr std::size_t unackedChanges = 2000;

} // namespace tandem::replay_limits
