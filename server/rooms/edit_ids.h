// Which plain edits are in the replica already, by author and id, so that none is taken twice. Owned by
// DocumentRoom; lives on the event loop; borrows the OpLog. Knows those committed here; others' are read.
#pragma once

#include "storage/op_log.h"

#include <map>
#include <memory>
#include <set>

namespace tandem {

class EditIds {
public:
    EditIds(OpLog& log, DocumentId document)
        : m_log(log), m_document(std::move(document)), m_alive(std::make_shared<bool>(true)) {}
    ~EditIds() { *m_alive = false; }
    EditIds(const EditIds&) = delete;
    EditIds& operator=(const EditIds&) = delete;

    void add(ReplicaId author, const std::string& id, Seq seq) { m_ids[author].emplace(id, seq); }
    // The version that the edit made.
    std::optional<Seq> find(ReplicaId author, const std::string& id) const;

    // Reads the ids of these authors, one at least, and takes over those up to `head`; gives the version of
    // the newest that the log has. A caller that has moved on meanwhile has added what is newer itself.
    void read(const std::set<ReplicaId>& authors, Seq head, std::function<void(const Result<Seq>&)> done);

private:
    OpLog& m_log;
    DocumentId m_document;
    std::map<ReplicaId, std::map<std::string, Seq>> m_ids;
    std::shared_ptr<bool> m_alive; // guards callbacks of the log
};

} // namespace tandem
