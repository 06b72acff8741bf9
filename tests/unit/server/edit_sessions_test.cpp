#include "storage/edit_sessions.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

constexpr std::int64_t minute = 60'000;

using Changes = std::map<ReplicaId, std::size_t>;

} // namespace

TEST(EditSessions, EndWithAPause) {
    EditSessions gathering(10);
    EXPECT_TRUE(gathering.add(4, 7, 30 * minute));
    EXPECT_TRUE(gathering.add(3, 8, 25 * minute));
    EXPECT_TRUE(gathering.add(2, 7, 16 * minute));
    EXPECT_TRUE(gathering.add(1, 7, 6 * minute));
    const EditSessionPage page = gathering.take();
    ASSERT_EQ(page.sessions.size(), 2u);
    const EditSession& newest = page.sessions.front();
    EXPECT_EQ(newest.from, 2u);
    EXPECT_EQ(newest.to, 4u);
    EXPECT_EQ(newest.startedMs, 16 * minute);
    EXPECT_EQ(newest.endedMs, 30 * minute);
    EXPECT_EQ(newest.changes, (Changes{{7, 2}, {8, 1}}));
    EXPECT_EQ(page.sessions.back().from, 1u);
    EXPECT_EQ(page.sessions.back().to, 1u);
    EXPECT_FALSE(page.next);
}

TEST(EditSessions, AFullPageTellsWhereTheNextOneBegins) {
    EditSessions gathering(2);
    EXPECT_TRUE(gathering.add(9, 7, 90 * minute));
    EXPECT_TRUE(gathering.add(8, 7, 60 * minute));
    EXPECT_TRUE(gathering.add(7, 7, 59 * minute));
    EXPECT_FALSE(gathering.add(6, 7, 30 * minute));
    const EditSessionPage page = gathering.take();
    EXPECT_EQ(page.sessions.size(), 2u);
    EXPECT_EQ(page.next, 7u);
}

TEST(EditSessions, AClockThatWasSetBackEndsNoneByItself) {
    EditSessions gathering(10);
    EXPECT_TRUE(gathering.add(2, 7, 10 * minute));
    EXPECT_TRUE(gathering.add(1, 7, 12 * minute));
    const EditSessionPage page = gathering.take();
    ASSERT_EQ(page.sessions.size(), 1u);
    EXPECT_EQ(page.sessions.front().endedMs, 12 * minute);
}

TEST(EditSessions, AnEmptyLogHasNone) {
    EditSessions gathering(1);
    const EditSessionPage page = gathering.take();
    EXPECT_TRUE(page.sessions.empty());
    EXPECT_FALSE(page.next);
}

} // namespace tandem
