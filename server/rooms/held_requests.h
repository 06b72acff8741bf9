// What was asked of a room and can only be done once the log has been read to its end. Owned by the
// Sequencer; lives on the event loop.
#pragma once

#include "base/result.h"

#include <deque>
#include <functional>

namespace tandem {

class Participant;

struct HeldRequest {
    Participant* participant = nullptr; // who asked, while a member
    std::size_t bytes = 0;              // that it keeps in memory
    std::function<void(const Result<void>& read, Participant* participant)> goOn;
};

class HeldRequests {
public:
    void add(HeldRequest request);
    void forget(const Participant* participant);

    bool empty() const { return m_requests.empty(); }
    std::size_t bytes() const { return m_bytes; }
    // Does anyone wait who came after the reading began?
    bool awaitsNext() const { return m_requests.size() > m_readingFor; }

    // The log is being read now, for those who wait so far.
    void readingBegins() { m_readingFor = m_requests.size(); }
    // It was read, or could not be: those go on for whom it was.
    void release(const Result<void>& read);

private:
    std::deque<HeldRequest> m_requests;
    std::size_t m_bytes = 0;
    std::size_t m_readingFor = 0;
};

} // namespace tandem
