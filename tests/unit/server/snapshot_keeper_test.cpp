// When a room's document is stored as a snapshot, and what happens when it cannot be.
#include "rooms/snapshot_keeper.h"

#include "fakes/memory_op_log.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class SnapshotKeeperTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({m_id, "t", "e", "h", {}},
                     [](Result<DocumentStore::Created> created) { ASSERT_TRUE(created.ok()); });
        m_log.pump();
        m_rules.store = &m_log;
        m_rules.interval = 10;
        m_rules.warn = [this](const DocumentId& document, std::string_view, const Error&) {
            EXPECT_EQ(document, m_id);
            ++m_warnings;
        };
        m_keeper = std::make_unique<SnapshotKeeper>(m_rules, m_id, "e", 3, m_clock);
    }
    // True when a store was begun.
    bool look(Seq head, Occupancy occupancy = Occupancy::used) {
        const std::size_t before = m_log.snapshotCount();
        m_keeper->look(head, occupancy, [&] {
            m_clock.nowMs += m_encodingMs;
            return std::make_shared<const std::string>("at " + std::to_string(head));
        });
        return m_log.snapshotCount() > before;
    }

    DocumentId m_id = "document-0123456";
    ManualClock m_clock;
    MemoryOpLog m_log{m_clock};
    SnapshotRules m_rules;
    std::int64_t m_encodingMs = 0;
    int m_warnings = 0;
    std::unique_ptr<SnapshotKeeper> m_keeper;
};

} // namespace

TEST_F(SnapshotKeeperTest, StoresWhenTheDocumentCrossesAnInterval) {
    EXPECT_FALSE(look(3));
    EXPECT_FALSE(look(9));
    EXPECT_TRUE(look(11));
    m_log.pump();
    EXPECT_FALSE(look(11));
    EXPECT_FALSE(look(19));
    EXPECT_TRUE(look(45));
    m_log.pump();
    std::optional<StoredSnapshot> latest;
    m_log.latest(m_id, 100, [&](Result<std::optional<StoredSnapshot>> found) { latest = *found; });
    m_log.pump();
    ASSERT_TRUE(latest);
    EXPECT_EQ(latest->seq, 45u);
    EXPECT_EQ(latest->bytes, "at 45");
}

TEST_F(SnapshotKeeperTest, StoresWhatIsNewWhenTheLastMemberIsGone) {
    EXPECT_FALSE(look(3, Occupancy::left));
    EXPECT_TRUE(look(4, Occupancy::left));
    m_log.pump();
    EXPECT_FALSE(look(4, Occupancy::left));
}

TEST_F(SnapshotKeeperTest, OneStoreAtATime) {
    EXPECT_TRUE(look(10));
    EXPECT_FALSE(look(20));
    EXPECT_FALSE(look(20, Occupancy::left));
    m_log.pump();
    EXPECT_TRUE(look(20));
}

TEST_F(SnapshotKeeperTest, AFailedStoreIsReportedAndTriedAgainAtTheNextInterval) {
    m_log.failNextSnapshot();
    EXPECT_TRUE(look(10));
    m_log.pump();
    EXPECT_EQ(m_warnings, 1);
    EXPECT_FALSE(look(10));
    EXPECT_FALSE(look(19));
    EXPECT_TRUE(look(20));
    m_log.pump();
    EXPECT_EQ(m_warnings, 1);
}

TEST_F(SnapshotKeeperTest, WhatTakesLongToEncodeIsStoredSeldom) {
    m_encodingMs = 20;
    EXPECT_TRUE(look(10));
    m_log.pump();
    m_clock.nowMs += 1'999;
    EXPECT_FALSE(look(50));
    EXPECT_FALSE(look(50, Occupancy::left));
    m_clock.nowMs += 1;
    m_encodingMs = 0;
    EXPECT_TRUE(look(50));
    m_log.pump();
    EXPECT_TRUE(look(60));
}

TEST_F(SnapshotKeeperTest, AnAnswerAfterItsEndIsNotHeard) {
    m_log.failNextSnapshot();
    EXPECT_TRUE(look(10));
    m_keeper.reset();
    m_log.pump();
    EXPECT_EQ(m_warnings, 0);
}

TEST_F(SnapshotKeeperTest, WithoutAStoreNothingIsEncoded) {
    m_keeper = std::make_unique<SnapshotKeeper>(SnapshotRules(), m_id, "e", 0, m_clock);
    m_keeper->look(1'000, Occupancy::left, [] {
        ADD_FAILURE() << "encoded";
        return std::shared_ptr<const std::string>();
    });
}

} // namespace tandem
