// For how long the first append that waits is worth keeping for others to come along, since a commit costs
// the same for one as for many. It is worth it while appends of ever other documents come quickly: those of
// one document come in turns anyway, each after the commit of the one before. Lives on the writing thread.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <vector>

namespace tandem {

class CommitPace {
public:
    // A commit begins, of appends to these documents.
    void begins(std::vector<DocumentId> documents, std::int64_t nowUs);
    // 0: it does not pay.
    std::int64_t windowUs() const;

private:
    std::vector<DocumentId> m_before; // of the commit before, in order
    std::int64_t m_beganUs = 0;
    double m_perSecond = 0; // appends to documents that were not in the commit before
};

} // namespace tandem
