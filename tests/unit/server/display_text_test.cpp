#include "protocol/display_text.h"

#include <gtest/gtest.h>

namespace tandem {

TEST(DisplayTextTest, NamesLoseControlsAndOverridesAndAreCapped) {
    EXPECT_EQ(displayName("Ana"), "Ana");
    EXPECT_EQ(displayName("  A\nn\xE2\x80\xAE"
                          "a"),
              "Ana");
    EXPECT_EQ(displayName("<b>é😀</b>"), "<b>é😀</b>");
    EXPECT_EQ(displayName(std::string(500, 'x')).size(), 64u);
}

TEST(DisplayTextTest, ANameOfNothingIsAnonymous) {
    for (const char* name : {"", "   ", "\n\t", "\xff\xfe"})
        EXPECT_EQ(displayName(name), "Anonymous");
}

} // namespace tandem
