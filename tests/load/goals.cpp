#include "load/goals.h"

#include <array>
#include <string>

namespace tandem::load {

namespace {

struct Goal {
    std::string_view scenario;
    std::string_view figure;
    double most;
};

// Loopback, the server on one core, SQLite, each change on disk before anyone else sees it.
constexpr std::array<Goal, 13> goals = {{
    {"hot-50", "delivery_p50_ms", 6},
    {"hot-50", "server_cpu_ms_per_1000_delivered", 9},
    {"hot-50-saturated", "server_cpu_ms_per_1000_delivered", 0.15},
    {"rooms", "delivery_p50_ms", 6},
    {"rooms", "server_cpu_ms_per_1000_delivered", 60},
    {"rooms-saturated", "server_cpu_ms_per_1000_delivered", 5},
    {"idle", "rss_per_connection_kib", 5},
    {"documents", "rss_growth", 1.1},
    {"exports", "ack_p99_growth", 1.2},
    {"exports-one-core", "ack_p99_growth", 1.2},
    {"exports-apart", "ack_p99_growth", 1.2},
    {"join", "join_p50_ms", 5},
    {"join-after-restart", "join_p50_ms", 20},
}};

constexpr double wireKbOfJoin = 75;

} // namespace

void addGoals(Figures& figures) {
    const auto scenario = figures["scenario"].get<std::string>();
    for (const Goal& goal : goals) {
        if (goal.scenario == scenario)
            figures["goal_" + std::string(goal.figure)] = goal.most;
    }
    if (figures.contains("wire_kb"))
        figures["goal_wire_kb"] = wireKbOfJoin;
}

} // namespace tandem::load
