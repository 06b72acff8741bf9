// The rows of jobs. Plain functions on a connection; those that write, within a writing transaction.
#pragma once

#include "jobs/job_queue.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// A job as those need it who change it.
struct JobRow {
    Job job; // without its attempts
    std::int64_t lease = 0;
    std::int64_t beat = 0;
    int attempt = 0; // how many have begun
    int deaths = 0;
    bool cancelAsked = false;
    std::int64_t keptMs = 0;
    bool isPacked = false; // its file
};

// False: there is one of this type with this key.
Result<bool> insertJob(SqlConnection& connection, const NewJob& job, std::int64_t nowMs);

// notFound
Result<JobRow> readJob(SqlConnection& connection, const std::string& id, std::int64_t nowMs);
// As readJob, and nobody else changes it before the transaction ends.
Result<JobRow> takeJob(SqlConnection& connection, const std::string& id, std::int64_t nowMs);
// Nothing: there is none.
Result<std::optional<std::string>> findJobByKey(SqlConnection& connection, const std::string& type,
                                                const std::string& key);
Result<std::vector<JobAttempt>> readAttempts(SqlConnection& connection, const std::string& id);
Result<JobPage> listJobs(SqlConnection& connection, const JobQuery& query, std::int64_t nowMs);
Result<JobStats> countJobs(SqlConnection& connection, std::int64_t nowMs);

// Puts a job that is executing, or waits, into `state`; the row says how long a finished one is kept.
Result<void> setState(SqlConnection& connection, const JobRow& row, JobState state, std::int64_t dueMs,
                      std::int64_t nowMs);
Result<void> endAttempt(SqlConnection& connection, const JobLease& lease, const std::string& error,
                        std::int64_t nowMs);
Result<void> forgetAttempt(SqlConnection& connection, const JobLease& lease);
// The file of a result, in pieces that are small enough to be stored beside people who type.
bool hasJobPart(const JobResult& result, std::size_t part);
Result<void> storeJobPart(SqlConnection& connection, const JobLease& lease, const JobResult& result,
                          std::size_t part);
// The result itself, when all parts are there.
Result<void> storeOutput(SqlConnection& connection, const JobLease& lease, const JobResult& result);
Result<JobFile> readFile(SqlConnection& connection, const std::string& id);

Result<void> deleteJob(SqlConnection& connection, const std::string& id);
// Up to `most` of those that were kept long enough; how many they were.
Result<std::size_t> pruneJobs(SqlConnection& connection, std::size_t most, std::int64_t nowMs);
// With all that they left.
Result<void> deleteJobsOf(SqlConnection& connection, const DocumentId& document);

} // namespace tandem
