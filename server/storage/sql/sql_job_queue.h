// The queue of jobs in an SQL database. Owned by SqlStorage.
#pragma once

#include "base/clock.h"
#include "storage/sql/job_rows.h"
#include "storage/sql/sql_calls.h"

namespace tandem {

class SqlJobQueue final : public JobQueue {
public:
    // What takes long is read by `slow`.
    SqlJobQueue(SqlThread& reader, SqlThread& writer, SqlThread& slow, const Clock& clock)
        : m_calls(reader, writer, SqlCalls::Health::untold, SqlCalls::Turn::behindOthers)
        , m_slowCalls(slow, writer)
        , m_clock(clock) {}

    void enqueue(NewJob job, Done<Enqueued> done) override;
    void find(std::string id, Done<Job> done) override;
    void list(JobQuery query, Done<JobPage> done) override;
    void stats(Done<JobStats> done) override;
    void file(std::string id, Done<JobFile> done) override;
    void cancel(std::string id, Done<Job> done) override;
    void retry(std::string id, Done<Job> done) override;
    void discard(std::string id, Done<Job> done) override;
    void claim(std::vector<ClaimWish> wishes, std::size_t most, Done<std::vector<ClaimedJob>> done) override;
    void beat(JobLease lease, int progress, std::string message, Done<bool> done) override;
    void complete(JobLease lease, JobResult result, Done<bool> done) override;
    void fail(JobLease lease, std::string error, JobRetry retry, std::int64_t pauseMs,
              Done<bool> done) override;
    void release(JobLease lease, std::int64_t pauseMs, Done<bool> done) override;
    void running(Done<std::vector<RunningJob>> done) override;
    void expire(RunningJob seen, Done<bool> done) override;
    void leader(Done<Leadership> done) override;
    void lead(Leadership seen, std::string holder, Done<bool> done) override;
    void prune(std::size_t most, Done<std::size_t> done) override;
    void repairClock(Done<std::size_t> done) override;
    void enqueueSnapshots(std::int64_t sinceMs, std::int64_t untilMs, DocumentId after, std::size_t most,
                          Done<DocumentId> done) override;

private:
    // Whether a power cut may undo it: the job is done again then.
    enum class Lasting { yes, no };
    using Change = std::function<Result<void>(SqlConnection& connection, JobRow& row, std::int64_t nowMs)>;

    // By people: gives the job as it is then.
    void change(std::string id, Change change, Done<Job> done);
    // By the holder of a lease, if it still counts: says whether it did.
    void settle(JobLease lease, Change change, Lasting lasting, Done<bool> done);
    // The file of a result from this part on, one after the other, then the result itself.
    void completeFrom(std::size_t part, JobLease lease, std::shared_ptr<const JobResult> result,
                      Done<bool> done);

    SqlCalls m_calls; // apart from the log's, whose answers must not wait for these
    SqlCalls m_slowCalls;
    const Clock& m_clock; // asked on the database threads
};

} // namespace tandem
