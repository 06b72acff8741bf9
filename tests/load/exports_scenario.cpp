// People who type while a thousand exports wait and are done: what the slow work takes from the typing. In
// rounds, each with and without, so that the median says something on a machine that others use as well.
#include "load/goals.h"
#include "load/measurement.h"
#include "load/rest_calls.h"

#include <algorithm>

namespace tandem::load {

namespace {

constexpr std::size_t members = 10;
constexpr std::size_t writers = 10;
constexpr double keysPerSecond = 5;
constexpr std::size_t rounds = 5;
constexpr std::size_t exports = 1'000;
constexpr std::size_t tinyExports = 10;
constexpr std::size_t documentLength = 100'000;
constexpr std::int64_t patienceMs = 60'000;
constexpr std::int64_t drainMs = 600'000;
constexpr std::int64_t lookEveryMs = 250;
constexpr std::int64_t warmUpMs = 500;
constexpr std::int64_t typingMs = 20'000;
constexpr std::int64_t tinyMs = 300;

// Markdown, as long as a long article.
Result<std::string> makeLongDocument(Measurement& measurement) {
    Crowd& crowd = measurement.crowd();
    auto document = createDocument(measurement.server().addresses().front(), "exports");
    if (!document)
        return document;
    LoadRoom& room = crowd.addRoom(*document);
    LoadClient& writer = crowd.addMember(room);
    if (auto connected = measurement.connect(); !connected)
        return connected.error();
    std::u32string text;
    while (text.size() < documentLength)
        text += U"## A heading\n\nSome *words* and a [link](https://example.org), again and again.\n\n";
    if (auto made = writer.document().edit(0, 0, text); !made)
        return made.error();
    writer.tick();
    writer.flush();
    const bool acked = crowd.runUntil([&] { return writer.inFlight() == 0; }, patienceMs);
    writer.stop();
    crowd.remove(room, writer);
    crowd.rooms().pop_back();
    if (!acked)
        return Error{ErrorCode::unavailable, "exports: the document is not taken"};
    return document;
}

Figures type(Measurement& measurement, std::int64_t forMs) {
    Crowd& crowd = measurement.crowd();
    crowd.beginTyping({keysPerSecond, 0});
    crowd.runFor(std::min(forMs, warmUpMs));
    measurement.start();
    crowd.runFor(forMs);
    measurement.finish();
    return measurement.figures();
}

// Until none is left.
Result<void> drain(Measurement& measurement, const ServerAddress& server) {
    for (std::int64_t waitedMs = 0; waitedMs < drainMs; waitedMs += lookEveryMs) {
        const auto left = waitingJobs(server);
        if (!left || *left == 0)
            return left ? Result<void>() : left.error();
        measurement.crowd().runFor(lookEveryMs);
    }
    return Error{ErrorCode::unavailable, "exports: they are not done in time"};
}

double medianOf(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Result<void> measure(const std::string& name, Measurement::Jobs jobs, Cores cores, const Options& options,
                     const Tell& tell) {
    auto begun = Measurement::begin(name + "-none", options, jobs, cores);
    if (!begun)
        return begun.error();
    Measurement& measurement = **begun;
    const ServerAddress& server = measurement.server().addresses().front();
    const auto document = makeLongDocument(measurement);
    if (!document)
        return document.error();
    if (auto added = measurement.addRooms(1, members, writers); !added)
        return added;
    if (auto connected = measurement.connect(); !connected)
        return connected;
    const double seconds = options.seconds > 0 ? options.seconds : typingMs / 1e3;
    const auto forMs = options.tiny ? tinyMs : static_cast<std::int64_t>(seconds * 1e3);
    const std::size_t wanted = options.tiny ? tinyExports : exports;
    std::vector<double> growths;
    for (std::size_t round = 0; round < (options.tiny ? 1 : rounds); ++round) {
        const Figures alone = type(measurement, forMs);
        tell(alone);
        const std::int64_t beganNs = nowNs();
        for (std::size_t i = 0; i < wanted; ++i) {
            if (auto job = enqueueExport(server, *document, i % 10 == 0 ? "pdf" : "html"); !job)
                return job.error();
        }
        const auto queued = waitingJobs(server);
        Figures beside = type(measurement, forMs);
        beside["scenario"] = name;
        const auto left = waitingJobs(server);
        if (!queued || !left)
            return queued ? left.error() : queued.error();
        if (auto drained = drain(measurement, server); !drained)
            return drained;
        beside["exports_queued"] = *queued;
        beside["exports_left"] = *left;
        beside["exports_seconds"] = static_cast<double>(nowNs() - beganNs) / 1e9; // from the first request on
        const double before = alone["ack_p99_ms"].get<double>();
        growths.push_back(before > 0 ? beside["ack_p99_ms"].get<double>() / before : 0);
        beside["ack_p99_growth"] = medianOf(growths); // of the rounds until now
        addGoals(beside);
        tell(beside);
    }
    return {};
}

} // namespace

Result<void> measureExports(const Options& options, const Tell& tell) {
    return measure("exports", Measurement::Jobs::inServer, Cores::shared, options, tell);
}

Result<void> measureExportsOnOneCore(const Options& options, const Tell& tell) {
    return measure("exports-one-core", Measurement::Jobs::inServer, Cores::oneEach, options, tell);
}

Result<void> measureExportsApart(const Options& options, const Tell& tell) {
    return measure("exports-apart", Measurement::Jobs::apart, Cores::oneEach, options, tell);
}

} // namespace tandem::load
