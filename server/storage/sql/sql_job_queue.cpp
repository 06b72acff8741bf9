#include "storage/sql/sql_job_queue.h"

#include "jobs/snapshot_request.h"
#include "storage/sql/job_claiming.h"

namespace tandem {

namespace {

const QString leaderName = QStringLiteral("jobs");

Result<Job> withAttempts(SqlConnection& connection, Result<JobRow> row) {
    if (!row)
        return row.error();
    auto attempts = readAttempts(connection, row->job.id);
    if (!attempts)
        return attempts.error();
    row->job.attempts = std::move(*attempts);
    return std::move(row->job);
}

// The one that came before with the key of `job`; nothing: none did.
Result<std::optional<JobQueue::Enqueued>> findEarlier(SqlConnection& connection, const NewJob& job,
                                                      std::int64_t nowMs) {
    using Enqueued = JobQueue::Enqueued;
    if (!job.key)
        return std::optional<Enqueued>();
    const auto known = findJobByKey(connection, job.type, *job.key);
    if (!known)
        return known.error();
    if (!*known)
        return std::optional<Enqueued>();
    auto found = withAttempts(connection, readJob(connection, **known, nowMs));
    if (!found)
        return found.error();
    const bool same = found->payload == job.payload;
    return std::optional(
        Enqueued{same ? JobQueue::Enqueuing::known : JobQueue::Enqueuing::different, std::move(*found)});
}

Result<JobQueue::Enqueued> enqueueJob(SqlConnection& connection, const NewJob& job, std::int64_t nowMs) {
    auto earlier = findEarlier(connection, job, nowMs);
    if (!earlier)
        return earlier.error();
    if (*earlier)
        return std::move(**earlier);
    if (!job.document.empty()) {
        if (const auto info = findDocument(connection, job.document); !info)
            return info.error();
    }
    const auto added = insertJob(connection, job, nowMs);
    if (!added)
        return added.error();
    if (!*added) { // at this moment, by another process
        earlier = findEarlier(connection, job, nowMs);
        if (!earlier)
            return earlier.error();
        return *earlier ? Result<JobQueue::Enqueued>(std::move(**earlier))
                        : Error{ErrorCode::unavailable, "the job could not be added"};
    }
    auto stored = withAttempts(connection, readJob(connection, job.id, nowMs));
    if (!stored)
        return stored.error();
    return JobQueue::Enqueued{JobQueue::Enqueuing::added, std::move(*stored)};
}

Result<bool> expireJob(SqlConnection& connection, const RunningJob& seen, std::int64_t nowMs) {
    auto row = takeJob(connection, seen.lease.job, nowMs);
    if (!row)
        return row.error().code == ErrorCode::notFound ? Result<bool>(false) : row.error();
    if (row->job.state != JobState::executing || row->lease != seen.lease.number || row->beat != seen.beat)
        return false;
    ++row->deaths;
    row->job.error = "The process that ran it was not heard of any more.";
    if (auto ended = endAttempt(connection, seen.lease, row->job.error, nowMs); !ended)
        return ended.error();
    const bool isLast = row->deaths >= mostJobDeaths || row->attempt >= row->job.maxAttempts;
    const JobState next = row->cancelAsked ? JobState::cancelled
                          : isLast         ? JobState::discarded
                                           : JobState::retryable;
    if (auto set = setState(connection, *row, next, nowMs, nowMs); !set)
        return set.error();
    return true;
}

struct UnsavedDocument {
    DocumentId id;
    Seq head = 0;
};

Result<std::vector<UnsavedDocument>> unsavedDocuments(SqlConnection& connection, std::int64_t sinceMs,
                                                      std::int64_t untilMs, const DocumentId& after,
                                                      std::size_t most) {
    auto rows = connection.run(
        "SELECT d.id, d.head FROM documents d WHERE d.id > ? AND d.updated_ms > ? AND d.updated_ms <= ? "
        "AND d.deleted_ms IS NULL AND d.head > COALESCE((SELECT MAX(s.seq) FROM snapshots s "
        "WHERE s.document_id = d.id), 0) ORDER BY d.id LIMIT ?",
        {sqlText(after), sqlTime(sinceMs), sqlTime(untilMs), sqlInteger(most)});
    if (!rows)
        return rows.error();
    std::vector<UnsavedDocument> found;
    while (rows->next())
        found.push_back({rows->text(0), static_cast<Seq>(rows->integer(1))});
    if (auto fault = rows->fault(); !fault)
        return fault.error();
    return found;
}

Error refusal(std::string sentence) {
    return {ErrorCode::alreadyExists, std::move(sentence)};
}

} // namespace

void SqlJobQueue::enqueue(NewJob job, Done<Enqueued> done) {
    m_calls.change<Enqueued>(
        job.document,
        [this, job](SqlConnection& connection) { return enqueueJob(connection, job, m_clock.wallMs()); },
        std::move(done));
}

void SqlJobQueue::find(std::string id, Done<Job> done) {
    m_calls.read<Job>(
        {},
        [this, id = std::move(id)](SqlConnection& connection) {
            return withAttempts(connection, readJob(connection, id, m_clock.wallMs()));
        },
        std::move(done));
}

void SqlJobQueue::list(JobQuery query, Done<JobPage> done) {
    m_calls.read<JobPage>(
        {},
        [this, query = std::move(query)](SqlConnection& connection) {
            return listJobs(connection, query, m_clock.wallMs());
        },
        std::move(done));
}

void SqlJobQueue::stats(Done<JobStats> done) {
    m_calls.read<JobStats>(
        {},
        [this](SqlConnection& connection) {
            return readingOneState(connection, [&] { return countJobs(connection, m_clock.wallMs()); });
        },
        std::move(done));
}

void SqlJobQueue::file(std::string id, Done<JobFile> done) {
    m_slowCalls.read<JobFile>(
        {},
        [id = std::move(id)](SqlConnection& connection) {
            return readingOneState(connection, [&] { return readFile(connection, id); });
        },
        std::move(done));
}

// --- by people

void SqlJobQueue::change(std::string id, Change change, Done<Job> done) {
    m_calls.write<Job>(
        {},
        [this, id = std::move(id), change = std::move(change)](SqlConnection& connection) -> Result<Job> {
            const std::int64_t nowMs = m_clock.wallMs();
            auto row = takeJob(connection, id, nowMs);
            if (!row)
                return row.error();
            const Result<Job> before = withAttempts(connection, row);
            if (auto changed = change(connection, *row, nowMs); !changed)
                return changed.error();
            const auto after = readJob(connection, id, nowMs);
            return after || after.error().code != ErrorCode::notFound ? withAttempts(connection, after)
                                                                      : before;
        },
        std::move(done));
}

void SqlJobQueue::cancel(std::string id, Done<Job> done) {
    const auto work = [](SqlConnection& connection, JobRow& row, std::int64_t nowMs) -> Result<void> {
        if (isFinished(row.job.state))
            return refusal("The job is " + std::string(wordFor(row.job.state)) + " already.");
        if (row.job.state != JobState::executing)
            return setState(connection, row, JobState::cancelled, 0, nowMs);
        auto asked = connection.run("UPDATE jobs SET cancel_asked = 1 WHERE id = ?", {sqlText(row.job.id)});
        return asked ? Result<void>() : asked.error();
    };
    change(std::move(id), work, std::move(done));
}

void SqlJobQueue::retry(std::string id, Done<Job> done) {
    const auto work = [](SqlConnection& connection, JobRow& row, std::int64_t nowMs) -> Result<void> {
        if (row.job.state == JobState::executing || row.job.state == JobState::completed)
            return refusal("The job is " + std::string(wordFor(row.job.state)) + ".");
        row.job.maxAttempts = std::max(row.job.maxAttempts, row.attempt + 1);
        row.deaths = 0;
        row.cancelAsked = false;
        return setState(connection, row, JobState::available, nowMs, nowMs);
    };
    change(std::move(id), work, std::move(done));
}

void SqlJobQueue::discard(std::string id, Done<Job> done) {
    const auto work = [](SqlConnection& connection, JobRow& row, std::int64_t nowMs) -> Result<void> {
        if (row.job.state == JobState::executing)
            return refusal("The job runs: cancel it first.");
        if (isFinished(row.job.state))
            return deleteJob(connection, row.job.id);
        return setState(connection, row, JobState::discarded, 0, nowMs);
    };
    change(std::move(id), work, std::move(done));
}

// --- by those who work

void SqlJobQueue::claim(std::vector<ClaimWish> wishes, std::size_t most, Done<std::vector<ClaimedJob>> done) {
    m_calls.read<std::vector<ClaimWish>>(
        {},
        [this, wishes = std::move(wishes)](SqlConnection& connection) {
            return dueWishes(connection, wishes, m_clock.wallMs());
        },
        [this, most, done = std::move(done)](Result<std::vector<ClaimWish>> due) {
            if (!due)
                return done(due.error());
            if (due->empty())
                return done(std::vector<ClaimedJob>());
            m_calls.writeLoosely<std::vector<ClaimedJob>>(
                {},
                [this, most, due = std::move(*due)](SqlConnection& connection) {
                    return claimJobs(connection, due, most, m_clock.wallMs());
                },
                done);
        });
}

void SqlJobQueue::beat(JobLease lease, int progress, std::string message, Done<bool> done) {
    const auto work = [lease, progress,
                       message = std::move(message)](SqlConnection& connection) -> Result<bool> {
        auto beaten = connection.run("UPDATE jobs SET beat = beat + 1, progress = ?, message = ? "
                                     "WHERE id = ? AND lease = ? AND state = 'executing'",
                                     {progress, sqlText(message), sqlText(lease.job),
                                      sqlInteger(static_cast<std::uint64_t>(lease.number))});
        if (!beaten)
            return beaten.error();
        return beaten->affected() > 0;
    };
    m_calls.writeLoosely<bool>({}, work, std::move(done));
}

void SqlJobQueue::settle(JobLease lease, Change change, Lasting lasting, Done<bool> done) {
    const auto work = [this, lease = std::move(lease),
                       change = std::move(change)](SqlConnection& connection) -> Result<bool> {
        const std::int64_t nowMs = m_clock.wallMs();
        auto row = takeJob(connection, lease.job, nowMs);
        if (!row)
            return row.error().code == ErrorCode::notFound ? Result<bool>(false) : row.error();
        if (row->job.state != JobState::executing || row->lease != lease.number)
            return false;
        if (auto changed = change(connection, *row, nowMs); !changed)
            return changed.error();
        return true;
    };
    if (lasting == Lasting::yes)
        m_calls.write<bool>({}, work, std::move(done));
    else
        m_calls.writeLoosely<bool>({}, work, std::move(done));
}

void SqlJobQueue::complete(JobLease lease, JobResult result, Done<bool> done) {
    completeFrom(0, std::move(lease), std::make_shared<const JobResult>(std::move(result)), std::move(done));
}

void SqlJobQueue::completeFrom(std::size_t part, JobLease lease, std::shared_ptr<const JobResult> result,
                               Done<bool> done) {
    if (hasJobPart(*result, part)) {
        // A large file comes to the disk piece by piece, and not all at once with somebody's keystroke.
        return settle(
            lease,
            [part, lease, result](SqlConnection& connection, JobRow&, std::int64_t) {
                return storeJobPart(connection, lease, *result, part);
            },
            part == 0 ? Lasting::no : Lasting::yes,
            [this, part, lease, result, done](const Result<bool>& counts) {
                if (!counts || !*counts)
                    return done(counts);
                completeFrom(part + 1, lease, result, done);
            });
    }
    settle(
        lease,
        [lease, result](SqlConnection& connection, JobRow& row, std::int64_t nowMs) -> Result<void> {
            if (auto stored = storeOutput(connection, lease, *result); !stored)
                return stored;
            if (auto ended = endAttempt(connection, lease, {}, nowMs); !ended)
                return ended;
            row.job.progress = 100;
            row.job.error.clear();
            return setState(connection, row, JobState::completed, 0, nowMs);
        },
        result->mustLast ? Lasting::yes : Lasting::no, std::move(done));
}

void SqlJobQueue::fail(JobLease lease, std::string error, JobRetry retry, std::int64_t pauseMs,
                       Done<bool> done) {
    settle(
        lease,
        [lease, error = std::move(error), retry, pauseMs](SqlConnection& connection, JobRow& row,
                                                          std::int64_t nowMs) -> Result<void> {
            if (auto ended = endAttempt(connection, lease, error, nowMs); !ended)
                return ended;
            row.job.error = error;
            const bool isLast = retry == JobRetry::never || row.attempt >= row.job.maxAttempts;
            const JobState next = row.cancelAsked ? JobState::cancelled
                                  : isLast        ? JobState::discarded
                                                  : JobState::retryable;
            return setState(connection, row, next, nowMs + pauseMs, nowMs);
        },
        Lasting::no, std::move(done));
}

void SqlJobQueue::release(JobLease lease, std::int64_t pauseMs, Done<bool> done) {
    settle(
        lease,
        [lease, pauseMs](SqlConnection& connection, JobRow& row, std::int64_t nowMs) -> Result<void> {
            if (auto forgotten = forgetAttempt(connection, lease); !forgotten)
                return forgotten;
            --row.attempt;
            return setState(connection, row, row.cancelAsked ? JobState::cancelled : JobState::retryable,
                            nowMs + pauseMs, nowMs);
        },
        Lasting::no, std::move(done));
}

void SqlJobQueue::running(Done<std::vector<RunningJob>> done) {
    const auto work = [](SqlConnection& connection) -> Result<std::vector<RunningJob>> {
        auto rows =
            connection.run("SELECT id, lease, beat, cancel_asked FROM jobs WHERE state = 'executing'");
        if (!rows)
            return rows.error();
        std::vector<RunningJob> running;
        while (rows->next())
            running.push_back({{rows->text(0), rows->integer(1)}, rows->integer(2), rows->integer(3) != 0});
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return running;
    };
    m_calls.read<std::vector<RunningJob>>({}, work, std::move(done));
}

void SqlJobQueue::expire(RunningJob seen, Done<bool> done) {
    m_calls.writeLoosely<bool>(
        {}, [this, seen](SqlConnection& connection) { return expireJob(connection, seen, m_clock.wallMs()); },
        std::move(done));
}

// --- by the one who leads

void SqlJobQueue::leader(Done<Leadership> done) {
    const auto work = [](SqlConnection& connection) -> Result<Leadership> {
        auto rows = connection.run("SELECT holder, beat FROM leaders WHERE name = ?", {leaderName});
        if (!rows)
            return rows.error();
        if (rows->next())
            return Leadership{rows->text(0), rows->integer(1)};
        if (auto fault = rows->fault(); !fault)
            return fault.error();
        return Leadership();
    };
    m_calls.read<Leadership>({}, work, std::move(done));
}

void SqlJobQueue::lead(Leadership seen, std::string holder, Done<bool> done) {
    const auto work = [seen = std::move(seen),
                       holder = std::move(holder)](SqlConnection& connection) -> Result<bool> {
        if (seen.holder.empty()) {
            auto begun = connection.run("INSERT INTO leaders (name, holder, beat) VALUES (?, ?, 0)",
                                        {leaderName, sqlText(holder)});
            if (begun)
                return true;
            return begun.error().code == ErrorCode::alreadyExists ? Result<bool>(false) : begun.error();
        }
        auto taken = connection.run("UPDATE leaders SET holder = ?, beat = beat + 1 "
                                    "WHERE name = ? AND holder = ? AND beat = ?",
                                    {sqlText(holder), leaderName, sqlText(seen.holder),
                                     sqlInteger(static_cast<std::uint64_t>(seen.beat))});
        if (!taken)
            return taken.error();
        return taken->affected() > 0;
    };
    m_calls.writeLoosely<bool>({}, work, std::move(done));
}

void SqlJobQueue::prune(std::size_t most, Done<std::size_t> done) {
    m_calls.writeLoosely<std::size_t>(
        {}, [this, most](SqlConnection& connection) { return pruneJobs(connection, most, m_clock.wallMs()); },
        std::move(done));
}

void SqlJobQueue::repairClock(Done<std::size_t> done) {
    const auto work = [this](SqlConnection& connection) -> Result<std::size_t> {
        constexpr std::int64_t skewMs = 10'000; // between the clocks of two machines
        const std::int64_t nowMs = m_clock.wallMs();
        auto mended = connection.run(
            "UPDATE jobs SET due_ms = ? WHERE (state = 'available' AND due_ms > ?) "
            "OR (state = 'retryable' AND due_ms > ?)",
            {sqlTime(nowMs), sqlTime(nowMs + skewMs), sqlTime(nowMs + longestJobPauseMs + skewMs)});
        if (!mended)
            return mended.error();
        return static_cast<std::size_t>(mended->affected());
    };
    m_calls.writeLoosely<std::size_t>({}, work, std::move(done));
}

void SqlJobQueue::enqueueSnapshots(std::int64_t sinceMs, std::int64_t untilMs, DocumentId after,
                                   std::size_t most, Done<DocumentId> done) {
    using Found = std::vector<UnsavedDocument>;
    m_slowCalls.read<Found>(
        {},
        [sinceMs, untilMs, after = std::move(after), most](SqlConnection& connection) {
            return unsavedDocuments(connection, sinceMs, untilMs, after, most);
        },
        [this, most, done = std::move(done)](Result<Found> found) {
            if (!found)
                return done(found.error());
            if (found->empty())
                return done(DocumentId());
            const auto work = [this, most, found = *found](SqlConnection& connection) -> Result<DocumentId> {
                for (const UnsavedDocument& document : found) {
                    const auto added =
                        insertJob(connection, snapshotAtRest(document.id, document.head), m_clock.wallMs());
                    if (!added)
                        return added.error();
                }
                return found.size() == most ? found.back().id : DocumentId();
            };
            m_calls.writeLoosely<DocumentId>({}, work, done);
        });
}

} // namespace tandem
