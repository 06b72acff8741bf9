// Finds out what happened to a document in a stretch of time. Needs a thread that may wait.
#pragma once

#include "digest/activity.h"
#include "jobs/document_source.h"

#include <functional>

namespace tandem {

// Nothing when no change falls into the window. unavailable: `shouldStop`; else the errors of DocumentSource.
Result<std::optional<DocumentActivity>> documentActivity(DocumentSource& documents,
                                                         const DocumentInfo& document,
                                                         const TimeWindow& window,
                                                         const std::function<bool()>& shouldStop);

} // namespace tandem
