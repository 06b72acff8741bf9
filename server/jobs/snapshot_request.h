// The jobs that ask for a snapshot of a document: one for each interval of its changes, and one when it
// rests. The same request again is the same job.
#pragma once

#include "jobs/job_types.h"

namespace tandem {

const JobTerms& snapshotTerms();

// `head` has come into another interval than the change before it.
NewJob snapshotOfInterval(const DocumentId& document, Seq head, Seq interval);
// Nobody has changed it for a while.
NewJob snapshotAtRest(const DocumentId& document, Seq head);

} // namespace tandem
