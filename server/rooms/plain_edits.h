// The edits by index of one room, from plain clients and REST: waits with them until they can become changes,
// carries their indexes to the present text, and knows those that were taken before. Owned by DocumentRoom;
// lives on the event loop; borrows the log.
#pragma once

#include "rooms/edit_history.h"
#include "rooms/edit_ids.h"

namespace tandem {

class Participant;

// What a plain client or a REST call asks for: replacements by index. All count in the text at `version`, in
// order, and none touches another.
struct PlainEdit {
    std::string id;
    std::vector<Splice> splices;
    Seq version = 0;
    std::optional<Seq> onlyAfter = std::nullopt; // taken only if nothing has been committed since
};

struct WaitingPlainEdit {
    Participant* participant = nullptr; // who asked last, while a member
    ReplicaId replica = 0;
    PlainEdit edit;
};

class PlainEdits {
public:
    PlainEdits(OpLog& log, const DocumentId& document, Seq head) : m_ids(log, document), m_history(head) {}

    bool empty() const { return m_waiting.empty(); }
    void add(WaitingPlainEdit edit) { m_waiting.push_back(std::move(edit)); }
    // The edit waits already: `participant` is answered from now on.
    bool takeOver(Participant* participant, ReplicaId replica, const std::string& id);
    std::vector<WaitingPlainEdit> takeAll() { return std::exchange(m_waiting, {}); }
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

    // The edit as changes of `replica`, the newest text there is, from the counter `first` on; none when it
    // changes nothing any more.
    Result<std::vector<Change>> changes(const WaitingPlainEdit& waiting, const Replica& replica,
                                        Counter first) const;

private:
    EditIds m_ids;
    EditHistory m_history;
    std::vector<WaitingPlainEdit> m_waiting;
};

} // namespace tandem
