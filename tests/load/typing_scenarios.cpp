// Rooms in which people type: hot ones, many small ones, one on two servers, and one whose server is killed.
#include "load/measurement.h"

#include <csignal>

namespace tandem::load {

namespace {

constexpr std::int64_t warmUpMs = 1'000;
constexpr std::int64_t tinyMs = 300;

struct Plan {
    std::string name;
    std::size_t rooms = 1;
    std::size_t members = 0;
    std::size_t writers = 0;  // of each room
    double keysPerSecond = 0; // nominal
};

std::int64_t typingMs(const Options& options, double usualSeconds) {
    const double seconds = options.seconds > 0 ? options.seconds : usualSeconds;
    return options.tiny ? tinyMs : static_cast<std::int64_t>(seconds * 1000);
}

Result<std::unique_ptr<Measurement>> prepared(const Plan& plan, const Options& options) {
    auto begun = Measurement::begin(plan.name, options);
    if (!begun)
        return begun;
    if (auto added = (*begun)->addRooms(plan.rooms, plan.members, plan.writers); !added)
        return added.error();
    for (LoadRoom& room : (*begun)->crowd().rooms()) {
        for (LoadClient* writer : room.writers)
            writer->movesCaret(options.cursors);
    }
    if (auto connected = (*begun)->connect(); !connected)
        return connected.error();
    return begun;
}

Result<void> measure(const Plan& plan, const Typing& typing, const Options& options, const Tell& tell) {
    auto prepare = prepared(plan, options);
    if (!prepare)
        return prepare.error();
    Measurement& measurement = **prepare;
    measurement.crowd().beginTyping(typing);
    measurement.crowd().runFor(options.tiny ? tinyMs : warmUpMs);
    measurement.start();
    measurement.crowd().runFor(typingMs(options, 10));
    measurement.finish();
    tell(measurement.figures());
    return {};
}

Result<void> measureBoth(Plan plan, const Options& options, const Tell& tell) {
    if (auto nominal = measure(plan, {plan.keysPerSecond, 0}, options, tell); !nominal)
        return nominal;
    plan.name += "-saturated";
    return measure(plan, {0, options.inFlight}, options, tell);
}

} // namespace

Result<void> measureHotRooms(const Options& options, const Tell& tell) {
    for (const std::size_t members : {10U, 50U, 200U}) {
        Plan plan{"hot-" + std::to_string(members), 1, members, 10, 10};
        if (options.tiny)
            plan.members = members / 10 + 3, plan.writers = 2;
        if (auto measured = measureBoth(plan, options, tell); !measured)
            return measured;
    }
    return {};
}

Result<void> measureManyRooms(const Options& options, const Tell& tell) {
    return measureBoth({"rooms", options.tiny ? 4U : 200U, 2, 2, 5}, options, tell);
}

Result<void> measureTwoServers(const Options& options, const Tell& tell) {
    if (options.urls.size() != 2)
        return Error{ErrorCode::invalidArgument, "two needs two servers, each with --url."};
    return measureBoth({"two", 1, options.tiny ? 4U : 50U, options.tiny ? 2U : 10U, 10}, options, tell);
}

Result<void> measureKills(const Options& options, const Tell& tell) {
    if (!options.urls.empty())
        return Error{ErrorCode::invalidArgument, "kill needs a server of its own, without --url."};
    auto prepare = prepared({"kill", 1, 10, options.tiny ? 2U : 5U, 10}, options);
    if (!prepare)
        return prepare.error();
    Measurement& measurement = **prepare;
    Crowd& crowd = measurement.crowd();
    const int kills = options.tiny ? 1 : 5;
    measurement.start();
    crowd.beginTyping({0, options.inFlight});
    for (int i = 0; i < kills; ++i) {
        crowd.runFor(typingMs(options, 2));
        measurement.server().end(SIGKILL);
        crowd.runFor(tinyMs);
        if (auto again = measurement.server().startAgain(); !again)
            return again;
    }
    crowd.runFor(typingMs(options, 2));
    measurement.finish();
    Figures figures = measurement.figures(crowd.lostConnections());
    figures["kills"] = kills;
    tell(figures);
    return {};
}

} // namespace tandem::load
