// A recorded editing session, read from JSON (plain or gzip), to be played again by the command line and by
// benchmarks.
//
// Sequential: {"startContent", "endContent", "txns": [{"patches": [[position, deleted, inserted], ...]},
// ...]}: each transaction edits the text that the one before left. Concurrent: {"kind": "concurrent",
// "endContent", "numAgents", "txns": [{"parents", "agent", "patches"}, ...]}: each transaction edits the text
// made of its parents and everything they are built on. Parents come before their children. Positions and
// lengths count code points. The patches of a transaction are applied in turn.
#pragma once

#include "base/result.h"
#include "crdt/replica.h"

#include <string>
#include <string_view>
#include <vector>

namespace tandem {

struct Trace {
    enum class Kind { sequential, concurrent };

    struct Transaction {
        std::size_t agent = 0;
        std::vector<std::size_t> parents; // concurrent traces only
        std::vector<Splice> patches;
    };

    Kind kind = Kind::sequential;
    std::u32string startContent;
    std::u32string endContent;
    std::size_t agentCount = 1;
    std::vector<Transaction> transactions;

    std::size_t patchCount() const;
};

// Refuses anything but the shapes above: `malformed` with a sentence that names the transaction. Whether the
// positions lie within the text shows when it is played.
Result<Trace> parseTrace(std::string_view json);

// The same for a file; `notFound` when it cannot be read.
Result<Trace> readTrace(const std::string& path);

} // namespace tandem
