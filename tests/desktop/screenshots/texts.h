// What stands in the documents of the pictures: the files of tests/texts, which the page's pictures show as
// well.
#pragma once

#include <string>

namespace tandem::screenshots {

const std::u32string& movingDay();
const std::u32string& movingDayInTwoWays(); // from right to left and from left to right

} // namespace tandem::screenshots
