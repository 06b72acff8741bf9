// What a log has beside its changes: when each was made, under whose id, and which versions have a name.
// Plain values, of logs and of archives.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <string>

namespace tandem {

// Who may use a replica id: whoever has the key with this SHA-256 (32 bytes).
struct ReplicaBinding {
    ReplicaId replica = 0;
    std::string keyHash;
    std::string name; // the author's name when the id was first used
};

struct LoggedChange {
    Seq seq = 0;
    ReplicaId replica = 0;
    std::int64_t timeMs = 0; // wall clock at commit
    std::string bytes;       // FORMAT.md

    friend bool operator==(const LoggedChange&, const LoggedChange&) = default;
};

struct NamedVersion {
    Seq version = 0;
    std::string label; // UTF-8, cleaned
    std::int64_t namedMs = 0;
};
// So many versions of a document may have a name.
constexpr std::size_t maxNamedVersions = 1'000;

} // namespace tandem
