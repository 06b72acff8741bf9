#include "base/check.h"
#include "base/utf8.h"
#include "bench/crdt_bench.h"
#include "bench/gap_buffer.h"
#include "bench/heap_count.h"
#include "cli/trace_order.h"
#include "crdt/change_stream.h"

#include <algorithm>

namespace tandem::bench {

namespace {

// What a concurrent trace is as changes, in the trace's order, and what each agent's copy ends with.
struct Session {
    std::vector<Change> changes;
    std::vector<std::string> texts;
};

// Every agent edits a copy of its own that has seen just what the trace says.
class Replay {
public:
    Replay(const Trace& trace, const TraceOrder& order) : m_trace(trace), m_order(order) {
        for (std::size_t agent = 0; agent < order.agentCount(); ++agent)
            m_agents.push_back({{}, 0x1234'5678'9ABC + agent, std::vector<std::size_t>(order.agentCount())});
        m_changesOf.resize(trace.transactions.size());
    }

    Session run() {
        Session session;
        for (std::size_t i = 0; i < m_trace.transactions.size(); ++i) {
            const Trace::Transaction& transaction = m_trace.transactions[i];
            Agent& agent = m_agents[transaction.agent];
            bring(agent, m_order.basis(i));
            make(agent, i);
            ++agent.seen[transaction.agent];
            for (const Change& change : m_changesOf[i])
                session.changes.push_back(change);
        }
        std::vector<std::uint32_t> everything;
        for (std::size_t agent = 0; agent < m_agents.size(); ++agent)
            everything.push_back(static_cast<std::uint32_t>(m_order.own(agent).size()));
        for (Agent& agent : m_agents) {
            bring(agent, everything);
            session.texts.push_back(agent.replica.text());
        }
        return session;
    }

private:
    struct Agent {
        Replica replica;
        ReplicaId id;
        std::vector<std::size_t> seen; // of each agent, how many transactions
    };

    void bring(Agent& agent, std::span<const std::uint32_t> basis) {
        std::vector<std::size_t> wanted;
        for (std::size_t other = 0; other < m_agents.size(); ++other) {
            for (; agent.seen[other] < basis[other]; ++agent.seen[other])
                wanted.push_back(m_order.own(other)[agent.seen[other]]);
        }
        std::sort(wanted.begin(), wanted.end());
        for (const std::size_t index : wanted) {
            for (const Change& change : m_changesOf[index])
                check(agent.replica.apply(change).ok(), "a change applies at another agent");
        }
    }

    void make(Agent& agent, std::size_t index) {
        for (const Splice& patch : m_trace.transactions[index].patches) {
            LocalEdit made;
            const auto done = agent.replica.edit(agent.id, patch.index, patch.deleted, patch.inserted, made);
            check(done.ok(), "a patch of a trace is within the text");
            if (!made.empty())
                m_changesOf[index].push_back(*decodeChange(encodeChange(made)));
        }
    }

    const Trace& m_trace;
    const TraceOrder& m_order;
    std::vector<Agent> m_agents;
    std::vector<std::vector<Change>> m_changesOf;
};

// As one connection carries them, each by itself.
std::vector<std::string> streamed(const std::vector<Change>& changes) {
    ChangeStream stream;
    std::vector<std::string> all;
    for (const Change& change : changes) {
        std::string& bytes = all.emplace_back();
        stream.writeHead(change.replica, change.first, change.counterCount(), bytes);
        writeOps(change, bytes);
    }
    return all;
}

double receiveMs(const std::vector<std::string>& bytes, Replica& replica) {
    return msOf([&] {
        ChangeStream stream;
        TextEdits edits;
        for (const std::string& each : bytes) {
            edits.clear();
            const auto change = stream.readHead(each);
            Counter used = 0;
            check(change.ok() && replica.apply(*change, &edits, &used).ok(), "a change applies");
            stream.advance(used);
        }
    });
}

// The edits that the text goes through at one who receives them, on a text without a CRDT.
double floorMs(const std::vector<Change>& changes, int passes) {
    TextEdits edits;
    Replica replica;
    for (const Change& change : changes) {
        TextEdits some;
        check(replica.apply(change, &some).ok(), "a change applies");
        edits.insert(edits.end(), some.begin(), some.end());
    }
    std::vector<std::u16string> texts;
    for (const TextEdit& edit : edits)
        texts.push_back(toUtf16(edit.inserted));
    return medianMs(passes, [&] {
        GapBuffer buffer;
        return msOf([&] {
            for (std::size_t i = 0; i < edits.size(); ++i)
                buffer.splice(edits[i].utf16Index, edits[i].utf16Deleted, texts[i]);
        });
    });
}

} // namespace

Figures benchConcurrent(const std::string& name, const Trace& trace, int passes) {
    const Result<TraceOrder> order = TraceOrder::of(trace);
    Figures figures;
    figures["trace"] = name;
    figures["patches"] = trace.patchCount();
    if (!order) {
        figures["error"] = order.error().detail;
        return figures;
    }
    const Session session = Replay(trace, *order).run();
    const std::string expected = toUtf8(trace.endContent);
    figures["floor_ms"] = floorMs(session.changes, passes);

    const std::vector<std::string> each = streamed(session.changes);
    const std::vector<std::string> together = streamed(merged(session.changes));
    bool same = true;
    const auto received = [&](const std::vector<std::string>& bytes) {
        return medianMs(passes, [&] {
            Replica replica;
            const double ms = receiveMs(bytes, replica);
            same = same && replica.text() == session.texts.front();
            return ms;
        });
    };
    figures["merge_ms"] = received(together);
    figures["merge_each_ms"] = received(each);
    std::size_t wire = 0;
    for (const std::string& bytes : each)
        wire += bytes.size();
    figures["wire_bytes"] = wire;

    const std::size_t before = liveHeapBytes();
    Replica replica;
    receiveMs(each, replica);
    const std::size_t all = liveHeapBytes() - before;
    figures["memory_bytes"] = all - replica.deletedTextBytes();
    figures["memory_all_bytes"] = all;
    figures["blocks"] = replica.blockCount();
    const std::string text = replica.text();
    addSaving(figures, replica, text, passes);
    figures["converged"] = same && std::all_of(session.texts.begin(), session.texts.end(),
                                               [&](const std::string& one) { return one == text; });
    figures["text_matches"] = text == expected;
    return figures;
}

} // namespace tandem::bench
