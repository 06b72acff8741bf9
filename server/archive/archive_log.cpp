#include "archive/archive_log.h"

#include "crdt/replica.h"
#include "protocol/limits.h"
#include "storage/document_check.h"

#include <algorithm>
#include <set>

namespace tandem {

namespace {

bool isTime(std::int64_t ms) {
    return ms >= 0 && ms <= latestArchiveMs;
}

template <typename Items, typename Key>
bool allDiffer(const Items& items, Key key) {
    std::set<std::uint64_t> seen;
    return std::all_of(items.begin(), items.end(),
                       [&](const auto& item) { return seen.insert(key(item)).second; });
}

} // namespace

Result<ImportedLog> importedLog(DocumentArchive archive,
                                const std::function<std::string(std::string_view)>& compress) {
    StoredDocument document;
    document.info.head = archive.log.size();
    document.log = std::move(archive.log);
    Replica replica;
    if (const auto problems = problemsOf(document, replica); !problems.empty())
        return Error{ErrorCode::malformed, "the archive's history is damaged: " + problems.front()};
    ImportedLog imported;
    imported.text = replica.text();
    if (imported.text.size() > limits::documentBytes)
        return Error{ErrorCode::limitExceeded, "the archive's text is larger than a document may be"};
    const bool timed = std::all_of(document.log.begin(), document.log.end(),
                                   [](const LoggedChange& change) { return isTime(change.timeMs); });
    const bool named = std::all_of(archive.names.begin(), archive.names.end(), [&](const NamedVersion& one) {
        return one.version <= document.info.head;
    });
    if (!timed || !named || !allDiffer(archive.names, [](const NamedVersion& one) { return one.version; }) ||
        !allDiffer(archive.replicas, [](const ReplicaBinding& one) { return one.replica; }))
        return damagedArchive();

    imported.replicas = std::move(archive.replicas);
    imported.names = std::move(archive.names);
    for (const LoggedChange& change : document.log)
        imported.highest[change.replica] = replica.version().highest(change.replica);
    for (std::size_t first = 0; first < document.log.size();) {
        const auto entries = segmentFrom(document.log, first);
        imported.segments.push_back({first + 1, first + entries.size(), compress(encodeSegment(entries))});
        first += entries.size();
    }
    return imported;
}

} // namespace tandem
