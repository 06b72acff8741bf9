// The fuzz targets as ordinary tests: every seed, every seed cut short, and thousands of damaged ones.
#include "base/random.h"
#include "fuzz/seeds.h"
#include "fuzz/targets.h"

#include <gtest/gtest.h>

namespace tandem::fuzz {

namespace {

void tryAround(const std::vector<std::string>& seeds, void (*target)(std::string_view)) {
    SeededRandom random(17);
    for (const std::string& seed : seeds) {
        for (std::size_t length = 0; length <= seed.size(); ++length)
            target(std::string_view(seed).substr(0, length));
        for (int i = 0; i < 2000; ++i) {
            std::string damaged = seed;
            for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
                const std::size_t at = random.below(damaged.size());
                switch (random.below(4)) {
                case 0:
                    damaged.insert(at, 1, static_cast<char>(random.bits()));
                    break;
                case 1:
                    damaged[at] =
                        static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (1u << random.below(8)));
                    break;
                case 2:
                    damaged.insert(at, damaged.substr(random.below(damaged.size()), random.below(8)));
                    break;
                default:
                    damaged[at] = static_cast<char>(random.bits());
                }
            }
            target(damaged);
        }
    }
}

} // namespace

TEST(FuzzSeedsTest, MessagesAreTakenOrRefused) {
    tryAround(messageSeeds(), message);
}

TEST(FuzzSeedsTest, ChangesAreTakenOrRefused) {
    tryAround(changeSeeds(), change);
}

TEST(FuzzSeedsTest, StreamsOfChangesStayInStepOrEnd) {
    tryAround(changeStreamSeeds(), changeStream);
}

TEST(FuzzSeedsTest, SnapshotsAreTakenOrRefused) {
    tryAround(snapshotSeeds(), snapshot);
}

TEST(FuzzSeedsTest, AReplicaUnderStrangersChangesStaysSound) {
    tryAround(replicaSeeds(), replica);
}

} // namespace tandem::fuzz
