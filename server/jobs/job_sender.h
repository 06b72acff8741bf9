// How one job brings about another. Owned by main; may be asked on any thread but the event loop's, and waits
// until the job is in the queue.
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <string>
#include <string_view>

namespace tandem {

class JobSender {
public:
    virtual ~JobSender() = default;

    // Gives the job's id. When there is a job of this type with this key already, whatever its payload, that
    // is the one: a run that is repeated sends once. It belongs to `document`, and is purged with it; empty:
    // to none. The errors are those of the queue.
    virtual Result<std::string> send(std::string_view type, std::string key, std::string payload,
                                     DocumentId document) = 0;
};

} // namespace tandem
