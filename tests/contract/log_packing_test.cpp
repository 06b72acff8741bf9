// Which rows of the log are packed, when, and what is made of damage.
#include "base/random.h"
#include "contract/sql_fixture.h"
#include "deflate/deflate.h"

namespace tandem {

namespace {

class LogPacking : public SqlFixture {
protected:
    void appendUpTo(Counter last) {
        std::vector<AppendEntry> entries;
        while (m_head < last)
            entries.push_back({1, ++m_head, "bytes", std::nullopt, std::nullopt});
        const auto appended = append(std::move(entries));
        ASSERT_TRUE(appended) << appended.error().detail;
    }
    Result<void> store(Seq seq) { return storeSnapshot(seq, "bytes"); }
    Result<std::vector<LoggedChange>> readAll() {
        return wait<std::vector<LoggedChange>>(
            [&](auto done) { m_storage->log().readAfter(document, "epoch", 0, 100'000, done); });
    }
    std::int64_t rowCount() { return number("SELECT COUNT(*) FROM changes"); }
    std::int64_t segmentCount() { return number("SELECT COUNT(*) FROM segments"); }

    Counter m_head = 0;
};

} // namespace

TEST_P(LogPacking, OnlyWholeSegmentsBehindTheSnapshotArePacked) {
    appendUpTo(2 * 4'096 + 5);
    ASSERT_TRUE(store(4'095));
    EXPECT_EQ(segmentCount(), 0);
    EXPECT_EQ(rowCount(), m_head);
    ASSERT_TRUE(store(2 * 4'096 - 1));
    EXPECT_EQ(segmentCount(), 1);
    EXPECT_EQ(rowCount(), 4'096 + 5);
    ASSERT_TRUE(store(m_head));
    EXPECT_EQ(segmentCount(), 2);
    EXPECT_EQ(rowCount(), 5);
    EXPECT_EQ(readAll()->size(), m_head);
}

TEST_P(LogPacking, ALongLogIsPackedALittleAtATime) {
    appendUpTo(6 * 4'096);
    ASSERT_TRUE(store(m_head));
    EXPECT_EQ(segmentCount(), 4);
    ASSERT_TRUE(store(m_head));
    EXPECT_EQ(segmentCount(), 6);
    EXPECT_EQ(rowCount(), 0);
    EXPECT_EQ(readAll()->size(), m_head);
}

TEST_P(LogPacking, LargeChangesFillASegmentEarlier) {
    SeededRandom random(1);
    std::vector<AppendEntry> entries;
    while (m_head < 80) { // 20 MiB that cannot be compressed
        std::string bytes(256 * 1024, '\0');
        for (char& byte : bytes)
            byte = static_cast<char>(random.below(256));
        entries.push_back({1, ++m_head, std::move(bytes), std::nullopt, std::nullopt});
    }
    ASSERT_TRUE(append(entries));
    const auto stored = store(m_head);
    ASSERT_TRUE(stored) << stored.error().detail;
    EXPECT_EQ(segmentCount(), 2);
    EXPECT_EQ(rowCount(), 80 - 2 * 32);
    const auto log = readAll();
    ASSERT_TRUE(log) << log.error().detail;
    ASSERT_EQ(log->size(), m_head);
    for (std::size_t i = 0; i < log->size(); ++i)
        EXPECT_TRUE((*log)[i].bytes == entries[i].bytes) << i;
}

TEST_P(LogPacking, WhatCannotBeMovedLeavesEverythingAsItWas) {
    appendUpTo(4'096 + 1);
    // A trigger is the fault: rows go, but one stays, or refuses to.
    execute(isSqlite() ? "CREATE TRIGGER keep BEFORE DELETE ON changes WHEN OLD.seq = 7 "
                         "BEGIN SELECT RAISE(IGNORE); END"
                       : "CREATE TRIGGER keep BEFORE DELETE ON changes FOR EACH ROW "
                         "IF OLD.seq = 7 THEN SIGNAL SQLSTATE '45000'; END IF");
    const auto stored = store(m_head);
    ASSERT_FALSE(stored);
    EXPECT_EQ(segmentCount(), 0);
    EXPECT_EQ(rowCount(), m_head);
    EXPECT_EQ(number("SELECT COUNT(*) FROM snapshots"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM packed_counters"), 0);
    execute("DROP TRIGGER keep");
    EXPECT_TRUE(store(m_head));
    EXPECT_EQ(rowCount(), 1);
}

TEST_P(LogPacking, ADamagedSegmentIsAnErrorAndNothingElse) {
    appendUpTo(4'096);
    ASSERT_TRUE(store(m_head));
    ASSERT_TRUE(readAll());
    execute("UPDATE segments SET first_seq = 2");
    EXPECT_EQ(readAll().error().code, ErrorCode::internal);
    execute("UPDATE segments SET first_seq = 1, bytes = x'0102'");
    EXPECT_EQ(readAll().error().code, ErrorCode::internal);
}

TEST_P(LogPacking, ADamagedSnapshotComesWithoutBytes) {
    appendUpTo(1);
    ASSERT_TRUE(store(1));
    execute(isSqlite()
                ? "UPDATE snapshots SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS BLOB)"
                : "UPDATE snapshots SET bytes = CONCAT(SUBSTR(bytes, 1, LENGTH(bytes) - 1), x'00')");
    const auto latest = latestSnapshot(1);
    ASSERT_TRUE(latest);
    EXPECT_EQ(latest->seq, 1u);
    EXPECT_EQ(latest->bytes, "");
}

TEST(Deflate, GivesBackWhatItWasGiven) {
    for (const std::string& bytes : {std::string(), std::string("\0a", 2), std::string(1'000'000, 'x')}) {
        const auto inflated = inflate(deflate(bytes));
        ASSERT_TRUE(inflated);
        EXPECT_EQ(*inflated, bytes);
    }
    EXPECT_LT(deflate(std::string(1'000'000, 'x')).size(), 10'000u);
}

TEST(Deflate, RefusesDamagedBytes) {
    const std::string good = deflate("some text that is long enough to be damaged in many places");
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        const auto inflated = inflate(bad);
        EXPECT_FALSE(inflated && *inflated != *inflate(good)) << i;
        EXPECT_FALSE(inflate(std::string_view(good).substr(0, i))) << i;
    }
    EXPECT_FALSE(inflate(good + "x"));
    EXPECT_FALSE(inflate("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"));
}

INSTANTIATE_TEST_SUITE_P(Databases, LogPacking, allDatabaseKinds(), &nameOfKind);

} // namespace tandem
