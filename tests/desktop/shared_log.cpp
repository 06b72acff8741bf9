#include "shared_log.h"

#include <gtest/gtest.h>

#include <limits>

namespace tandem {

void SharedLog::commit(OpenDocument& document) {
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    while (document.outbox().hasUnsent())
        for (const Outbox::Entry* entry : document.mutableOutbox().takeUnsent(all, all))
            m_changes.push_back(entry->bytes);
}

void SharedLog::deliver(OpenDocument& document) const {
    const std::vector<std::string> unseen(m_changes.begin() + static_cast<std::ptrdiff_t>(document.version()),
                                          m_changes.end());
    const Result<void> applied = document.applyCommitted(document.version() + 1, unseen);
    ASSERT_TRUE(applied.ok()) << applied.error().detail;
}

void SharedLog::exchange(OpenDocument& document) {
    commit(document);
    deliver(document);
}

} // namespace tandem
