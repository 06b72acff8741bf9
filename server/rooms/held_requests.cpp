#include "rooms/held_requests.h"

#include <utility>

namespace tandem {

void HeldRequests::add(HeldRequest request) {
    m_bytes += request.bytes;
    m_requests.push_back(std::move(request));
}

void HeldRequests::forget(const Participant* participant) {
    for (HeldRequest& request : m_requests) {
        if (request.participant == participant)
            request.participant = nullptr;
    }
}

void HeldRequests::release(const Result<void>& read) {
    // Whoever goes on may add requests, or make others leave.
    for (std::size_t left = std::exchange(m_readingFor, 0); left > 0 && !m_requests.empty(); --left) {
        const HeldRequest request = std::move(m_requests.front());
        m_requests.pop_front();
        m_bytes -= request.bytes;
        request.goOn(read, request.participant);
    }
}

} // namespace tandem
