// What the server's core tells of its work, for whoever counts it; this class itself counts nothing. Calls
// come on the event loop and must not take long. Owned by main; outlives whoever borrows it.
#pragma once

#include "base/error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tandem {

enum class JobEnding {
    completed,
    failed,
    cancelled,
    postponed, // or released by a process that ends
    lost,      // another process has it by now
};

// Why a client got the whole document though it had a part of it.
enum class Resync {
    farBehind, // the changes that it lacks would be more
    otherLog,  // restored from a backup
    oldVersion // a plain edit against a text that is no longer known
};

class Measures {
public:
    virtual ~Measures() = default;

    // Changes were appended together, or not for this reason; between the call of the log and its answer.
    virtual void appended(std::size_t /*changes*/, std::optional<ErrorCode> /*fault*/,
                          std::int64_t /*tookUs*/) {}
    // They came again and were in the log already.
    virtual void changesKnown(std::size_t /*changes*/) {}
    // They cannot be taken as they are.
    virtual void changeRefused() {}
    // All members of a room were told of what was committed.
    virtual void broadcast(std::int64_t /*tookUs*/) {}
    virtual void roomLoaded(bool /*isWhole*/, std::int64_t /*tookUs*/) {}
    virtual void resynced(Resync) {}
    // Someone read too slowly.
    virtual void slowClientClosed() {}
    virtual void requestAnswered(int /*status*/) {}

    virtual void jobEnqueued(std::string_view /*type*/) {}
    // It had been due for so long.
    virtual void jobBegun(std::string_view /*type*/, std::int64_t /*waitedMs*/) {}
    virtual void jobEnded(std::string_view /*type*/, JobEnding, std::int64_t /*ranMs*/) {}
    // The process that ran it was taken for dead.
    virtual void jobExpired() {}

    // For whoever has nobody that counts.
    static Measures& none() {
        static Measures uncounted;
        return uncounted;
    }
};

} // namespace tandem
