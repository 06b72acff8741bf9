#include "jobs/job.h"

namespace tandem {

std::string_view wordFor(JobState state) {
    switch (state) {
    case JobState::scheduled:
        return "scheduled";
    case JobState::available:
        return "available";
    case JobState::executing:
        return "executing";
    case JobState::retryable:
        return "retryable";
    case JobState::completed:
        return "completed";
    case JobState::cancelled:
        return "cancelled";
    case JobState::discarded:
        return "discarded";
    }
    return "discarded";
}

std::optional<JobState> jobStateFor(std::string_view word) {
    for (const JobState state : allJobStates) {
        if (wordFor(state) == word)
            return state;
    }
    return std::nullopt;
}

bool isFinished(JobState state) {
    return state == JobState::completed || state == JobState::cancelled || state == JobState::discarded;
}

} // namespace tandem
