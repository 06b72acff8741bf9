#include "jobs/types/snapshot_create_job.h"

#include "storage/log_replay.h"

#include <nlohmann/json.hpp>

namespace tandem {

namespace {

using Json = nlohmann::json;

constexpr std::size_t logChunk = 5'000;
constexpr std::int64_t restFactor = 4;

Result<DocumentId> documentIn(std::string_view payload) {
    const Json json = Json::parse(payload, nullptr, false);
    if (!json.is_object() || json.size() != 1 || !json.contains("doc_id") || !json["doc_id"].is_string() ||
        !isDocumentId(json["doc_id"].get_ref<const std::string&>()))
        return Error{ErrorCode::malformed, "The payload must be {\"doc_id\": the id of a document}."};
    return json["doc_id"].get<std::string>();
}

// False: the snapshot that it began with is damaged, or the log.
Result<bool> readLog(const SnapshotStores& stores, EventLoopCalls& loop, const DocumentInfo& info,
                     LogReplay& replay) {
    while (true) {
        const auto changes = waitFor<std::vector<LoggedChange>>(loop, [&](auto done) {
            stores.log.readAfter(info.id, info.epoch, replay.readTo(), logChunk, std::move(done));
        });
        if (!changes.ok())
            return changes.error();
        for (const LoggedChange& logged : *changes) {
            if (!replay.take(logged))
                return false;
        }
        if (changes->size() < logChunk)
            return replay.readTo() >= info.head;
    }
}

} // namespace

Result<MadeSnapshot> makeSnapshot(const SnapshotStores& stores, EventLoopCalls& loop,
                                  const DocumentId& document) {
    const auto info =
        waitFor<DocumentInfo>(loop, [&](auto done) { stores.documents.find(document, std::move(done)); });
    if (!info.ok())
        return info.error();
    for (Seq upTo = info->head;;) {
        const auto snapshot = waitFor<std::optional<StoredSnapshot>>(
            loop, [&](auto done) { stores.snapshots.latest(document, upTo, std::move(done)); });
        if (!snapshot.ok())
            return snapshot.error();
        LogReplay replay;
        const Seq begin = *snapshot ? (*snapshot)->seq : 0;
        if (begin == 0 || replay.begin(**snapshot)) {
            const auto read = readLog(stores, loop, *info, replay);
            if (!read.ok())
                return read.error();
            if (*read && replay.readTo() == begin)
                return MadeSnapshot{info->epoch, begin, nullptr};
            if (*read)
                return MadeSnapshot{info->epoch, replay.readTo(),
                                    std::make_shared<const std::string>(replay.takeReplica().encode())};
        }
        if (begin == 0)
            return Error{ErrorCode::internal,
                         "the document's log is damaged at version " + std::to_string(replay.readTo() + 1)};
        upTo = begin - 1;
    }
}

Result<void> SnapshotCreateJob::check(std::string_view payload) const {
    const auto document = documentIn(payload);
    return document.ok() ? Result<void>() : document.error();
}

std::int64_t SnapshotCreateJob::restMs(const DocumentId& document) {
    const std::lock_guard lock(m_mutex);
    const std::int64_t now = m_clock.monotonicMs();
    std::erase_if(m_notBeforeMs, [now](const auto& entry) { return entry.second <= now; });
    const auto rests = m_notBeforeMs.find(document);
    return rests == m_notBeforeMs.end() ? 0 : rests->second - now;
}

void SnapshotCreateJob::noteCost(const DocumentId& document, std::int64_t tookMs) {
    const std::lock_guard lock(m_mutex);
    m_notBeforeMs[document] = m_clock.monotonicMs() + restFactor * tookMs;
}

JobOutcome SnapshotCreateJob::run(const JobRequest& request, JobProgress&) {
    const auto document = documentIn(request.payload);
    if (!document.ok())
        return JobFailure{document.error().detail, JobRetry::never, std::nullopt};
    if (const std::int64_t rest = restMs(*document); rest > 0)
        return JobPostponement{rest};
    const std::int64_t begunMs = m_clock.monotonicMs();
    const auto made = makeSnapshot(m_stores, m_loop, *document);
    // In the bin, or gone: it needs none.
    if (!made.ok() && made.error().code == ErrorCode::notFound)
        return JobResult{R"({"version":null})", std::nullopt};
    if (!made.ok())
        return JobFailure{made.error().detail, JobRetry::later, std::nullopt};
    if (made->bytes) {
        const auto stored = waitFor<void>(m_loop, [&](auto done) {
            m_stores.snapshots.store(*document, made->epoch, made->version, made->bytes, std::move(done));
        });
        noteCost(*document, m_clock.monotonicMs() - begunMs);
        if (!stored.ok())
            return JobFailure{stored.error().detail, JobRetry::later, std::nullopt};
    }
    return JobResult{R"({"version":)" + std::to_string(made->version) + "}", std::nullopt};
}

} // namespace tandem
