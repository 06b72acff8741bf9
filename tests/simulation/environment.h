// What all parts of a world share: its time, its randomness, and which faults may happen now. Owned by the
// World.
#pragma once

#include "base/random.h"
#include "simulation/virtual_time.h"

#include <array>
#include <bitset>
#include <optional>
#include <string_view>

namespace tandem::simulation {

enum class Fault {
    delay,       // frames take long
    cut,         // connections end
    halfOpen,    // one direction of a connection is swallowed, nobody is told
    partition,   // a client and a server do not reach each other for a while
    serverCrash, // rooms, sessions and what was not handed over are gone
    clientCrash, // a new program with the old outbox
    appendFails, // nothing is stored
    answerLost,  // stored, and answered as unavailable
    lateCommit,  // stored some time after it was answered as unavailable
    readFails,   // the log cannot be read
    slowDisk,    // the log takes seconds
    wallJump,    // the wall clock jumps

    logAway,         // a server does not reach the log for a while
    busLoses,        // a message between servers does not arrive
    busDoubles,      // it arrives twice
    busLate,         // it arrives late, behind younger ones
    busAway,         // a server does not reach the bus for a while, and perhaps nobody tells it
    snapshotFails,   // it is not stored
    snapshotDamaged, // it cannot be read any more
    stranger,        // someone sends what no client sends
    restore,         // the document goes back to a backup
};
constexpr std::size_t faultCount = 21;
using FaultSet = std::bitset<faultCount>;

constexpr std::array<std::string_view, faultCount> faultNames{
    "delay",        "cut",          "half-open",      "partition",        "server-crash",
    "client-crash", "append-fails", "answer-lost",    "late-commit",      "read-fails",
    "slow-disk",    "wall-jump",    "log-away",       "bus-loses",        "bus-doubles",
    "bus-late",     "bus-away",     "snapshot-fails", "snapshot-damaged", "stranger",
    "restore"};

// Do those concerned learn that something has broken?
enum class Notice { soon, never };

struct Environment {
    explicit Environment(std::uint64_t worldSeed) : seed(worldSeed), random(worldSeed) {}

    // Draws whether a fault happens here, `perMille` of a thousand times.
    bool happens(Fault fault, std::uint64_t perMille) {
        return faultsOn && has(fault) && random.below(1000) < perMille;
    }
    bool has(Fault fault) const { return faults.test(static_cast<std::size_t>(fault)); }
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(most - least + 1)));
    }

    const std::uint64_t seed;
    VirtualTime time;
    SeededRandom random;
    FaultSet faults;
    bool faultsOn = false;
};

} // namespace tandem::simulation
