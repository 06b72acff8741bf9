// A document's log as sessions of edits: stretches without a long pause, with who took part. Pure.
#pragma once

#include "base/ids.h"

#include <map>
#include <optional>
#include <vector>

namespace tandem {

struct EditSession {
    Seq from = 0; // the first version that it made, and the last
    Seq to = 0;
    std::int64_t startedMs = 0; // wall clock
    std::int64_t endedMs = 0;
    std::map<ReplicaId, std::size_t> changes; // how many of whom
};

struct EditSessionPage {
    std::vector<EditSession> sessions; // the newest first
    std::optional<Seq> next;           // ask for what is before this version; nothing: that was all
};

// Gathers a page from the log, the newest change first.
class EditSessions {
public:
    static constexpr std::int64_t pauseMs = 10 * 60 * 1'000;

    explicit EditSessions(std::size_t most) : m_most(most) {}

    // False: the page is full, and the change is not on it.
    bool add(Seq seq, ReplicaId replica, std::int64_t timeMs);
    EditSessionPage take();

private:
    std::size_t m_most;
    EditSessionPage m_page;
};

} // namespace tandem
