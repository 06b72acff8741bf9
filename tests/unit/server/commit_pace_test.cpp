// When the first append that waits is kept for others, told by moments that the test makes up.
#include "storage/commit_pace.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class CommitPaceTest : public testing::Test {
protected:
    // So many commits, one after the other, each of `count` documents of `all` in turn.
    void commit(int times, std::size_t count, std::size_t all, std::int64_t everyUs) {
        for (int i = 0; i < times; ++i) {
            std::vector<DocumentId> documents;
            for (std::size_t j = 0; j < count; ++j)
                documents.push_back("document" + std::to_string(m_next++ % all));
            m_nowUs += everyUs;
            m_pace.begins(std::move(documents), m_nowUs);
        }
    }

    CommitPace m_pace;
    std::int64_t m_nowUs = 1'000'000'000;
    std::size_t m_next = 0;
};

} // namespace

TEST_F(CommitPaceTest, WhoeverTypesAloneDoesNotWait) {
    EXPECT_EQ(m_pace.windowUs(), 0);
    commit(1'000, 1, 200, 10'000);
    EXPECT_EQ(m_pace.windowUs(), 0);
}

TEST_F(CommitPaceTest, AppendsOfManyDocumentsThatComeQuicklyAreGathered) {
    commit(500, 1, 200, 1'000);
    EXPECT_GT(m_pace.windowUs(), 0);
    // And go on to be when there are fewer commits for it.
    commit(500, 4, 200, 4'000);
    EXPECT_GT(m_pace.windowUs(), 0);
}

TEST_F(CommitPaceTest, OneBusyDocumentIsNotKeptWaiting) {
    commit(5'000, 1, 1, 1'000);
    EXPECT_EQ(m_pace.windowUs(), 0);
}

TEST_F(CommitPaceTest, DocumentsThatAreInEveryCommitAnywayAreNotKeptWaiting) {
    commit(500, 200, 200, 20'000);
    EXPECT_EQ(m_pace.windowUs(), 0);
}

TEST_F(CommitPaceTest, WhenItIsQuietAgainNobodyWaits) {
    commit(500, 1, 200, 1'000);
    commit(1, 1, 200, 2'000'000);
    EXPECT_EQ(m_pace.windowUs(), 0);
}

} // namespace tandem
