// The durable queue of jobs, shared by all processes on one database. Threads and callbacks as in op_log.h;
// the order of callbacks is that of the calls, but for those in several steps, such as claim().
//
// A job is done at least once. Whoever claims it holds its lease: a number that grows with each claim, and
// with which alone progress and outcome count, so that whoever lost it cannot overwrite what another does. A
// lease has no moment at which it ends: its holder raises its beat, and whoever has seen the same beat for
// long enough, by a clock of its own that never jumps, takes the job away (LeaseWatch). Only `due` moments
// are wall clock; repairClock() mends what a clock that went back has put off.
#pragma once

#include "base/result.h"
#include "jobs/job.h"

#include <functional>

namespace tandem {

struct JobLease {
    std::string job;
    std::int64_t number = 0;

    friend auto operator<=>(const JobLease&, const JobLease&) = default;
};

struct ClaimedJob {
    JobLease lease;
    std::string type;
    JobRequest request;
    std::int64_t waitedMs = 0; // since it was due
};

struct ClaimWish {
    std::string type;
    std::size_t most = 0;
};

// What is seen of a job that someone runs.
struct RunningJob {
    JobLease lease;
    std::int64_t beat = 0;
    bool cancelAsked = false;
};

// Which process has charge of what is done by one only.
struct Leadership {
    std::string holder; // empty: nobody yet
    std::int64_t beat = 0;

    friend bool operator==(const Leadership&, const Leadership&) = default;
};

class JobQueue {
public:
    virtual ~JobQueue() = default;

    template <typename T>
    using Done = std::function<void(Result<T>)>;

    // --- by whoever wants something done

    enum class Enqueuing {
        added,
        known,     // the same job came before with this key: it is given
        different, // one with this key came before with another payload
    };
    struct Enqueued {
        Enqueuing how = Enqueuing::added;
        Job job;
    };
    // notFound: its document is not there.
    virtual void enqueue(NewJob job, Done<Enqueued> done) = 0;

    // --- by people

    virtual void find(std::string id, Done<Job> done) = 0; // notFound
    // malformed: a cursor that this server did not give.
    virtual void list(JobQuery query, Done<JobPage> done) = 0;
    virtual void stats(Done<JobStats> done) = 0;
    // Of a completed job. notFound: it has no file.
    virtual void file(std::string id, Done<JobFile> done) = 0;
    // A job that waits ends; one that runs is asked to. alreadyExists: it is finished.
    virtual void cancel(std::string id, Done<Job> done) = 0;
    // A job that waits or is finished without success is due now, for one more attempt at least.
    // alreadyExists: it runs or is completed.
    virtual void retry(std::string id, Done<Job> done) = 0;
    // A job that waits goes to the dead set; one that is finished is deleted, and given as it was.
    // alreadyExists: it runs.
    virtual void discard(std::string id, Done<Job> done) = 0;

    // --- by those who work

    // At most `most` in all, the types in the order of the wishes.
    virtual void claim(std::vector<ClaimWish> wishes, std::size_t most,
                       Done<std::vector<ClaimedJob>> done) = 0;
    // These say whether the lease still counted.
    virtual void beat(JobLease lease, int progress, std::string message, Done<bool> done) = 0;
    virtual void complete(JobLease lease, JobResult result, Done<bool> done) = 0;
    // The next attempt, if there is one, begins after `pauseMs`.
    virtual void fail(JobLease lease, std::string error, JobRetry retry, std::int64_t pauseMs,
                      Done<bool> done) = 0;
    // It was no attempt: another one begins after `pauseMs`.
    virtual void release(JobLease lease, std::int64_t pauseMs, Done<bool> done) = 0;

    virtual void running(Done<std::vector<RunningJob>> done) = 0;
    // The holder of the lease is taken for dead, unless its beat is another one: the attempt has failed, and
    // the third such is the last.
    virtual void expire(RunningJob seen, Done<bool> done) = 0;

    // --- by the one who leads

    virtual void leader(Done<Leadership> done) = 0;
    // Puts `holder` in charge, or raises its beat, if `seen` still stands.
    virtual void lead(Leadership seen, std::string holder, Done<bool> done) = 0;
    // Deletes up to `most` finished jobs that were kept long enough, with what they left; gives how many.
    virtual void prune(std::size_t most, Done<std::size_t> done) = 0;
    // What is due later than it ever can be was put off by a clock that has gone back: it is due now.
    virtual void repairClock(Done<std::size_t> done) = 0;
    // A job for each document, at most `most` of them and behind `after` in the order of ids, that was
    // changed after `sinceMs` and not after `untilMs` and has changes behind its newest snapshot. Gives the
    // last of them; empty: there are no more.
    virtual void enqueueSnapshots(std::int64_t sinceMs, std::int64_t untilMs, DocumentId after,
                                  std::size_t most, Done<DocumentId> done) = 0;
};

// So often may a job take the process along that runs it.
constexpr int mostJobDeaths = 3;
// No pause between two attempts is longer.
constexpr std::int64_t longestJobPauseMs = 60 * 60 * 1000;
// How long the dead set keeps a job.
constexpr std::int64_t deadJobsKeptMs = std::int64_t{30} * 24 * 60 * 60 * 1000;

} // namespace tandem
