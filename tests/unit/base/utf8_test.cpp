#include "base/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <vector>

namespace tandem {

namespace {
rc::Gen<std::u32string> texts() {
    const auto scalar = rc::gen::suchThat(rc::gen::inRange<char32_t>(0, 0x110000), isScalarValue);
    return rc::gen::container<std::u32string>(scalar);
}
} // namespace

TEST(Utf8Test, EveryScalarValueComesBack) {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (!isScalarValue(c))
            continue;
        const std::u32string text(1, c);
        const auto back = fromUtf8(toUtf8(text));
        ASSERT_TRUE(back.ok());
        ASSERT_EQ(*back, text);
        ASSERT_EQ(fromUtf16(toUtf16(text)), text);
        std::u16string units = u"before";
        appendUtf8To(units, toUtf8(text));
        ASSERT_EQ(units, u"before" + toUtf16(text));
        ASSERT_EQ(toUtf16(text).size(), utf16Length(c));
    }
}

TEST(Utf8Test, TextsComeBackFromUtf16) {
    EXPECT_TRUE(rc::check([] {
        const std::u32string text = *texts();
        RC_ASSERT(fromUtf16(toUtf16(text)) == text);
        RC_ASSERT(toUtf16(text).size() == utf16Length(text));
    }));
}

TEST(Utf8Test, RefusesWhatIsNotUtf8) {
    for (const char* bytes :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf",
          "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xe2\x28\xa1"})
        EXPECT_FALSE(fromUtf8(bytes).ok()) << bytes;
}

TEST(Utf8Test, TakesAsManyCodePointsAsAsked) {
    const std::string bytes = "aé€😀z";
    std::string_view rest = bytes;
    const auto text = takeUtf8(rest, 4);
    ASSERT_TRUE(text.ok());
    EXPECT_EQ(*text, U"aé€😀");
    EXPECT_EQ(rest, "z");
    EXPECT_FALSE(takeUtf8(rest, 2).ok());
}

TEST(Utf8Test, EachCodePointOfATextOfAnyLengthIsLookedAt) {
    for (std::size_t size = 0; size < 40; ++size) {
        const std::u32string plain(size, U'a');
        std::vector<char16_t> units(size);
        putUnits(units.data(), plain);
        EXPECT_EQ(std::u16string(units.begin(), units.end()), std::u16string(size, u'a'));
        EXPECT_FALSE(contains(plain, U'\n'));
        EXPECT_EQ(bitsOf(plain), size == 0 ? U'\0' : U'a');
        for (std::size_t place = 0; place < size; ++place) {
            std::u32string text = plain;
            text[place] = U'\uFFFF';
            EXPECT_TRUE(isInBasicPlane(text));
            EXPECT_TRUE(contains(text, U'\uFFFF')) << place << " of " << size;
            putUnits(units.data(), text);
            EXPECT_EQ(std::u16string(units.begin(), units.end()), toUtf16(text));
            text[place] = U'\U00010000';
            EXPECT_FALSE(isInBasicPlane(text)) << place << " of " << size;
            text[place] = 0xDC00;
            EXPECT_FALSE(areScalarValues(text)) << place << " of " << size;
        }
    }
}

TEST(Utf8Test, EachByteOfATextOfAnyLengthIsLookedAt) {
    for (std::size_t size = 0; size < 40; ++size) {
        const std::string ascii = std::string("the quick brown fox jumps over the lazy dog").substr(0, size);
        EXPECT_TRUE(isAscii(ascii));
        std::u32string text(size, U'?');
        putAscii(text.data(), ascii);
        EXPECT_EQ(toUtf8(text), ascii);
        for (std::size_t place = 0; place < size; ++place) {
            std::string other = ascii;
            other[place] = '\x80';
            EXPECT_FALSE(isAscii(other)) << place << " of " << size;
        }
    }
}

TEST(Utf8Test, ALoneSurrogateBecomesTheReplacementCharacter) {
    EXPECT_EQ(fromUtf16(std::u16string{u'a', char16_t(0xD800), u'b'}), U"a\uFFFDb");
    EXPECT_EQ(fromUtf16(std::u16string{char16_t(0xDC00)}), U"\uFFFD");
}

} // namespace tandem
