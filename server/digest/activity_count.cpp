#include "digest/activity_count.h"

#include "crdt/change.h"
#include "protocol/display_text.h"
#include "storage/edit_sessions.h"

#include <algorithm>
#include <cstdlib>

namespace tandem {

ActivityCount::ActivityCount(const TimeWindow& window, const std::vector<ReplicaBinding>& authors)
    : m_window(window) {
    for (const ReplicaBinding& author : authors)
        m_names[author.replica] = displayName(author.name);
}

Result<void> ActivityCount::add(const LoggedChange& logged) {
    if (logged.timeMs < m_window.sinceMs || logged.timeMs >= m_window.untilMs)
        return {};
    const auto change = decodeChange(logged.bytes);
    if (!change)
        return Error{ErrorCode::internal, "change " + std::to_string(logged.seq) + " is damaged"};
    const bool isFirst = m_document.sessions == 0;
    if (isFirst) {
        m_document.from = logged.seq - 1;
        m_document.firstMs = logged.timeMs;
    }
    // Clocks may have been set back.
    if (isFirst || std::abs(logged.timeMs - m_document.lastMs) >= EditSessions::pauseMs)
        ++m_document.sessions;
    m_document.to = logged.seq;
    m_document.lastMs = logged.timeMs;

    const auto known = m_names.find(logged.replica);
    Author& author = m_authors[known == m_names.end() ? displayName({}) : known->second];
    author.sessions.insert(m_document.sessions);
    for (const Op& op : change->ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            author.activity.inserted += insert->text.size();
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
                author.activity.deleted += range.length;
        }
    }
    return {};
}

std::optional<DocumentActivity> ActivityCount::take() && {
    if (m_document.sessions == 0)
        return std::nullopt;
    for (auto& [name, author] : m_authors) {
        author.activity.name = name;
        author.activity.sessions = author.sessions.size();
        m_document.authors.push_back(std::move(author.activity));
    }
    std::stable_sort(m_document.authors.begin(), m_document.authors.end(), [](const auto& a, const auto& b) {
        return a.inserted + a.deleted > b.inserted + b.deleted;
    });
    return std::move(m_document);
}

} // namespace tandem
