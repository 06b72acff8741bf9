// Connections that do nothing: what each of them takes of the server's memory.
#include "load/measurement.h"

namespace tandem::load {

namespace {
constexpr std::size_t membersOfRoom = 50;
constexpr std::size_t idleRooms = 100;
constexpr std::int64_t settleMs = 3'000;
} // namespace

Result<void> measureIdle(const Options& options, const Tell& tell) {
    auto begun = Measurement::begin("idle", options);
    if (!begun)
        return begun.error();
    Measurement& measurement = **begun;
    const auto added =
        options.tiny ? measurement.addRooms(2, 5, 0) : measurement.addRooms(idleRooms, membersOfRoom, 0);
    if (!added)
        return added;
    if (auto connected = measurement.connect(); !connected)
        return connected;
    measurement.start();
    measurement.crowd().runFor(options.tiny ? 1 : settleMs);
    measurement.finish();
    tell(measurement.figures());
    return {};
}

} // namespace tandem::load
