// Ops of one replica made together: the unit of the log, of acks and of broadcasts. Known by (replica,
// first). FORMAT.md has the bytes.
#pragma once

#include "base/result.h"
#include "crdt/op.h"

#include <string_view>

namespace tandem {

struct LocalEdit;

struct Change {
    ReplicaId replica = 0;
    Counter first = 0;
    std::vector<Op> ops;

    // How many counters it uses, and the last of them. Precondition: ops is not empty.
    Counter counterCount() const;
    Counter last() const { return first + counterCount() - 1; }

    friend bool operator==(const Change&, const Change&) = default;
};

// The bytes of a change that stands alone. Precondition: well-formed, not empty.
std::string encodeChange(const Change& change);
std::string encodeChange(const LocalEdit& edit);

// Accepts exactly what encodeChange writes, and what it wrote in format 1. Whether the named elements exist
// is for Replica::validate.
Result<Change> decodeChange(std::string_view bytes);

// The bytes of a change whose replica and first counter are known from elsewhere.
struct EncodedChange {
    ReplicaId replica = 0;
    Counter first = 0;
    std::string_view ops; // of the present format; borrowed
};

Result<Change> decodeChange(const EncodedChange& encoded);
// Of a change that stands alone, in the present format.
Result<EncodedChange> splitChange(std::string_view bytes);
// Appends what EncodedChange::ops borrows.
void writeOps(const Change& change, std::string& out);
void writeOps(const LocalEdit& edit, std::string& out);

} // namespace tandem
