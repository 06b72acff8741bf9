#include "storage/sql/job_claiming.h"

namespace tandem {

namespace {

// The next one of a type; nothing: none can be claimed now.
Result<std::optional<ClaimedJob>> nextJob(SqlConnection& connection, const std::string& type,
                                          std::int64_t nowMs) {
    const SqlDialect& dialect = connection.dialect();
    std::optional<ClaimedJob> claimed;
    {
        auto rows = connection.run(dialect.claimJob ? dialect.claimJob : dialect.findJobToClaim,
                                   {sqlText(type), sqlTime(nowMs)});
        if (!rows)
            return rows.error();
        if (rows->next()) {
            claimed.emplace();
            claimed->type = type;
            claimed->lease = {rows->text(0), rows->integer(3)};
            claimed->request = {rows->text(0), rows->text(1), static_cast<int>(rows->integer(2))};
            claimed->waitedMs = std::max<std::int64_t>(0, nowMs - rows->integer(4));
        }
        if (auto fault = rows->fault(); !fault)
            return fault.error();
    }
    if (!claimed || dialect.claimJob)
        return claimed;
    auto taken = connection.run("UPDATE jobs SET state = 'executing', due_ms = NULL, attempt = attempt + 1, "
                                "lease = lease + 1, beat = 0, "
                                "progress = 0, message = '', running_key = CASE WHEN alone_key = '' THEN "
                                "NULL ELSE alone_key END WHERE id = ?",
                                {sqlText(claimed->request.id)});
    if (taken)
        return claimed;
    // Another of which only one runs at a time was claimed at this moment.
    if (taken.error().code == ErrorCode::alreadyExists)
        return std::optional<ClaimedJob>();
    return taken.error();
}

} // namespace

Result<std::vector<ClaimWish>> dueWishes(SqlConnection& connection, const std::vector<ClaimWish>& wishes,
                                         std::int64_t nowMs) {
    std::vector<ClaimWish> due;
    for (const ClaimWish& wish : wishes) {
        auto rows = connection.run("SELECT id FROM jobs WHERE type = ? AND due_ms <= ? LIMIT 1",
                                   {sqlText(wish.type), sqlTime(nowMs)});
        if (!rows)
            return rows.error();
        if (rows->next())
            due.push_back(wish);
    }
    return due;
}

Result<std::vector<ClaimedJob>> claimJobs(SqlConnection& connection, const std::vector<ClaimWish>& wishes,
                                          std::size_t most, std::int64_t nowMs) {
    std::vector<ClaimedJob> all;
    for (const ClaimWish& wish : wishes) {
        for (std::size_t i = 0; i < wish.most && all.size() < most; ++i) {
            auto claimed = nextJob(connection, wish.type, nowMs);
            if (!claimed)
                return claimed.error();
            if (!*claimed)
                break;
            const JobLease& lease = (*claimed)->lease;
            auto begun = connection.run(
                "INSERT INTO job_attempts (job_id, lease, started_ms, ended_ms, error) VALUES (?, ?, ?, 0, "
                "'')",
                {sqlText(lease.job), sqlInteger(static_cast<std::uint64_t>(lease.number)), sqlTime(nowMs)});
            if (!begun)
                return begun.error();
            all.push_back(std::move(**claimed));
        }
    }
    return all;
}

} // namespace tandem
