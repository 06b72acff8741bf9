#include "cli/trace_order.h"

#include <algorithm>

namespace tandem {

namespace {
// One client, one connection and one replica each.
constexpr std::size_t maxAgents = 256;
constexpr std::size_t maxCells = std::size_t{64} * 1024 * 1024;
} // namespace

Result<TraceOrder> TraceOrder::of(const Trace& trace) {
    const std::size_t agents = trace.agentCount;
    if (agents > maxAgents || trace.transactions.size() > maxCells / agents)
        return Error{ErrorCode::limitExceeded, "the trace has too many agents to be played from one program"};
    TraceOrder order;
    order.m_own.resize(agents);
    order.m_basis.resize(trace.transactions.size() * agents);
    for (std::size_t index = 0; index < trace.transactions.size(); ++index) {
        const Trace::Transaction& transaction = trace.transactions[index];
        std::uint32_t* row = order.m_basis.data() + index * agents;
        for (const std::size_t parent : transaction.parents) {
            const std::span<const std::uint32_t> before = order.basis(parent);
            for (std::size_t agent = 0; agent < agents; ++agent)
                row[agent] = std::max(row[agent], before[agent]);
            // The parent itself: its row counts those of its agent before it.
            std::uint32_t& seen = row[trace.transactions[parent].agent];
            seen = std::max(seen, before[trace.transactions[parent].agent] + 1);
        }
        std::vector<std::size_t>& own = order.m_own[transaction.agent];
        if (row[transaction.agent] != own.size()) {
            return Error{ErrorCode::malformed, "transaction " + std::to_string(index) +
                                                   " does not build on its agent's transaction before it"};
        }
        own.push_back(index);
    }
    return order;
}

std::span<const std::uint32_t> TraceOrder::basis(std::size_t transaction) const {
    return {m_basis.data() + transaction * agentCount(), agentCount()};
}

} // namespace tandem
