// Plays a concurrent trace: a client for each agent, each of which makes its transactions on exactly what
// they are built on in the trace: a Gate holds others' changes back until the next transaction needs them.
// Agents run as far as the trace lets them; nobody waits for a commit that nothing is built on. Made on the
// main thread, runs once.
#pragma once

#include "cli/gated_client.h"
#include "cli/replay_loop.h"
#include "cli/replay_outcome.h"
#include "cli/trace_order.h"
#include "qt/document_url.h"

#include <memory>

namespace tandem {

class ConcurrentReplay {
public:
    // `trace` and its `order` must outlive it; the document holds the trace's start content.
    ConcurrentReplay(const Trace& trace, const TraceOrder& order, const DocumentUrl& address,
                     ReplayPlan::IdOrder idOrder);

    // Runs an event loop until all is played and every client has everything. `outOfRange`: the trace does
    // not fit its own text.
    Result<ReplayOutcome> run();

private:
    struct Agent {
        std::unique_ptr<GatedClient> client;
        std::size_t made = 0;                   // how many of its own transactions
        std::vector<std::uint32_t> seen;        // how many of each agent's the client contains
        std::vector<std::size_t> wanted;        // to be released next, in the trace's order
        std::size_t released = 0;               // of `wanted`
        std::optional<std::size_t> wantedFor{}; // the transaction that `wanted` was worked out for
    };

    void watch(GatedClient& client);
    void proceed();
    bool advance(std::size_t number);
    bool bringTo(std::size_t number, std::span<const std::uint32_t> basis, std::size_t transaction);
    bool make(Agent& agent, std::size_t transaction);
    bool allLive() const;
    bool allSettled() const;

    const Trace& m_trace;
    const TraceOrder& m_order;
    ReplayLoop m_loop{[this] { proceed(); }};
    std::vector<Agent> m_agents;
    // Each agent's highest counter after the transaction; nothing until it is made.
    std::vector<std::optional<Counter>> m_through;
    std::vector<std::uint32_t> m_everything; // how many transactions each agent has in all
};

} // namespace tandem
