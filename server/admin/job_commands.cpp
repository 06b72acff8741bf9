#include "admin/job_commands.h"

#include "admin/awaited_answer.h"
#include "admin/command_outcome.h"
#include "log/timestamp.h"
#include "storage/sql/sql_storage.h"

#include <cstdio>

namespace tandem {

namespace {

void print(const Job& job) {
    std::printf("%s %s %s, created %s, %zu of %d attempts%s%s\n", job.id.c_str(), job.type.c_str(),
                std::string(wordFor(job.state)).c_str(), timestamp(job.createdMs).c_str(),
                job.attempts.size(), job.maxAttempts, job.error.empty() ? "" : ": ", job.error.c_str());
    for (const JobAttempt& attempt : job.attempts) {
        if (!attempt.error.empty())
            std::printf("    %s %s\n", timestamp(attempt.startedMs).c_str(), attempt.error.c_str());
    }
}

int list(JobQueue& queue, const std::string& word) {
    JobQuery query;
    query.limit = 200;
    query.state = jobStateFor(word);
    if (!query.state)
        query.type = word;
    do {
        const auto page = wait<JobPage>([&](auto answer) { queue.list(query, std::move(answer)); });
        if (!page)
            return fail(somethingIsWrong, page.error().detail);
        for (const Job& job : page->jobs)
            print(job);
        query.cursor = page->next;
    } while (query.cursor);
    return commandDone;
}

} // namespace

int runJobCommand(const std::vector<std::string>& words, const Config& config, const Clock& clock) {
    const std::string& verb = words.front();
    const bool isSteering = verb == "retry" || verb == "discard";
    if ((!isSteering && verb != "list") || (isSteering && words.size() < 2))
        return fail(notACommand, "The command jobs needs list, retry JOB or discard JOB behind it.");
    auto storage = SqlStorage::open(config.database, clock, {}, {}, {DatabaseUse::working});
    if (!storage)
        return fail(somethingIsWrong, storage.error().detail);
    JobQueue& queue = (*storage)->jobs();
    if (!isSteering)
        return list(queue, words.size() > 1 ? words[1] : std::string());
    const auto job = wait<Job>([&](auto answer) {
        if (verb == "retry")
            queue.retry(words[1], std::move(answer));
        else
            queue.discard(words[1], std::move(answer));
    });
    if (!job)
        return fail(somethingIsWrong, job.error().detail);
    print(*job);
    return commandDone;
}

} // namespace tandem
