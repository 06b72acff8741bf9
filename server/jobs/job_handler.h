// What does the jobs of one type. Owned by main; `run` is called on a thread of the job pool, on several at
// once for different jobs, and may block. Jobs are done at least once: a run that is repeated, also after one
// that broke off anywhere, has the effect of one.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tandem {

struct JobRequest {
    std::string id;
    std::string payload; // JSON, which the handler's check() has found right
    int attempt = 1;
};

// What a run is told and may tell while it goes on. Owned by the runner; belongs to the run's thread.
class JobProgress {
public:
    virtual ~JobProgress() = default;

    // It was cancelled, has taken too long, belongs to another worker by now, or the process ends: the run
    // should return soon, with any outcome.
    virtual bool shouldStop() const = 0;
    // 0 to 100, with words for people. Cheap: what comes too often is left out.
    virtual void report(int percent, std::string_view message) = 0;
};

// A file for download: the name is made by the server from words that are safe in a header and on a disk.
struct JobFile {
    std::string contentType;
    std::string name;
    std::string bytes;
    bool isPacked = false; // by deflate(), which is unpacked for whoever downloads it
};

struct JobResult {
    std::string json = "null"; // small: it stands in the job
    std::optional<JobFile> file;
    // Done again it would be noticed: that it is done must last through a power cut from this moment on.
    bool mustLast = false;
};

enum class JobRetry { later, never };

struct JobFailure {
    std::string error; // a sentence without document text or secrets
    JobRetry retry = JobRetry::later;
    std::optional<std::int64_t> afterMs; // at the earliest; none: by the queue's own pauses
};

// It is not time for it yet: this was no attempt, and another one follows.
struct JobPostponement {
    std::int64_t afterMs = 0;
};

using JobOutcome = std::variant<JobResult, JobFailure, JobPostponement>;

class JobHandler {
public:
    virtual ~JobHandler() = default;

    // Before anything is enqueued, on the event loop: what is wrong with a payload. malformed,
    // invalidArgument.
    virtual Result<void> check(std::string_view payload) const = 0;
    virtual JobOutcome run(const JobRequest& request, JobProgress& progress) = 0;
};

} // namespace tandem
