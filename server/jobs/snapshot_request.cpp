#include "jobs/snapshot_request.h"

namespace tandem {

namespace {

constexpr std::int64_t minuteMs = 60'000;

NewJob request(const DocumentId& document, std::string key) {
    SystemRandom random;
    NewJob job =
        newJob(snapshotTerms(), makeRandomId(random), R"({"doc_id":")" + document + R"("})", document);
    job.key = std::move(key);
    return job;
}

} // namespace

const JobTerms& snapshotTerms() {
    static const JobTerms terms{"snapshot.create", 1, JobAlone::perDocument, 10 * minuteMs, 5, 60 * minuteMs};
    return terms;
}

NewJob snapshotOfInterval(const DocumentId& document, Seq head, Seq interval) {
    return request(document, "snapshot:" + document + ":" + std::to_string(head / interval));
}

NewJob snapshotAtRest(const DocumentId& document, Seq head) {
    return request(document, "snapshot:" + document + ":rest:" + std::to_string(head));
}

} // namespace tandem
