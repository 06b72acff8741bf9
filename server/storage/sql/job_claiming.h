// How jobs are claimed. Plain functions on a connection.
#pragma once

#include "jobs/job_queue.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

// What of `wishes` can perhaps be claimed: asked without a lock, so that a queue in which nothing is due
// costs little.
Result<std::vector<ClaimWish>> dueWishes(SqlConnection& connection, const std::vector<ClaimWish>& wishes,
                                         std::int64_t nowMs);
// Within a writing transaction.
Result<std::vector<ClaimedJob>> claimJobs(SqlConnection& connection, const std::vector<ClaimWish>& wishes,
                                          std::size_t most, std::int64_t nowMs);

} // namespace tandem
