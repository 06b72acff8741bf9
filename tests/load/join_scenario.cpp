// Late joiners to a document with a long past: while somebody types there, and as the first after a restart
// of the server.
#include "load/goals.h"
#include "load/measurement.h"
#include "load/process_usage.h"
#include "load/rest_calls.h"

#include "cli/trace.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace tandem::load {

namespace {

constexpr std::int64_t patienceMs = 60'000;
constexpr std::int64_t pauseMs = 100; // between two joiners
constexpr double keysPerSecond = 10;

// As somebody writes: at a caret, which jumps now and then, and with corrections. 260,000 edits leave about
// as much as those of automerge-paper.
std::vector<Splice> syntheticEdits(std::size_t count) {
    SeededRandom random(1);
    std::vector<Splice> edits;
    std::size_t length = 0;
    std::size_t caret = 0;
    while (edits.size() < count) {
        if (random.below(60) == 0)
            caret = random.below(length + 1);
        if (caret > 0 && random.below(10) < 3) {
            edits.push_back({--caret, 1, {}});
            --length;
        } else {
            const char32_t key = random.below(6) == 0 ? U' ' : U'a' + static_cast<char32_t>(random.below(26));
            edits.push_back({caret++, 0, std::u32string(1, key)});
            ++length;
        }
    }
    return edits;
}

Result<std::vector<Splice>> editsOf(const Options& options) {
    if (options.tiny)
        return syntheticEdits(2'000);
    if (options.trace.empty())
        return syntheticEdits(260'000);
    auto trace = readTrace(options.trace);
    if (!trace)
        return trace.error();
    std::vector<Splice> edits;
    for (const Trace::Transaction& transaction : trace->transactions)
        edits.insert(edits.end(), transaction.patches.begin(), transaction.patches.end());
    return edits;
}

// One document, one who wrote it, and those that join it one after the other.
class Joins {
public:
    Joins(Measurement& measurement, LoadRoom& room)
        : m_measurement(measurement), m_crowd(measurement.crowd()), m_room(room) {}

    Result<void> write(const std::vector<Splice>& edits);
    // Connects one more, waits until it has what the writer has, and lets it go.
    Result<void> join();
    Figures figures(const std::string& scenario) const;

private:
    LoadClient& writer() const { return *m_room.writers.front(); }

    Measurement& m_measurement;
    Crowd& m_crowd;
    LoadRoom& m_room;
    LatencyHistogram m_applied;  // from connecting to having the text
    LatencyHistogram m_received; // to having its bytes
    std::uint64_t m_bytes = 0;
    std::uint64_t m_errors = 0;
    std::uint64_t m_lost = 0;
    bool m_converged = true;
};

Result<void> Joins::write(const std::vector<Splice>& edits) {
    if (auto connected = m_measurement.connect(); !connected)
        return connected;
    for (const Splice& edit : edits) {
        if (auto made = writer().document().edit(edit.index, edit.deleted, edit.inserted); !made)
            return made;
    }
    writer().tick();
    writer().flush();
    if (!m_crowd.runUntil([this] { return writer().inFlight() == 0; }, patienceMs))
        return Error{ErrorCode::unavailable, "join: the document is not taken"};
    return {};
}

Result<void> Joins::join() {
    const Seq wanted = writer().document().version();
    LoadRoom& seat = m_crowd.addRoom(m_room.document);
    LoadClient& joiner = m_crowd.addMember(seat);
    const auto hasAll = [&] { return joiner.isLive() && joiner.document().version() >= wanted; };
    const std::int64_t begunNs = nowNs();
    joiner.start();
    const bool joined = m_crowd.runUntil(hasAll, patienceMs);
    m_applied.add(nowNs() - begunNs);
    m_received.add(joiner.receivedAtNs() - begunNs);
    m_bytes += joiner.receivedBytes();
    // What is typed meanwhile comes to both.
    const auto isEqual = [&] {
        return joiner.document().version() == writer().document().version() && writer().inFlight() == 0;
    };
    const bool equal = joined && m_crowd.runUntil(isEqual, patienceMs);
    const Replica& own = writer().document().replica();
    const Replica& other = joiner.document().replica();
    m_converged = m_converged && equal && own.text() == other.text();
    m_lost += own.countersUsed() - std::min(own.countersUsed(), other.countersUsed());
    m_errors += joiner.lostConnections() + (joiner.problem().empty() ? 0 : 1);
    joiner.stop();
    m_crowd.remove(seat, joiner);
    return joined ? Result<void>() : Error{ErrorCode::unavailable, "join: it takes too long"};
}

Figures Joins::figures(const std::string& scenario) const {
    Figures figures;
    figures["scenario"] = scenario;
    figures["joins"] = m_applied.count();
    figures["text_bytes"] = writer().document().replica().text().size();
    figures["versions"] = writer().document().version();
    figures["join_p50_ms"] = m_applied.quantileMs(0.5);
    figures["join_max_ms"] = m_applied.maxMs();
    figures["received_p50_ms"] = m_received.quantileMs(0.5);
    figures["wire_kb"] = static_cast<double>(m_bytes) / 1e3 /
                         static_cast<double>(std::max<std::uint64_t>(1, m_applied.count()));
    figures["server_rss_kib"] = m_measurement.server().rssKib();
    figures["converged"] = m_converged;
    figures["lost"] = m_lost;
    figures["errors"] = m_errors;
    addGoals(figures);
    return figures;
}

} // namespace

Result<void> measureJoins(const Options& options, const Tell& tell) {
    const auto edits = editsOf(options);
    if (!edits)
        return edits.error();
    auto begun = Measurement::begin("join", options);
    if (!begun)
        return begun.error();
    Measurement& measurement = **begun;
    Crowd& crowd = measurement.crowd();
    if (auto added = measurement.addRooms(1, 1, 1); !added)
        return added;
    LoadRoom& room = crowd.rooms().front();
    Joins hot(measurement, room);
    if (auto written = hot.write(*edits); !written)
        return written;
    crowd.beginTyping({keysPerSecond, 0});
    for (int i = 0; i < (options.tiny ? 3 : 31); ++i) {
        crowd.runFor(pauseMs);
        if (auto joined = hot.join(); !joined)
            return joined;
    }
    crowd.endTyping();
    tell(hot.figures("join"));
    if (!options.urls.empty())
        return {}; // somebody else's server is not restarted

    crowd.runFor(pauseMs);
    room.writers.front()->stop();
    Joins first(measurement, room);
    for (int i = 0; i < (options.tiny ? 2 : 7); ++i) {
        crowd.runFor(pauseMs);
        measurement.server().end(SIGTERM);
        if (auto again = measurement.server().startAgain(); !again)
            return again;
        if (auto joined = first.join(); !joined)
            return joined;
    }
    tell(first.figures("join-after-restart"));
    return {};
}

} // namespace tandem::load
