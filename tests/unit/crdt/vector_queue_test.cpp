#include "crdt/vector_queue.h"

#include "base/random.h"

#include <gtest/gtest.h>

#include <deque>

namespace tandem {

TEST(VectorQueueTest, ValuesComeAndGoAtEitherEndAsInADeque) {
    SeededRandom random(7);
    VectorQueue<std::uint32_t> queue;
    std::deque<std::uint32_t> expected;
    for (std::uint32_t step = 0; step < 5000; ++step) {
        const auto what = random.below(6);
        if (what < 4 || expected.empty()) {
            queue.push_back(step);
            expected.push_back(step);
        } else if (what == 4) {
            queue.pop_back();
            expected.pop_back();
        } else {
            const std::size_t count = 1 + random.below(std::min<std::size_t>(expected.size(), 4));
            queue.pop_front(count);
            expected.erase(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(count));
        }
        ASSERT_EQ(queue.empty(), expected.empty());
        ASSERT_TRUE(std::equal(queue.begin(), queue.end(), expected.begin(), expected.end())) << step;
    }
    VectorQueue<std::uint32_t> other;
    other.push_back(1);
    other = std::move(queue);
    EXPECT_TRUE(std::equal(other.begin(), other.end(), expected.begin(), expected.end()));
    EXPECT_EQ(other.back(), expected.back());
    EXPECT_EQ(other.front(), expected.front());
}

} // namespace tandem
