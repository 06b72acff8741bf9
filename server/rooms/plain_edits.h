// The edits by index of one room, from plain clients and REST: waits with them until they can become changes,
// carries their indexes to the present text, and knows those that were taken before. Owned by DocumentRoom;
// lives on the event loop; borrows the log.
#pragma once

#include "rooms/change_queue.h"
#include "rooms/edit_history.h"
#include "rooms/edit_ids.h"

#include <deque>

namespace tandem {

// What a plain client or a REST call asks for: replacements by index. All count in the text at `version`, in
// order, and none touches another.
struct PlainEdit {
    std::string id;
    std::vector<Splice> splices;
    Seq version = 0;
    std::optional<Seq> onlyAfter = std::nullopt; // taken only if nothing has been committed since

    std::size_t textBytes() const; // in UTF-8
    std::size_t bytes() const;     // while it waits
};

class PlainEdits {
public:
    PlainEdits(OpLog& log, const DocumentId& document, Seq head) : m_ids(log, document), m_history(head) {}

    bool empty() const { return m_waiting.empty(); }
    std::size_t size() const { return m_waiting.size(); }
    std::size_t bytes() const { return m_bytes; }
    // The edit waits until it can become changes. One that waits already is answered to its author's last
    // connection.
    void add(Participant* participant, ReplicaId replica, PlainEdit edit);
    // Makes all that waits changes, in the order it came, for the text of `replica`, which is the newest
    // there is. Answers what needs none or is refused.
    void queueAll(const Replica& replica, ChangeQueue& queue);
    // Nothing of what waits is taken.
    void refuseAll(const Error& error);
    // The sender is gone: its edits stay, nobody is answered.
    void forget(const Participant* participant);

    // The next version is in the replica: what it did to the text, and which edit it was.
    void applied(const TextEdits& edits, ReplicaId replica, const std::optional<std::string>& id);

    // The version that an edit made, if it is in the replica. Ids of others' making are known once read.
    std::optional<Seq> find(ReplicaId replica, const std::string& id) const {
        return m_ids.find(replica, id);
    }
    // Reads the ids of these authors' edits; see EditIds::read.
    void readIds(const std::set<ReplicaId>& authors, std::function<void(const Result<Seq>& newest)> done) {
        m_ids.read(authors, m_history.newest(), std::move(done));
    }

private:
    struct Waiting {
        Participant* participant = nullptr; // who is answered, while a member
        ReplicaId replica = 0;
        PlainEdit edit;

        void settle(Seq version) const;
        void refuse(const Error& error) const;
    };

    std::optional<Waiting> next();
    void queue(const Waiting& waiting, const Replica& replica, ChangeQueue& queue);
    Result<std::vector<Change>> changes(const Waiting& waiting, const Replica& replica, Counter first) const;

    EditIds m_ids;
    EditHistory m_history;
    std::deque<Waiting> m_waiting;
    std::size_t m_bytes = 0;
};

} // namespace tandem
