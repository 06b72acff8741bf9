// Many documents that are opened, written in and left: whether the server's memory comes back.
#include "load/goals.h"
#include "load/measurement.h"
#include "load/rest_calls.h"

#include <algorithm>

namespace tandem::load {

namespace {

constexpr std::size_t documents = 10'000;
constexpr std::size_t tinyDocuments = 20;
constexpr std::size_t openAtOnce = 250;
constexpr std::size_t pasteLength = 5'000;
constexpr std::int64_t patienceMs = 60'000;
// A server keeps a document for a minute after the last one has left, and then stores it whole.
constexpr std::int64_t returnMs = 300'000;
constexpr std::int64_t lookMs = 1'000;
constexpr double goalOfGrowth = 1.1;

class Documents {
public:
    explicit Documents(Measurement& measurement) : m_measurement(measurement) {}

    // Makes so many, joins them, pastes into each, and leaves them.
    Result<void> wave(std::size_t count);
    // From now on memory counts.
    void start() { m_before = rss(); }
    void waitForMemory();
    Figures figures() const;

private:
    std::int64_t rss() const { return m_measurement.server().rssKib(); }

    Measurement& m_measurement;
    std::size_t m_count = 0;
    std::int64_t m_before = 0;
    std::int64_t m_most = 0;
    std::int64_t m_after = 0;
    std::uint64_t m_lost = 0;
    std::uint64_t m_errors = 0;
};

Result<void> Documents::wave(std::size_t count) {
    Crowd& crowd = m_measurement.crowd();
    std::vector<LoadRoom*> rooms;
    for (std::size_t i = 0; i < count; ++i) {
        auto document = createDocument(m_measurement.server().addresses().front(), "documents");
        if (!document)
            return document.error();
        rooms.push_back(&crowd.addRoom(std::move(*document)));
        crowd.addMember(*rooms.back());
    }
    if (auto connected = m_measurement.connect(); !connected)
        return connected;
    for (LoadRoom* room : rooms) {
        LoadClient& writer = *room->members.front();
        if (auto made = writer.document().edit(0, 0, std::u32string(pasteLength, U'x')); !made)
            return made;
        writer.tick();
        writer.flush();
    }
    const auto isAcked = [&] {
        return std::all_of(rooms.begin(), rooms.end(),
                           [](const LoadRoom* room) { return room->members.front()->inFlight() == 0; });
    };
    if (!crowd.runUntil(isAcked, patienceMs))
        return Error{ErrorCode::unavailable, "documents: the edits are not taken"};
    m_most = std::max(m_most, rss());
    for (LoadRoom* room : rooms) {
        LoadClient& writer = *room->members.front();
        m_errors += writer.lostConnections() + (writer.problem().empty() ? 0 : 1);
        writer.stop();
        crowd.remove(*room, writer);
        const auto text = textOf(m_measurement.server().addresses().front(), room->document);
        m_lost += text.ok() && text->size() == pasteLength ? 0 : 1;
    }
    m_count += count;
    return {};
}

void Documents::waitForMemory() {
    const auto isBack = [this] {
        m_after = rss();
        return static_cast<double>(m_after) <= static_cast<double>(m_before) * goalOfGrowth;
    };
    for (std::int64_t waited = 0; waited < returnMs && !isBack(); waited += lookMs)
        m_measurement.crowd().runFor(lookMs);
}

Figures Documents::figures() const {
    Figures figures;
    figures["scenario"] = "documents";
    figures["documents"] = m_count;
    figures["rss_before_kib"] = m_before;
    figures["rss_most_kib"] = m_most;
    figures["server_rss_kib"] = m_after;
    figures["rss_growth"] =
        static_cast<double>(m_after) / static_cast<double>(std::max<std::int64_t>(1, m_before));
    figures["converged"] = m_lost == 0;
    figures["lost"] = m_lost;
    figures["errors"] = m_errors;
    addGoals(figures);
    return figures;
}

} // namespace

Result<void> measureDocuments(const Options& options, const Tell& tell) {
    auto begun = Measurement::begin("documents", options);
    if (!begun)
        return begun.error();
    Documents all(**begun);
    // The first one brings in what any document needs.
    if (auto opened = all.wave(1); !opened)
        return opened;
    all.start();
    const std::size_t wanted = options.tiny ? tinyDocuments : documents;
    for (std::size_t made = 0; made < wanted; made += openAtOnce) {
        if (auto opened = all.wave(std::min(openAtOnce, wanted - made)); !opened)
            return opened;
    }
    all.waitForMemory();
    tell(all.figures());
    return {};
}

} // namespace tandem::load
