// Changes that became durable together, as the members of a room are told: in seq order, with what they did
// to the text. Frames that many members get are encoded once. Lives for the time of the call.
#pragma once

#include "crdt/text_edit.h"
#include "protocol/codec.h"
#include "protocol/message.h"
#include "sessions/connection.h"

namespace tandem {

class Participant;

// From where a change was committed: by this room, or by another server, as the log or the bus tells.
enum class Origin { here, elsewhere };

struct CommittedChange {
    Participant* participant = nullptr; // who sent it, if a member here
    ReplicaId replica = 0;
    Counter last = 0;
    std::int64_t timeMs = 0;
    std::string bytes;
    TextEdits edits;
    std::optional<std::string> editId; // of a plain edit
    Origin origin = Origin::elsewhere;
};

class CommittedBatch {
public:
    explicit CommittedBatch(Seq first) : m_first(first) {}

    Seq first() const { return m_first; }
    Seq last() const { return m_first + m_changes.size() - 1; }
    const std::vector<CommittedChange>& changes() const { return m_changes; }
    bool empty() const { return m_changes.empty(); }
    void add(CommittedChange change) { m_changes.push_back(std::move(change)); }

    // The changes from `begin` to before `end`, by place in changes(), for operations clients. Each frame is
    // below the frame limit.
    std::vector<Frame> frames(std::size_t begin, std::size_t end, codec::Encoding encoding) const;
    const Frame& plainFrame() const;

private:
    message::DocUpdate update(std::size_t begin, std::size_t end) const;
    std::vector<Frame> encode(std::size_t begin, std::size_t end, codec::Encoding encoding) const;

    Seq m_first;
    std::vector<CommittedChange> m_changes;
    mutable std::vector<Frame> m_binaryFrames; // of all changes
    mutable std::vector<Frame> m_jsonFrames;
    mutable Frame m_plainFrame;
};

} // namespace tandem
