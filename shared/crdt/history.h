// The past of a document: what it said at any version, who wrote it, and what changed between two of them.
// Nothing is kept for it but the changes in the log's order and whole copies at some versions, checkpoints: a
// version is the checkpoint before it and the changes from there on, which are few however long the log is.
//
// Lives where its source does; each answer reads anew. Costs: a checkpoint decoded, and the changes since it
// applied: about checkpointInterval at most, where one is kept for every so many versions.
#pragma once

#include "crdt/replica.h"

#include <functional>

namespace tandem {

// Where the past is read from.
class HistorySource {
public:
    virtual ~HistorySource() = default;

    struct Checkpoint {
        Seq version = 0;
        std::string bytes; // Replica::encode()
    };
    // The newest one at or before `version`; none: the empty document, at 0.
    virtual Result<std::optional<Checkpoint>> checkpointAt(Seq version) = 0;
    // Calls `visit` with the bytes of each change after `after` up to `through`, in order, until it gives an
    // error, which is then the result.
    virtual Result<void> readChanges(Seq after, Seq through,
                                     const std::function<Result<void>(std::string_view)>& visit) = 0;
};

class History {
public:
    // Changes from one checkpoint to the next.
    static constexpr Seq checkpointInterval = 16'384;

    explicit History(HistorySource& source) : m_source(source) {}

    // The document as it was. internal: what is stored does not fit together.
    Result<Replica> at(Seq version);
    // What makes the text at `to` of the text at `from`, which may be the later one.
    Result<std::vector<Replacement>> between(Seq from, Seq to);

private:
    Result<void> play(Replica& replica, Seq after, Seq through);

    HistorySource& m_source;
};

} // namespace tandem
