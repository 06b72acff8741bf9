#include "rooms/edit_ids.h"

#include <algorithm>

namespace tandem {

std::optional<Seq> EditIds::find(ReplicaId author, const std::string& id) const {
    const auto ids = m_ids.find(author);
    if (ids == m_ids.end())
        return std::nullopt;
    const auto known = ids->second.find(id);
    return known == ids->second.end() ? std::nullopt : std::optional(known->second);
}

void EditIds::read(const std::set<ReplicaId>& authors, Seq head,
                   std::function<void(const Result<Seq>&)> done) {
    struct Progress {
        std::size_t left = 0;
        Seq newest = 0;
        std::optional<Error> error;
    };
    const auto progress = std::make_shared<Progress>(Progress{authors.size(), 0, std::nullopt});
    for (const ReplicaId author : authors) {
        m_log.readEditIds(
            m_document, author,
            [this, alive = m_alive, author, head, progress, done](Result<std::vector<OpLog::EditId>> ids) {
                if (!*alive)
                    return;
                if (!ids.ok())
                    progress->error = ids.error();
                else
                    for (const OpLog::EditId& id : *ids) {
                        progress->newest = std::max(progress->newest, id.seq);
                        if (id.seq <= head)
                            add(author, id.id, id.seq);
                    }
                if (--progress->left > 0)
                    return;
                done(progress->error ? Result<Seq>(*progress->error) : Result<Seq>(progress->newest));
            });
    }
}

} // namespace tandem
