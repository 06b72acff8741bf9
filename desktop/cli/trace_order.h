// What each transaction of a concurrent trace is built on. As an agent's transactions follow one another,
// "everything that transaction i builds on" is, for each agent, its first so-and-so many transactions.
// Borrows nothing; made once from a trace.
#pragma once

#include "cli/trace.h"

#include <cstdint>
#include <span>

namespace tandem {

class TraceOrder {
public:
    // `limitExceeded` for traces of more agents than one program should play, `malformed` where an agent's
    // transaction does not build on its one before: such an agent cannot be one client.
    static Result<TraceOrder> of(const Trace& trace);

    std::size_t agentCount() const { return m_own.size(); }
    // The transactions of an agent, in order.
    const std::vector<std::size_t>& own(std::size_t agent) const { return m_own[agent]; }
    // For each agent, how many of its transactions `transaction` builds on.
    std::span<const std::uint32_t> basis(std::size_t transaction) const;

private:
    std::vector<std::vector<std::size_t>> m_own;
    std::vector<std::uint32_t> m_basis; // a row of agentCount() for each transaction
};

} // namespace tandem
