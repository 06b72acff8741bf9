// Jobs as JSON (PROTOCOL.md, "Jobs"). Pure.
#pragma once

#include "jobs/job_types.h"

namespace tandem {

// What POST /v1/jobs wants. malformed, invalidArgument.
Result<JobTypes::Wanted> parseJobRequest(std::string_view body);
// What POST /v1/docs/{id}/... wants of a job of `type` about that document: the body is its payload, but for
// "idempotency_key".
Result<JobTypes::Wanted> parseDocumentJob(std::string_view body, const std::string& type,
                                          const DocumentId& document);
// Whether its result goes to an address of mail.
bool asksForMail(const JobTypes::Wanted& wanted);

std::string jobJson(const Job& job);
std::string jobPageJson(const JobPage& page);
std::string jobStatsJson(const JobStats& stats);

} // namespace tandem
