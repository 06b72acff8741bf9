// Ops of one replica made together: the unit of the log, of acks and of broadcasts. Known by (replica,
// first).
#pragma once

#include "base/result.h"
#include "crdt/op.h"

#include <string_view>

namespace tandem {

struct Change {
    ReplicaId replica = 0;
    Counter first = 0;
    std::vector<Op> ops;

    // How many counters it uses, and the last of them. Precondition: ops is not empty.
    Counter counterCount() const;
    Counter last() const { return first + counterCount() - 1; }

    friend bool operator==(const Change&, const Change&) = default;
};

// The bytes of FORMAT.md. Precondition: a well-formed change.
std::string encodeChange(const Change& change);

// Accepts exactly what encodeChange writes. Whether the named elements exist is for Replica::validate.
Result<Change> decodeChange(std::string_view bytes);

} // namespace tandem
