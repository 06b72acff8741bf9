#include "storage/sql/job_rows.h"

#include "deflate/deflate.h"
#include "storage/sql/document_rows.h"

#include <map>
#include <set>

namespace tandem {

namespace {

constexpr std::size_t partBytes = 256 * 1024;
constexpr std::size_t longestSentence = 4'000; // bytes

// A job that waits and is due is available, whatever it waited for.
#define TANDEM_JOB_STATE "CASE WHEN due_ms <= ? THEN 'available' ELSE state END"
// What jobIn reads, in this order.
#define TANDEM_JOB_COLUMNS                                                                                   \
    TANDEM_JOB_STATE ", id, type, payload, document_id, progress, message, max_attempts, run_ms, "           \
                     "created_ms, finished_ms, COALESCE(result, ''), file_type, file_name, error, lease, "   \
                     "beat, attempt, deaths, cancel_asked, kept_ms, file_packed"

JobRow jobIn(const SqlRows& row) {
    JobRow found;
    Job& job = found.job;
    job.state = jobStateFor(row.text(0)).value_or(JobState::discarded);
    job.id = row.text(1);
    job.type = row.text(2);
    job.payload = row.text(3);
    job.document = row.text(4);
    job.progress = static_cast<int>(row.integer(5));
    job.message = row.text(6);
    job.maxAttempts = static_cast<int>(row.integer(7));
    job.runAtMs = row.integer(8);
    job.createdMs = row.integer(9);
    job.finishedMs = row.integer(10);
    if (job.state == JobState::completed)
        job.output = JobOutput{row.text(11), row.text(12), row.text(13)};
    job.error = row.text(14);
    found.lease = row.integer(15);
    found.beat = row.integer(16);
    found.attempt = static_cast<int>(row.integer(17));
    found.deaths = static_cast<int>(row.integer(18));
    found.cancelAsked = row.integer(19) != 0;
    found.keptMs = row.integer(20);
    found.isPacked = row.integer(21) != 0;
    return found;
}

// Never within a character.
std::string shortened(const std::string& sentence) {
    if (sentence.size() <= longestSentence)
        return sentence;
    std::size_t end = longestSentence;
    while (end > 0 && (static_cast<unsigned char>(sentence[end]) & 0xC0) == 0x80)
        --end;
    return sentence.substr(0, end);
}

Result<void> done(Result<SqlRows> rows) {
    return rows ? Result<void>() : rows.error();
}

} // namespace

Result<bool> insertJob(SqlConnection& connection, const NewJob& job, std::int64_t nowMs) {
    const std::int64_t runMs = job.runAtMs == 0 ? nowMs : job.runAtMs;
    const JobState state = runMs > nowMs ? JobState::scheduled : JobState::available;
    auto rows = connection.run(connection.dialect().insertJobOnce,
                               {sqlText(job.id), sqlText(job.type), job.key ? sqlText(*job.key) : QVariant(),
                                sqlText(job.payload), sqlText(job.document), sqlText(job.exclusive),
                                sqlText(std::string(wordFor(state))), sqlTime(nowMs), sqlTime(runMs),
                                sqlTime(runMs), sqlTime(job.keptMs), job.maxAttempts});
    if (!rows)
        return rows.error();
    return rows->affected() > 0;
}

Result<JobRow> readJob(SqlConnection& connection, const std::string& id, std::int64_t nowMs) {
    auto rows =
        connection.run("SELECT " TANDEM_JOB_COLUMNS " FROM jobs WHERE id = ?", {sqlTime(nowMs), sqlText(id)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return jobIn(*rows);
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return Error{ErrorCode::notFound, "There is no job with this id."};
}

Result<JobRow> takeJob(SqlConnection& connection, const std::string& id, std::int64_t nowMs) {
    if (connection.dialect().lockJob) {
        if (auto locked = done(connection.run(connection.dialect().lockJob, {sqlText(id)})); !locked)
            return locked.error();
    }
    return readJob(connection, id, nowMs);
}

Result<std::optional<std::string>> findJobByKey(SqlConnection& connection, const std::string& type,
                                                const std::string& key) {
    auto rows =
        connection.run("SELECT id FROM jobs WHERE type = ? AND job_key = ?", {sqlText(type), sqlText(key)});
    if (!rows)
        return rows.error();
    if (rows->next())
        return std::optional(rows->text(0));
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return std::optional<std::string>();
}

Result<std::vector<JobAttempt>> readAttempts(SqlConnection& connection, const std::string& id) {
    auto rows =
        connection.run("SELECT started_ms, ended_ms, error FROM job_attempts WHERE job_id = ? ORDER BY lease",
                       {sqlText(id)});
    if (!rows)
        return rows.error();
    std::vector<JobAttempt> attempts;
    while (rows->next())
        attempts.push_back({rows->integer(0), rows->integer(1), rows->text(2)});
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return attempts;
}

Result<JobPage> listJobs(SqlConnection& connection, const JobQuery& query, std::int64_t nowMs) {
    const auto after =
        query.cursor ? PagePlace::read(*query.cursor) : Result<PagePlace>(PagePlace::beforeAll());
    if (!after)
        return after.error();
    JobPage page;
    {
        const std::string state = query.state ? std::string(wordFor(*query.state)) : std::string();
        const QVariant createdMs = sqlTime(after->createdMs);
        auto rows = connection.run(
            "SELECT " TANDEM_JOB_COLUMNS " FROM jobs WHERE (? = '' OR type = ?) "
            "AND (? = '' OR " TANDEM_JOB_STATE " = ?) "
            "AND (created_ms < ? OR (created_ms = ? AND id < ?)) ORDER BY created_ms DESC, id DESC LIMIT ?",
            {sqlTime(nowMs), sqlText(query.type), sqlText(query.type), sqlText(state), sqlTime(nowMs),
             sqlText(state), createdMs, createdMs, sqlText(after->id), sqlInteger(query.limit + 1)});
        if (!rows)
            return rows.error();
        while (rows->next()) {
            if (page.jobs.size() == query.limit) {
                page.next = PagePlace{page.jobs.back().createdMs, page.jobs.back().id}.cursor();
                break;
            }
            page.jobs.push_back(jobIn(*rows).job);
        }
        if (auto fault = rows->fault(); !fault)
            return fault.error();
    }
    for (Job& job : page.jobs) {
        auto attempts = readAttempts(connection, job.id);
        if (!attempts)
            return attempts.error();
        job.attempts = std::move(*attempts);
    }
    return page;
}

// By type and by the state that is stored, from the index alone.
using StoredCounts = std::map<std::pair<std::string, std::string>, std::int64_t>;

Result<StoredCounts> countStored(SqlConnection& connection) {
    auto rows = connection.run("SELECT type, state, COUNT(*) FROM jobs GROUP BY state, type");
    if (!rows)
        return rows.error();
    StoredCounts counts;
    while (rows->next())
        counts[{rows->text(0), rows->text(1)}] = rows->integer(2);
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return counts;
}

Result<JobStats> countJobs(SqlConnection& connection, std::int64_t nowMs) {
    auto counts = countStored(connection);
    if (!counts)
        return counts.error();
    std::set<std::string> types;
    for (const auto& [typeAndState, _] : *counts)
        types.insert(typeAndState.first);
    JobStats stats;
    const std::string available(wordFor(JobState::available));
    for (const std::string& type : types) {
        auto rows = connection.run("SELECT state, COUNT(*), ? - MIN(due_ms) FROM jobs WHERE type = ? AND "
                                   "due_ms <= ? GROUP BY state",
                                   {sqlTime(nowMs), sqlText(type), sqlTime(nowMs)});
        if (!rows)
            return rows.error();
        while (rows->next()) {
            (*counts)[{type, rows->text(0)}] -= rows->integer(1);
            (*counts)[{type, available}] += rows->integer(1);
            stats.oldestAvailableMs = std::max(stats.oldestAvailableMs, rows->integer(2));
        }
        if (auto fault = rows->fault(); !fault)
            return fault.error();
    }
    for (const auto& [typeAndState, count] : *counts) {
        if (count > 0)
            stats.counts.push_back({typeAndState.first,
                                    jobStateFor(typeAndState.second).value_or(JobState::discarded),
                                    static_cast<std::size_t>(count)});
    }
    return stats;
}

Result<void> setState(SqlConnection& connection, const JobRow& row, JobState state, std::int64_t dueMs,
                      std::int64_t nowMs) {
    const bool finished = isFinished(state);
    const std::int64_t keptMs =
        state == JobState::discarded ? std::max(row.keptMs, deadJobsKeptMs) : row.keptMs;
    return done(connection.run(
        "UPDATE jobs SET state = ?, due_ms = ?, finished_ms = ?, prune_ms = ?, attempt = ?, deaths = ?, "
        "max_attempts = ?, cancel_asked = ?, progress = ?, error = ?, running_key = NULL WHERE id = ?",
        {sqlText(std::string(wordFor(state))), finished ? QVariant() : sqlTime(dueMs),
         finished ? sqlTime(nowMs) : sqlTime(0), finished ? sqlTime(nowMs + keptMs) : QVariant(), row.attempt,
         row.deaths, row.job.maxAttempts, row.cancelAsked ? 1 : 0, row.job.progress,
         sqlText(shortened(row.job.error)), sqlText(row.job.id)}));
}

Result<void> endAttempt(SqlConnection& connection, const JobLease& lease, const std::string& error,
                        std::int64_t nowMs) {
    return done(
        connection.run("UPDATE job_attempts SET ended_ms = ?, error = ? WHERE job_id = ? AND lease = ?",
                       {sqlTime(nowMs), sqlText(shortened(error)), sqlText(lease.job),
                        sqlInteger(static_cast<std::uint64_t>(lease.number))}));
}

Result<void> forgetAttempt(SqlConnection& connection, const JobLease& lease) {
    return done(connection.run("DELETE FROM job_attempts WHERE job_id = ? AND lease = ?",
                               {sqlText(lease.job), sqlInteger(static_cast<std::uint64_t>(lease.number))}));
}

bool hasJobPart(const JobResult& result, std::size_t part) {
    return result.file && part * partBytes < result.file->bytes.size();
}

Result<void> storeJobPart(SqlConnection& connection, const JobLease& lease, const JobResult& result,
                          std::size_t part) {
    return done(
        connection.run("REPLACE INTO job_files (job_id, lease, part, bytes) VALUES (?, ?, ?, ?)",
                       {sqlText(lease.job), sqlInteger(static_cast<std::uint64_t>(lease.number)),
                        sqlInteger(part), sqlBytes(result.file->bytes.substr(part * partBytes, partBytes))}));
}

Result<void> storeOutput(SqlConnection& connection, const JobLease& lease, const JobResult& result) {
    const JobFile none;
    const JobFile& file = result.file ? *result.file : none;
    // Of runs that broke off.
    auto dropped =
        done(connection.run("DELETE FROM job_files WHERE job_id = ? AND lease <> ?",
                            {sqlText(lease.job), sqlInteger(static_cast<std::uint64_t>(lease.number))}));
    if (!dropped)
        return dropped;
    return done(connection.run(
        "UPDATE jobs SET result = ?, file_type = ?, file_name = ?, file_packed = ? WHERE id = ?",
        {sqlText(result.json), sqlText(file.contentType), sqlText(file.name), file.isPacked ? 1 : 0,
         sqlText(lease.job)}));
}

Result<JobFile> readFile(SqlConnection& connection, const std::string& id) {
    const auto row = readJob(connection, id, 0);
    if (!row)
        return row.error();
    if (!row->job.output || row->job.output->fileType.empty())
        return Error{ErrorCode::notFound, "The job has made no file."};
    JobFile file{row->job.output->fileType, row->job.output->fileName, {}};
    auto rows = connection.run("SELECT bytes FROM job_files WHERE job_id = ? AND lease = ? ORDER BY part",
                               {sqlText(id), sqlInteger(static_cast<std::uint64_t>(row->lease))});
    if (!rows)
        return rows.error();
    while (rows->next())
        file.bytes += rows->bytes(0);
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    if (row->isPacked) {
        auto plain = inflate(file.bytes);
        if (!plain)
            return Error{ErrorCode::internal, "The job's file is damaged."};
        file.bytes = std::move(*plain);
    }
    return file;
}

Result<void> deleteJob(SqlConnection& connection, const std::string& id) {
    for (const char* statement :
         {"DELETE FROM job_files WHERE job_id = ?", "DELETE FROM job_attempts WHERE job_id = ?",
          "DELETE FROM jobs WHERE id = ?"}) {
        if (auto deleted = done(connection.run(statement, {sqlText(id)})); !deleted)
            return deleted;
    }
    return {};
}

Result<std::size_t> pruneJobs(SqlConnection& connection, std::size_t most, std::int64_t nowMs) {
    std::vector<std::string> ids;
    {
        auto rows = connection.run("SELECT id FROM jobs WHERE prune_ms < ? ORDER BY prune_ms LIMIT ?",
                                   {sqlTime(nowMs), sqlInteger(most)});
        if (!rows)
            return rows.error();
        while (rows->next())
            ids.push_back(rows->text(0));
        if (auto fault = rows->fault(); !fault)
            return fault.error();
    }
    for (const std::string& id : ids) {
        if (auto deleted = deleteJob(connection, id); !deleted)
            return deleted.error();
    }
    return ids.size();
}

Result<void> deleteJobsOf(SqlConnection& connection, const DocumentId& document) {
    for (const char* statement :
         {"DELETE FROM job_files WHERE job_id IN (SELECT id FROM jobs WHERE document_id = ?)",
          "DELETE FROM job_attempts WHERE job_id IN (SELECT id FROM jobs WHERE document_id = ?)",
          "DELETE FROM jobs WHERE document_id = ?"}) {
        if (auto deleted = done(connection.run(statement, {sqlText(document)})); !deleted)
            return deleted;
    }
    return {};
}

} // namespace tandem
