#include "base/byte_reader.h"
#include "base/byte_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace tandem {

TEST(BytesTest, EveryNumberComesBack) {
    EXPECT_TRUE(rc::check([](const std::vector<std::uint64_t>& numbers) {
        ByteWriter out;
        for (const std::uint64_t number : numbers)
            out.varint(number);
        const std::string bytes = std::move(out).take();
        ByteReader in(bytes);
        for (const std::uint64_t number : numbers)
            RC_ASSERT(in.varint() == number);
        RC_ASSERT(in.ok() && in.atEnd());
    }));
}

TEST(BytesTest, TheLargestNumberTakesTenBytes) {
    ByteWriter out;
    out.varint(~std::uint64_t{0});
    EXPECT_EQ(out.size(), 10u);
}

TEST(BytesTest, RefusesNumbersThatAreCutTooLongOrNotInTheFewestBytes) {
    const std::string tooLong(11, '\x80');
    const std::string overflow = std::string(9, '\xff') + '\x02';
    const std::string padded("\x81\x00", 2);
    const std::string padded3("\x81\x80\x00", 3);
    for (const std::string& bytes :
         {std::string(), std::string("\x80"), tooLong, overflow, padded, padded3}) {
        ByteReader in(bytes);
        EXPECT_EQ(in.varint(), 0u);
        EXPECT_FALSE(in.ok());
    }
}

TEST(BytesTest, StaysFailedAfterTheFirstFault) {
    ByteReader in("\x05");
    EXPECT_EQ(in.varintUpTo(4), 0u);
    EXPECT_EQ(in.byte(), 0);
    EXPECT_TRUE(in.bytes(0).empty());
    EXPECT_FALSE(in.ok());
}

} // namespace tandem
