// Which types of jobs there are: what does them, and on what terms. Owned by main, filled once at the start;
// may be asked on any thread.
#pragma once

#include "jobs/job.h"

#include <map>
#include <memory>

namespace tandem {

enum class JobAlone {
    no,
    perDocument, // one at a time for each document
    everywhere,  // one at a time
};

struct JobTerms {
    std::string name;
    std::size_t atOnce = 1; // in one process, at most
    JobAlone alone = JobAlone::no;
    std::int64_t timeoutMs = 0; // of one attempt
    int maxAttempts = 1;        // unless whoever enqueues says otherwise
    std::int64_t keptMs = 0;    // how long a finished one and its result stay
};

struct JobType {
    JobTerms terms;
    std::unique_ptr<JobHandler> handler;
};

// A job on its type's own terms.
NewJob newJob(const JobTerms& terms, std::string id, std::string payload, DocumentId document = {});

class JobTypes {
public:
    void add(JobTerms terms, std::unique_ptr<JobHandler> handler);
    // Null: there is none of this name. Good as long as this object.
    const JobType* find(std::string_view name) const;
    const std::map<std::string, JobType, std::less<>>& all() const { return m_types; }

    // What someone wants from outside.
    struct Wanted {
        std::string type;
        std::string payload; // JSON
        std::optional<std::string> key;
        std::optional<int> maxAttempts;
        std::int64_t runAtMs = 0; // 0: at once
    };
    // malformed, invalidArgument, limitExceeded; whether its document is there the queue finds out.
    Result<NewJob> request(const Wanted& wanted, Random& random) const;

private:
    std::map<std::string, JobType, std::less<>> m_types;
};

constexpr int mostJobAttempts = 25;
constexpr std::size_t longestJobKey = 200;           // bytes
constexpr std::size_t largestJobPayload = 64 * 1024; // bytes

} // namespace tandem
