#include "bench/storm_bench.h"

#include "base/check.h"
#include "base/random.h"
#include "bench/stopwatch.h"
#include "crdt/replica.h"

#include <algorithm>
#include <functional>

namespace tandem::bench {

namespace {

struct Peer {
    Replica replica;
    ReplicaId id = 0;
    std::vector<std::size_t> seen; // of each peer's changes
};

// Peers that hear from each other late, and from each in order.
class Storm {
public:
    using Editing = std::function<Splice(const Replica&, std::size_t peer, Random&)>;

    Storm(std::size_t peers, std::uint64_t seed) : m_random(seed), m_changes(peers) {
        for (std::size_t i = 0; i < peers; ++i)
            m_peers.push_back({{}, 1 + m_random.below(maxReplicaId - 1), std::vector<std::size_t>(peers)});
    }

    // `rounds` edits by each, then everything to everyone.
    Figures run(std::size_t rounds, const Editing& editing) {
        for (std::size_t round = 0; round < rounds; ++round) {
            for (std::size_t i = 0; i < m_peers.size(); ++i) {
                make(i, editing);
                receive(i, m_random.below(2 * m_peers.size()), false);
            }
        }
        for (std::size_t i = 0; i < m_peers.size(); ++i)
            receive(i, ~std::size_t{0}, true);
        return figures();
    }

private:
    // What a change was made after, so that nobody gets it before.
    struct Sent {
        std::string bytes;
        std::vector<std::size_t> basis;
    };

    void make(std::size_t i, const Editing& editing) {
        Peer& peer = m_peers[i];
        const Splice splice = editing(peer.replica, i, m_random);
        m_makingMs += msOf([&] {
            const auto change = peer.replica.edit(peer.id, std::span(&splice, 1));
            check(change.ok(), "an edit is within the text");
            if (!change->ops.empty())
                m_changes[i].push_back({encodeChange(*change), peer.seen});
        });
        peer.seen[i] = m_changes[i].size();
    }

    void receive(std::size_t i, std::size_t most, bool all) {
        Peer& peer = m_peers[i];
        const std::size_t start = m_random.below(m_peers.size());
        for (bool more = true; more && most > 0;) {
            more = false;
            for (std::size_t k = 0; k < m_peers.size() && most > 0; ++k) {
                const std::size_t from = (start + k) % m_peers.size();
                while (most > 0 && isReady(peer, from)) {
                    apply(peer, m_changes[from][peer.seen[from]].bytes);
                    ++peer.seen[from];
                    --most;
                    more = all;
                }
            }
        }
    }

    bool isReady(const Peer& peer, std::size_t from) const {
        if (peer.seen[from] >= m_changes[from].size())
            return false;
        const std::vector<std::size_t>& basis = m_changes[from][peer.seen[from]].basis;
        for (std::size_t other = 0; other < basis.size(); ++other) {
            if (other != from && basis[other] > peer.seen[other])
                return false;
        }
        return true;
    }

    void apply(Peer& peer, const std::string& bytes) {
        const double ms = msOf([&] {
            TextEdits edits;
            const auto change = splitChange(bytes);
            check(change.ok() && peer.replica.apply(*change, &edits).ok(), "a change applies");
        });
        m_applyingMs += ms;
        m_worstMs = std::max(m_worstMs, ms);
        ++m_applied;
    }

    Figures figures() const {
        const std::string text = m_peers.front().replica.text();
        bool converged = true;
        for (const Peer& peer : m_peers)
            converged = converged && peer.replica.text() == text;
        std::size_t made = 0;
        for (const auto& changes : m_changes)
            made += changes.size();
        Figures figures;
        figures["made"] = made;
        figures["applied"] = m_applied;
        figures["make_us"] = m_makingMs * 1e3 / static_cast<double>(std::max<std::size_t>(1, made));
        figures["apply_us"] = m_applyingMs * 1e3 / static_cast<double>(std::max<std::size_t>(1, m_applied));
        figures["worst_apply_us"] = m_worstMs * 1e3;
        figures["characters"] = m_peers.front().replica.length();
        figures["converged"] = converged;
        return figures;
    }

    SeededRandom m_random;
    std::vector<Peer> m_peers;
    std::vector<std::vector<Sent>> m_changes;
    double m_makingMs = 0;
    double m_applyingMs = 0;
    double m_worstMs = 0;
    std::size_t m_applied = 0;
};

Splice writing(const Replica& replica, std::size_t peer, Random& random) {
    const std::size_t index = random.below(replica.length() + 1);
    if (replica.length() > 1000 && random.below(2) == 0)
        return {index, std::min<std::size_t>(3, replica.length() - index), {}};
    return {index, 0, std::u32string(1 + random.below(4), U'a' + static_cast<char32_t>(peer % 26))};
}

Splice atTheStart(const Replica&, std::size_t peer, Random&) {
    return {0, 0, std::u32string(1, U'a' + static_cast<char32_t>(peer % 26))};
}

// Cuts what stands into ever smaller pieces, every second character first.
Splice cutting(const Replica& replica, std::size_t, Random& random) {
    if (replica.length() < 100)
        return {replica.length(), 0, std::u32string(2000, U'c')};
    return {random.below(replica.length() / 2) * 2, 1, {}};
}

Figures storm(const std::string& name, std::size_t peers, std::size_t work, const Storm::Editing& editing) {
    Figures figures;
    figures["storm"] = name;
    figures["replicas"] = peers;
    const std::size_t rounds = std::max<std::size_t>(4, work / (peers * peers));
    figures.update(Storm(peers, 11).run(rounds, editing));
    return figures;
}

// Changes that nobody's editor would make, applied one by one: `parentOf` names the parent of the n-th
// element.
Figures chain(const std::string& name, std::size_t count, const std::function<InsertOp(Counter)>& opOf,
              const std::function<ReplicaId(Counter)>& replicaOf) {
    Figures figures;
    figures["storm"] = name;
    figures["replicas"] = replicaOf(static_cast<Counter>(count));
    Replica replica;
    double worst = 0;
    double sum = 0;
    for (Counter n = 1; n <= count; ++n) {
        const ReplicaId author = replicaOf(n);
        const Change change{author, replica.version().highest(author) + 1, {opOf(n)}};
        TextEdits edits;
        const double ms = msOf([&] { check(replica.apply(change, &edits).ok(), "a change applies"); });
        sum += ms;
        worst = std::max(worst, ms);
    }
    figures["made"] = count;
    figures["applied"] = count;
    figures["apply_us"] = sum * 1e3 / static_cast<double>(count);
    figures["worst_apply_us"] = worst * 1e3;
    figures["characters"] = replica.length();
    const auto back = Replica::decode(replica.encode());
    figures["converged"] = back.ok() && back->text() == replica.text();
    return figures;
}

} // namespace

std::vector<Figures> benchStorms(std::size_t work) {
    std::vector<Figures> sets;
    for (const std::size_t peers : {2, 16, 128})
        sets.push_back(storm("random edits", peers, work, writing));
    for (const std::size_t peers : {2, 16, 128})
        sets.push_back(storm("all at the start", peers, work, atTheStart));
    for (const std::size_t peers : {2, 16})
        sets.push_back(storm("cutting", peers, work, cutting));
    const auto one = [](Counter) { return ReplicaId{1}; };
    const auto each = [](Counter n) { return ReplicaId{n}; };
    sets.push_back(chain(
        "nested lefts", work,
        [](Counter n) {
            return n == 1 ? InsertOp{OpId::root(), Side::right, U"n"}
                          : InsertOp{{1, n - 1}, Side::left, U"n"};
        },
        one));
    sets.push_back(chain(
        "nested rights", work,
        [](Counter n) {
            return InsertOp{n == 1 ? OpId::root() : OpId{n - 1, 1}, Side::right, U"n"};
        },
        each));
    sets.push_back(chain(
        "siblings", work,
        [](Counter) {
            return InsertOp{OpId::root(), Side::right, U"s"};
        },
        each));
    sets.push_back(chain(
        "siblings downwards", work,
        [](Counter) {
            return InsertOp{OpId::root(), Side::right, U"s"};
        },
        [work](Counter n) { return ReplicaId{work + 1 - n}; }));
    return sets;
}

} // namespace tandem::bench
