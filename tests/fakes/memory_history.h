// A document's log and checkpoints in memory, for tests and benchmarks of its past.
#pragma once

#include "crdt/history.h"

#include <map>
#include <vector>

namespace tandem {

class MemoryHistory final : public HistorySource {
public:
    explicit MemoryHistory(Seq interval = History::checkpointInterval) : m_interval(interval) {}

    // A change that `replica` has just taken in, as the next one.
    void append(std::string bytes, const Replica& replica) {
        m_changes.push_back(std::move(bytes));
        const Seq last = m_checkpoints.empty() ? 0 : m_checkpoints.rbegin()->first;
        if (version() >= last + m_interval)
            m_checkpoints[version()] = replica.encode();
    }
    Seq version() const { return m_changes.size(); }
    std::size_t checkpointCount() const { return m_checkpoints.size(); }
    std::size_t checkpointBytes() const {
        std::size_t bytes = 0;
        for (const auto& [version, checkpoint] : m_checkpoints)
            bytes += checkpoint.size();
        return bytes;
    }
    void forgetAfter(Seq version) { m_changes.resize(version); }

    Result<std::optional<Checkpoint>> checkpointAt(Seq version) override {
        const auto after = m_checkpoints.upper_bound(version);
        if (after == m_checkpoints.begin())
            return std::optional<Checkpoint>();
        const auto& [at, bytes] = *std::prev(after);
        return std::optional(Checkpoint{at, bytes});
    }
    Result<void> readChanges(Seq after, Seq through,
                             const std::function<Result<void>(std::string_view)>& visit) override {
        for (Seq seq = after; seq < std::min<Seq>(through, version()); ++seq) {
            if (auto visited = visit(m_changes[seq]); !visited.ok())
                return visited;
        }
        return {};
    }

private:
    Seq m_interval;
    std::vector<std::string> m_changes;
    std::map<Seq, std::string> m_checkpoints;
};

} // namespace tandem
