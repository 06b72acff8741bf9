#include "bench/history_bench.h"

#include "base/check.h"
#include "base/random.h"
#include "bench/crdt_bench.h"
#include "fakes/memory_history.h"

#include <algorithm>

namespace tandem::bench {

Figures benchHistory(const std::string& name, const Trace& trace, int passes) {
    constexpr ReplicaId author = 0x1234'5678'9ABC;
    check(trace.kind == Trace::Kind::sequential, "a trace whose patches follow one another");
    MemoryHistory source;
    MemoryHistory log(~Seq{0}); // without checkpoints
    Replica replica;
    LocalEdit made;
    std::vector<std::size_t> lengths{0}; // of the text, by version
    const auto edit = [&](std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        check(replica.edit(author, index, deleted, inserted, made).ok(), "a patch is within the text");
        if (made.empty())
            return;
        source.append(encodeChange(made), replica);
        log.append(encodeChange(made), replica);
        lengths.push_back(replica.length());
    };
    edit(0, 0, trace.startContent);
    for (const Trace::Transaction& transaction : trace.transactions) {
        for (const Splice& patch : transaction.patches)
            edit(patch.index, patch.deleted, patch.inserted);
    }

    History history(source);
    SeededRandom random(11);
    const auto anyVersion = [&] { return static_cast<Seq>(random.below(source.version() + 1)); };
    std::vector<double> versionMs;
    std::vector<double> differenceMs;
    for (int pass = 0; pass < passes; ++pass) {
        const Seq version = anyVersion();
        versionMs.push_back(msOf([&] {
            const auto then = history.at(version);
            check(then.ok() && then->length() == lengths[version], "a version says what it said");
            static_cast<void>(then->text());
            static_cast<void>(then->authors());
        }));
        const Seq from = anyVersion();
        const Seq to = std::min<Seq>(from + random.below(1'000), source.version());
        differenceMs.push_back(
            msOf([&] { check(history.between(from, to).ok(), "two versions can be compared"); }));
    }
    Figures figures;
    figures["trace"] = name;
    figures["versions"] = source.version();
    figures["checkpoints"] = source.checkpointCount();
    figures["checkpoint_bytes"] = source.checkpointBytes();
    figures["worst_version_ms"] = *std::max_element(versionMs.begin(), versionMs.end());
    figures["worst_difference_ms"] = *std::max_element(differenceMs.begin(), differenceMs.end());
    figures["version_ms"] = medianOf(std::move(versionMs));
    figures["difference_ms"] = medianOf(std::move(differenceMs));
    figures["replay_all_ms"] =
        msOf([&] { check(History(log).at(log.version()).ok(), "the whole log can be played"); });
    return figures;
}

} // namespace tandem::bench
