// How far a replay runs ahead of the server, and how long it waits for it.
#pragma once

#include <cstddef>

namespace tandem::replay_limits {

// Changes of one client that the server has not acked yet.
constexpr std::size_t unackedChanges = 2000;

// Without any answer.
constexpr int patienceMs = 60'000;
constexpr const char* noAnswer = "nothing was heard from the server for 60 s";

} // namespace tandem::replay_limits
