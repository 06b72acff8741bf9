// One libFuzzer program for a target that the build names: TANDEM_FUZZ_TARGET and TANDEM_FUZZ_SEEDS. Seeds
// are mixed in when the corpus given on the command line is empty.
#include "base/random.h"
#include "fuzz/seeds.h"
#include "fuzz/targets.h"

#include <cstdint>
#include <cstring>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t maxSize);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tandem::fuzz::TANDEM_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
    return 0;
}

// Now and then an input begins anew from one of the seeds.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maxSize,
                                               unsigned int seed) {
    static const auto seeds = tandem::fuzz::TANDEM_FUZZ_SEEDS();
    tandem::SeededRandom random(seed);
    if (size <= 1 || random.below(200) == 0) {
        const std::string& begin = seeds[random.below(seeds.size())];
        size = std::min(begin.size(), maxSize);
        std::memcpy(data, begin.data(), size);
    }
    return LLVMFuzzerMutate(data, size, maxSize);
}
