#include "cli/concurrent_replay.h"

#include "cli/replay_limits.h"

#include <algorithm>

namespace tandem {

namespace {
// Transactions that one agent makes before the others, and the connections, get their turn.
constexpr int transactionsPerTurn = 256;

// Ids of one replay lie close together, in the agents' order or against it; where they begin is random, so
// that a second replay into one server does not meet the first one's.
std::vector<ReplicaId> makeReplicaIds(std::size_t count, ReplayPlan::IdOrder order) {
    SystemRandom random;
    const ReplicaId first = 1 + random.below(maxReplicaId - count);
    std::vector<ReplicaId> ids(count);
    for (std::size_t agent = 0; agent < count; ++agent)
        ids[agent] = first + (order == ReplayPlan::IdOrder::ascending ? agent : count - 1 - agent);
    return ids;
}
} // namespace

ConcurrentReplay::ConcurrentReplay(const Trace& trace, const TraceOrder& order, const DocumentUrl& address,
                                   ReplayPlan::IdOrder idOrder)
    : m_trace(trace), m_order(order), m_through(trace.transactions.size()) {
    SystemRandom random;
    const std::vector<ReplicaId> ids = makeReplicaIds(order.agentCount(), idOrder);
    for (std::size_t number = 0; number < order.agentCount(); ++number) {
        Agent& agent = m_agents.emplace_back();
        agent.client =
            std::make_unique<GatedClient>(address, OpenDocument::Author{ids[number], makeRandomId(random)});
        agent.seen.resize(order.agentCount());
        m_everything.push_back(static_cast<std::uint32_t>(order.own(number).size()));
        watch(*agent.client);
    }
}

void ConcurrentReplay::watch(GatedClient& client) {
    QObject::connect(&client, &GatedClient::received, &client, [this] { m_loop.heard(); });
    QObject::connect(&client, &GatedClient::stateChanged, &client, [this, &client] {
        const ClientSession::State state = client.state();
        // Clients that are not connected yet may try again; one that was there may not, see Gate.
        const bool lost = m_loop.hasBegun() && state != ClientSession::State::live;
        if (state == ClientSession::State::stopped || lost) {
            const std::string& problem = client.problem();
            m_loop.end(
                Error{ErrorCode::unavailable, problem.empty() ? "a client's connection was lost" : problem});
        } else {
            m_loop.heard();
        }
    });
}

bool ConcurrentReplay::allLive() const {
    return std::all_of(m_agents.begin(), m_agents.end(), [](const Agent& agent) {
        return agent.client->state() == ClientSession::State::live;
    });
}

bool ConcurrentReplay::allSettled() const {
    return std::all_of(m_agents.begin(), m_agents.end(), [this](const Agent& agent) {
        return agent.seen == m_everything && agent.client->document().outbox().empty();
    });
}

Result<ReplayOutcome> ConcurrentReplay::run() {
    for (const Agent& agent : m_agents)
        agent.client->start();
    const Result<std::int64_t> elapsedMs = m_loop.run();
    if (!elapsedMs)
        return elapsedMs.error();
    ReplayOutcome outcome;
    outcome.elapsedMs = *elapsedMs;
    for (std::size_t number = 0; number < m_agents.size(); ++number) {
        outcome.copies.push_back(
            {"agent " + std::to_string(number), m_agents[number].client->document().replica().text()});
    }
    return outcome;
}

void ConcurrentReplay::proceed() {
    if (!m_loop.hasBegun()) {
        if (!allLive())
            return;
        m_loop.begin();
    }
    bool more = false;
    for (std::size_t number = 0; number < m_agents.size() && !m_loop.hasEnded(); ++number)
        more = advance(number) || more;
    if (allSettled())
        m_loop.end();
    else if (more)
        m_loop.goOn();
}

// Whether the agent could go on at once.
bool ConcurrentReplay::advance(std::size_t number) {
    Agent& agent = m_agents[number];
    const std::vector<std::size_t>& own = m_order.own(number);
    for (int count = 0; count < transactionsPerTurn; ++count) {
        if (agent.made == own.size()) {
            bringTo(number, m_everything, m_trace.transactions.size());
            return false;
        }
        const std::size_t transaction = own[agent.made];
        if (agent.client->document().outbox().size() >= replay_limits::unackedChanges ||
            !bringTo(number, m_order.basis(transaction), transaction) || !make(agent, transaction))
            return false;
    }
    return true;
}

// Lets the agent's client have what `basis` says, as far as it has come. `transaction` names the basis.
bool ConcurrentReplay::bringTo(std::size_t number, std::span<const std::uint32_t> basis,
                               std::size_t transaction) {
    Agent& agent = m_agents[number];
    if (agent.wantedFor != transaction) {
        agent.wantedFor = transaction;
        agent.wanted.clear();
        agent.released = 0;
        for (std::size_t other = 0; other < m_agents.size(); ++other) {
            if (other == number)
                continue;
            const std::vector<std::size_t>& own = m_order.own(other);
            agent.wanted.insert(agent.wanted.end(), own.begin() + agent.seen[other],
                                own.begin() + basis[other]);
        }
        // Parents before children: the trace's own order.
        std::sort(agent.wanted.begin(), agent.wanted.end());
    }
    for (; agent.released < agent.wanted.size(); ++agent.released) {
        const std::size_t next = agent.wanted[agent.released];
        const std::size_t other = m_trace.transactions[next].agent;
        const std::optional<Counter> through = m_through[next];
        if (!through || !agent.client->release(m_agents[other].client->replica(), *through))
            return false;
        ++agent.seen[other];
    }
    return true;
}

bool ConcurrentReplay::make(Agent& agent, std::size_t transaction) {
    const Result<void> edited = agent.client->edit(m_trace.transactions[transaction].patches);
    if (!edited) {
        m_loop.end(Error{edited.error().code,
                         "transaction " + std::to_string(transaction) + ": " + edited.error().detail});
        return false;
    }
    m_through[transaction] = agent.client->document().replica().version().highest(agent.client->replica());
    ++agent.made;
    ++agent.seen[m_trace.transactions[transaction].agent];
    return true;
}

} // namespace tandem
