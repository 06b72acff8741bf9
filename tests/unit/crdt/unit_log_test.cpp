#include "crdt/unit_log.h"

#include "base/random.h"
#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace tandem {

TEST(UnitLogTest, AgreesWithAStringWhateverIsAppended) {
    std::u16string source;
    for (char16_t unit = 0; unit < 2000; ++unit)
        source.push_back(unit);
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SeededRandom random(seed);
        UnitLog log;
        std::u16string text;
        for (int i = 0; i < 200; ++i) {
            const std::size_t count = random.below(random.below(8) == 0 ? 900 : UnitLog::slack + 3);
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
                UnitLog moved = std::move(log);
                ASSERT_EQ(log.size(), 0u);
                log = std::move(moved);
                break;
            }
            default:
                log.appendShort(source.data() + count, count);
                text.append(source, count, count);
            }
            ASSERT_EQ(log.size(), text.size());
            ASSERT_EQ(log.text(0, text.size()), text) << "seed " << seed;
            const std::size_t from = random.below(text.size() + 1);
            ASSERT_EQ(log.text(static_cast<std::uint32_t>(from), count), text.substr(from, count));
            ASSERT_GE(log.heapBytes(), 2 * text.size());
            ASSERT_LE(log.heapBytes(), 4 * text.size() + 512);
        }
    }
}

TEST(UnitLogTest, TellsTheUnitsOfCodePointsOverTheEndsOfBlocks) {
    UnitLog log;
    std::u32string text;
    for (int i = 0; i < 300; ++i)
        text += i % 3 == 0 ? U"\U0001F600" : U"e\u00e4";
    log.push_back(u'x'); // so that pairs are cut
    log.append(toUtf16(text));
    for (std::size_t from = 0; from < text.size(); from += 7) {
        const std::size_t begin = 1 + utf16Length(std::u32string_view(text).substr(0, from));
        for (std::size_t count = 0; count <= text.size() - from; count += 11) {
            ASSERT_EQ(log.unitsOf(static_cast<std::uint32_t>(begin), count),
                      utf16Length(std::u32string_view(text).substr(from, count)));
        }
    }
}

} // namespace tandem
