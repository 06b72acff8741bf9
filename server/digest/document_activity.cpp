#include "digest/document_activity.h"

#include "base/utf8.h"
#include "digest/activity_count.h"
#include "digest/changed_sections.h"

namespace tandem {

namespace {

constexpr std::size_t sessionsAtOnce = 100;
constexpr std::size_t changesAtOnce = 4'096;

const Error stopped{ErrorCode::unavailable, "it was stopped"};

// The version before the first session that reaches into the window.
Result<Seq> versionBefore(DocumentSource& documents, const DocumentInfo& document, std::int64_t sinceMs,
                          const std::function<bool()>& shouldStop) {
    Seq before = document.head + 1;
    for (std::optional<Seq> next = before; next;) {
        if (shouldStop())
            return stopped;
        const auto page = documents.sessionsBefore(document, *next, sessionsAtOnce);
        if (!page)
            return page.error();
        for (const EditSession& session : page->sessions) {
            if (session.endedMs < sinceMs)
                return before - 1;
            before = session.from;
        }
        next = page->next;
    }
    return before - 1;
}

} // namespace

Result<std::optional<DocumentActivity>> documentActivity(DocumentSource& documents,
                                                         const DocumentInfo& document,
                                                         const TimeWindow& window,
                                                         const std::function<bool()>& shouldStop) {
    const auto start = versionBefore(documents, document, window.sinceMs, shouldStop);
    if (!start)
        return start.error();
    const auto authors = documents.authors(document.id);
    if (!authors)
        return authors.error();
    ActivityCount count(window, *authors);
    for (Seq after = *start; after < document.head;) {
        if (shouldStop())
            return stopped;
        const auto changes = documents.changesAfter(document, after, changesAtOnce);
        if (!changes)
            return changes.error();
        if (changes->empty())
            return Error{ErrorCode::internal, "changes are missing in its log"};
        for (const LoggedChange& change : *changes) {
            if (auto added = count.add(change); !added)
                return added.error();
        }
        after = changes->back().seq;
    }
    auto activity = std::move(count).take();
    if (!activity)
        return activity;
    activity->id = document.id;
    activity->title = document.title;
    const auto replacements = documents.changesBetween(document, activity->from, activity->to);
    if (!replacements)
        return replacements.error();
    const auto past = documents.versionAt(document, activity->to);
    if (!past)
        return past.error();
    const auto text = fromUtf8(past->text);
    if (!text)
        return text.error();
    activity->sections = changedSections(*text, *replacements);
    return activity;
}

} // namespace tandem
