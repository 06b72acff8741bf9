// A job as it stands in the queue, and what is told of it. Plain values. Moments are wall clock, in
// milliseconds since 1970; 0: not yet.
#pragma once

#include "jobs/job_handler.h"

#include <vector>

namespace tandem {

enum class JobState {
    scheduled, // its time has not come
    available,
    executing,
    retryable, // it failed, and its next attempt is due later
    completed,
    cancelled,
    discarded, // the dead set
};

constexpr JobState allJobStates[] = {JobState::scheduled, JobState::available, JobState::executing,
                                     JobState::retryable, JobState::completed, JobState::cancelled,
                                     JobState::discarded};

std::string_view wordFor(JobState state);
std::optional<JobState> jobStateFor(std::string_view word);
// Nothing happens to it any more by itself.
bool isFinished(JobState state);

struct NewJob {
    std::string id;
    std::string type;
    std::string payload;            // JSON, always written the same way for the same content
    std::optional<std::string> key; // unique within its type
    DocumentId document;            // which it belongs to, and is purged with; empty: none
    // Of all jobs with the same words here one runs at a time; empty: any number.
    std::string exclusive;
    int maxAttempts = 1;
    std::int64_t runAtMs = 0; // 0: at once
    std::int64_t keptMs = 0;  // how long it stays when it is finished; in the dead set longer
};

struct JobAttempt {
    std::int64_t startedMs = 0;
    std::int64_t endedMs = 0;
    std::string error; // empty: none, or it goes on
};

// What a job that succeeded left, without the bytes of its file.
struct JobOutput {
    std::string json;
    std::string fileType; // empty: there is no file
    std::string fileName;
};

struct Job {
    std::string id;
    std::string type;
    std::string payload;
    DocumentId document;
    JobState state = JobState::available;
    int progress = 0;
    std::string message;
    std::vector<JobAttempt> attempts; // oldest first
    int maxAttempts = 1;
    std::int64_t runAtMs = 0;
    std::int64_t createdMs = 0;
    std::int64_t finishedMs = 0;
    std::optional<JobOutput> output; // it is completed
    std::string error;               // of the last attempt
};

struct JobQuery {
    std::size_t limit = 50;
    std::optional<std::string> cursor; // of a page for the same question
    std::string type;                  // empty: any
    std::optional<JobState> state;
};

struct JobPage {
    std::vector<Job> jobs; // newest first, without their attempts
    std::optional<std::string> next;
};

struct JobCount {
    std::string type;
    JobState state = JobState::available;
    std::size_t count = 0;
};

struct JobStats {
    std::vector<JobCount> counts;
    std::int64_t oldestAvailableMs = 0; // how long it has been due; 0: none is
};

} // namespace tandem
