#include "base/base64url.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tandem {

TEST(Base64UrlTest, MatchesTheExamplesOfTheStandard) {
    EXPECT_EQ(toBase64Url(""), "");
    EXPECT_EQ(toBase64Url("f"), "Zg");
    EXPECT_EQ(toBase64Url("fo"), "Zm8");
    EXPECT_EQ(toBase64Url("foo"), "Zm9v");
    EXPECT_EQ(toBase64Url("foobar"), "Zm9vYmFy");
    EXPECT_EQ(toBase64Url("\xfb\xff"), "-_8");
}

TEST(Base64UrlTest, EveryByteStringComesBack) {
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        const auto back = fromBase64Url(toBase64Url(bytes));
        RC_ASSERT(back.ok());
        RC_ASSERT(*back == bytes);
    }));
}

TEST(Base64UrlTest, RefusesForeignCharactersPaddingAndBitsThatAreNotZero) {
    for (const char* text : {"Zg==", "Zm9v+", "Zm9 ", "A", "Zh", "\xff\xff"})
        EXPECT_FALSE(fromBase64Url(text).ok()) << text;
}

} // namespace tandem
