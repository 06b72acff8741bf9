#include "crdt/unit_log.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <string>

namespace tandem {

TEST(UnitLogTest, AgreesWithAStringWhateverIsAppendedAndTakenOut) {
    std::u16string source;
    for (char16_t unit = 0; unit < 200; ++unit)
        source.push_back(unit);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SeededRandom random(seed);
        UnitLog log;
        std::u16string text;
        for (int i = 0; i < 200; ++i) {
            const std::size_t count = random.below(random.below(8) == 0 ? 100 : UnitLog::slack + 3);
            switch (random.below(6)) {
            case 0:
                log.push_back(u'x');
                text.push_back(u'x');
                break;
            case 1:
                log.append(std::u16string_view(source).substr(0, count));
                text.append(source, 0, count);
                break;
            case 2: {
                const std::size_t kept = random.below(text.size() + 1);
                const std::size_t gone = random.below(kept + 1);
                log.resize(kept);
                log.erase(log.begin(), log.begin() + gone);
                text = text.substr(gone, kept - gone);
                break;
            }
            default:
                log.appendShort(source.data() + count, count);
                text.append(source, count, count);
            }
            ASSERT_EQ(log.view(), text) << "seed " << seed;
            ASSERT_LE(log.size() + UnitLog::slack,
                      log.capacity() + (log.capacity() == 0 ? UnitLog::slack : 0));
        }
    }
}

} // namespace tandem
