#include "bench/scaling_bench.h"

#include "base/check.h"
#include "base/random.h"
#include "bench/heap_count.h"
#include "bench/stopwatch.h"
#include "crdt/replica.h"

#include <algorithm>

namespace tandem::bench {

namespace {

constexpr ReplicaId author = 0x1234'5678'9ABC;
constexpr std::size_t measuredEdits = 20'000;
constexpr std::size_t pasteLength = 1'000'000;

void edit(Replica& replica, std::size_t index, std::size_t deleted, std::u32string_view inserted) {
    static LocalEdit made;
    check(replica.edit(author, index, deleted, inserted, made).ok(), "an edit is within the text");
}

double nsEach(double ms, std::size_t count) {
    return ms * 1e6 / static_cast<double>(count);
}

double typingNs(Replica& replica) {
    const std::size_t start = replica.length() / 2;
    return nsEach(msOf([&] {
                      for (std::size_t i = 0; i < measuredEdits; ++i)
                          edit(replica, start + i, 0, U"t");
                  }),
                  measuredEdits);
}

double randomNs(Replica& replica, Random& random) {
    return nsEach(msOf([&] {
                      for (std::size_t i = 0; i < measuredEdits; ++i) {
                          const std::size_t index = random.below(replica.length());
                          if (i % 2 == 0)
                              edit(replica, index, 0, U"r");
                          else
                              edit(replica, index, 1, {});
                      }
                  }),
                  measuredEdits);
}

void addEdits(Figures& figures, Replica& replica) {
    SeededRandom random(7);
    figures["typing_ns"] = typingNs(replica);
    figures["random_ns"] = randomNs(replica, random);
    const std::u32string paste(pasteLength, U'p');
    figures["paste_1m_ms"] = msOf([&] { edit(replica, replica.length() / 2, 0, paste); });
    figures["blocks"] = replica.blockCount();
}

// A text that came in pieces of 1,000 at random places.
Figures withCharacters(std::size_t characters) {
    Figures figures;
    figures["document"] = std::to_string(characters) + " chars";
    const std::size_t before = liveHeapBytes();
    Replica replica;
    SeededRandom random(3);
    const std::size_t piece = std::min<std::size_t>(1000, characters / 10);
    while (replica.length() < characters)
        edit(replica, random.below(replica.length() + 1), 0, std::u32string(piece, U'x'));
    figures["memory_bytes"] = liveHeapBytes() - before;
    addEdits(figures, replica);
    return figures;
}

// A text of 100,000 after so many single edits at random places.
Figures withPast(std::size_t edits) {
    Figures figures;
    figures["document"] = std::to_string(edits) + " past edits";
    const std::size_t before = liveHeapBytes();
    Replica replica;
    SeededRandom random(5);
    edit(replica, 0, 0, std::u32string(100'000, U'x'));
    const double ms = msOf([&] {
        for (std::size_t i = 0; i < edits; ++i) {
            const std::size_t index = random.below(replica.length());
            if (i % 2 == 0)
                edit(replica, index, 0, U"r");
            else
                edit(replica, index, 1, {});
        }
    });
    figures["memory_bytes"] = liveHeapBytes() - before;
    figures["past_ns"] = nsEach(ms, edits);
    addEdits(figures, replica);
    return figures;
}

} // namespace

std::vector<Figures> benchScaling(std::size_t most) {
    std::vector<Figures> sets;
    for (const std::size_t characters : {10'000, 100'000, 1'000'000, 10'000'000}) {
        if (characters <= most)
            sets.push_back(withCharacters(characters));
    }
    for (const std::size_t edits : {1'000'000, 10'000'000}) {
        if (edits <= most)
            sets.push_back(withPast(edits));
    }
    return sets;
}

} // namespace tandem::bench
