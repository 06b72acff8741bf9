// Counts who did how much, from a document's changes in the log's order. A plain value of its thread.
#pragma once

#include "digest/activity.h"
#include "storage/op_log.h"

#include <map>
#include <optional>
#include <set>

namespace tandem {

class ActivityCount {
public:
    // `authors` may lack some: these are nobody in particular.
    ActivityCount(const TimeWindow& window, const std::vector<ReplicaBinding>& authors);

    // internal: the change is damaged. One outside of the window does not count.
    Result<void> add(const LoggedChange& change);
    // Nothing when no change counted. Who and when; sections are for others to find.
    std::optional<DocumentActivity> take() &&;

private:
    struct Author {
        AuthorActivity activity;
        std::set<std::size_t> sessions;
    };

    TimeWindow m_window;
    std::map<ReplicaId, std::string> m_names;
    std::map<std::string, Author> m_authors; // replicas of one name are one author
    DocumentActivity m_document;
};

} // namespace tandem
