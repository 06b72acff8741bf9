#include "crdt/text_buffer.h"

#include "base/random.h"
#include "base/utf8.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

constexpr char32_t alphabet[] = {U'a', U'\n', U'é', U'€', U'\uFFFF', U'😀', U'\U0010FFFF'};

std::u32string randomText(Random& random, std::size_t most, bool astral) {
    std::u32string text;
    for (std::uint64_t n = random.below(most + 1); n > 0; --n)
        text.push_back(alphabet[random.below(astral ? std::size(alphabet) : 5)]);
    return text;
}

void expectSame(const TextBuffer& buffer, const std::u32string& text, Random& random) {
    ASSERT_EQ(buffer.total().codePoints, text.size());
    ASSERT_EQ(buffer.total().utf16, utf16Length(text));
    const std::size_t index = random.below(text.size() + 1);
    const std::size_t offset = utf16Length(std::u32string_view(text).substr(0, index));
    ASSERT_EQ(buffer.utf16OfIndex(index), offset);
    ASSERT_EQ(buffer.indexOfUtf16(offset), index);
    const std::size_t count = random.below(text.size() - index + 1);
    std::u32string slice;
    buffer.append(index, count, slice);
    ASSERT_EQ(slice, text.substr(index, count));
}

} // namespace

TEST(TextBufferTest, AgreesWithAStringWhateverIsDoneToIt) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        SeededRandom random(seed);
        TextBuffer buffer;
        std::u32string text;
        const bool astral = seed % 2 == 0;
        std::size_t caret = 0;
        for (int i = 0; i < 300; ++i) {
            if (random.below(4) == 0)
                caret = random.below(text.size() + 1);
            if (random.below(3) == 0) {
                const std::size_t count = random.below(std::min<std::size_t>(text.size() - caret, 40) + 1);
                UnitLog erased;
                const TextBuffer::Erased gone = buffer.erase(caret, count, erased);
                ASSERT_EQ(erased.text(0, erased.size()),
                          toUtf16(std::u32string_view(text).substr(caret, count)));
                ASSERT_EQ(gone.utf16Length, erased.size());
                if (count > 0) {
                    ASSERT_EQ(gone.utf16Index, utf16Length(std::u32string_view(text).substr(0, caret)));
                }
                text.erase(caret, count);
            } else if (random.below(3) == 0) {
                const std::size_t count = random.below(std::min<std::size_t>(text.size() - caret, 40) + 1);
                const std::u32string more = randomText(random, 30, astral);
                UnitLog erased;
                buffer.replace(caret, count, more, erased);
                ASSERT_EQ(erased.text(0, erased.size()),
                          toUtf16(std::u32string_view(text).substr(caret, count)));
                text.replace(caret, count, more);
                caret += more.size();
            } else {
                const std::u32string more = randomText(random, random.below(9) == 0 ? 6000 : 3, astral);
                ASSERT_EQ(buffer.insert(caret, more),
                          utf16Length(std::u32string_view(text).substr(0, caret)));
                text.insert(caret, more);
                caret += more.size();
            }
            expectSame(buffer, text, random);
            ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
        }
        buffer.checkInvariants();
        ASSERT_EQ(buffer.utf8(), toUtf8(text));

        TextBuffer copy;
        copy.assign(toUtf8(text));
        copy.checkInvariants();
        ASSERT_EQ(copy.utf8(), toUtf8(text));
        UnitLog rest;
        buffer.erase(0, text.size(), rest);
        buffer.checkInvariants();
        ASSERT_EQ(buffer.utf8(), "");
    }
}

namespace {

// What all chunks together have room for.
std::size_t roomOf(const TextBuffer& buffer) {
    return buffer.chunkCount() * TANDEM_CHUNK_UNITS;
}

} // namespace

TEST(TextBufferTest, ChunksStayFilledWhereATextGrowsAndShrinksAtRandomPlaces) {
    SeededRandom random(11);
    TextBuffer buffer;
    buffer.insert(0, std::u32string(TANDEM_CHUNK_UNITS, U'a'));
    while (buffer.total().codePoints < 40 * TANDEM_CHUNK_UNITS)
        buffer.insert(random.below(buffer.total().codePoints + 1), U"bcdefgh");
    EXPECT_LT(roomOf(buffer), buffer.total().utf16 * 2);
    UnitLog erased;
    while (buffer.total().codePoints > 4 * TANDEM_CHUNK_UNITS)
        buffer.erase(random.below(buffer.total().codePoints - 1), 2, erased);
    EXPECT_LT(roomOf(buffer), buffer.total().utf16 * 6);
    buffer.checkInvariants();
}

TEST(TextBufferTest, AFullChunkGoesOnInTheNextOneBeforeThereIsANewOne) {
    TextBuffer buffer;
    std::u32string text(2 * TANDEM_CHUNK_UNITS, U'a');
    buffer.insert(0, text);
    const std::size_t before = buffer.chunkCount();
    // The second chunk is emptied but for one unit, then the first one's end is typed at.
    UnitLog erased;
    buffer.erase(TANDEM_CHUNK_UNITS, TANDEM_CHUNK_UNITS - 1, erased);
    buffer.insert(TANDEM_CHUNK_UNITS, U"b");
    EXPECT_LE(buffer.chunkCount(), before);
    text.erase(TANDEM_CHUNK_UNITS, TANDEM_CHUNK_UNITS - 1);
    text.insert(TANDEM_CHUNK_UNITS, U"b");
    EXPECT_EQ(buffer.utf8(), toUtf8(text));
    buffer.checkInvariants();
}

} // namespace tandem
