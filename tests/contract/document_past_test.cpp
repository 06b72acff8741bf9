// Any version of a document out of a database: from the log as it came, packed, and with snapshots, whole
// or damaged, on the way.
#include "base/random.h"
#include "base/utf8.h"
#include "contract/sql_fixture.h"

namespace tandem {

namespace {

constexpr ReplicaId author = 7;

class SqlPast : public SqlFixture {
protected:
    // Single edits, up to this version.
    void growTo(Seq version) {
        std::vector<AppendEntry> entries;
        LocalEdit made;
        while (m_texts.size() <= version) {
            const std::size_t length = m_replica.length();
            const bool deletes = length > 20 && m_random.below(2) == 0;
            const std::u32string typed(1, U'a' + static_cast<char32_t>(m_random.below(26)));
            ASSERT_TRUE(m_replica
                            .edit(author, m_random.below(length + (deletes ? 0 : 1)), deletes ? 1 : 0,
                                  deletes ? U"" : std::u32string_view(typed), made)
                            .ok());
            entries.push_back({author, made.first.counter, encodeChange(made), std::nullopt, std::nullopt});
            m_texts.push_back(m_replica.text());
        }
        const auto appended = append(std::move(entries));
        ASSERT_TRUE(appended) << appended.error().detail;
    }
    void storeNow() {
        const auto stored = storeSnapshot(m_texts.size() - 1, m_replica.encode());
        ASSERT_TRUE(stored) << stored.error().detail;
    }
    Result<PastVersion> at(Seq version, const std::string& epoch = "epoch") {
        return wait<PastVersion>(
            [&](auto done) { m_storage->past().versionAt(document, epoch, version, done); });
    }
    Result<std::vector<Replacement>> between(Seq from, Seq to) {
        return wait<std::vector<Replacement>>(
            [&](auto done) { m_storage->past().changesBetween(document, "epoch", from, to, done); });
    }
    void expectVersion(Seq version) {
        const auto past = at(version);
        ASSERT_TRUE(past) << past.error().detail;
        EXPECT_EQ(past->text, m_texts[version]);
        EXPECT_EQ(past->timeMs > 0, version > 0);
    }

    SeededRandom m_random{1};
    Replica m_replica;
    std::vector<std::string> m_texts{""}; // by version
};

} // namespace

TEST_P(SqlPast, AnyVersionSaysWhatItSaidAlsoWhenTheLogIsPacked) {
    growTo(4'500);
    for (const bool packed : {false, true}) {
        SCOPED_TRACE(packed);
        if (packed)
            storeNow();
        for (const Seq version : {0, 1, 2, 1'000, 4'095, 4'096, 4'097, 4'499, 4'500})
            expectVersion(version);
    }
    const auto past = at(4'500);
    ASSERT_TRUE(past);
    EXPECT_EQ(past->authors, (std::vector<AuthorRange>{{author, past->text.size()}}));
}

TEST_P(SqlPast, WhatChangedBetweenTwoVersions) {
    growTo(300);
    for (const auto& [from, to] : std::vector<std::pair<Seq, Seq>>{{10, 250}, {250, 10}, {0, 300}, {7, 7}}) {
        const auto changes = between(from, to);
        ASSERT_TRUE(changes) << changes.error().detail;
        auto text = fromUtf8(m_texts[from]);
        for (const Replacement& change : *changes)
            text->replace(change.index, change.removed.size(), change.inserted);
        EXPECT_EQ(toUtf8(*text), m_texts[to]);
        EXPECT_EQ(changes->empty(), from == to);
    }
}

TEST_P(SqlPast, OneSnapshotInSoManyVersionsStaysAsACheckpoint) {
    constexpr Seq interval = History::checkpointInterval;
    for (const Seq version : {Seq{300}, Seq{500}, interval + 3, interval + 50, interval + 90, 2 * interval,
                              2 * interval + 1, 2 * interval + 2, 2 * interval + 3}) {
        growTo(version);
        storeNow();
    }
    EXPECT_FALSE(latestSnapshot(interval + 2));
    EXPECT_EQ(latestSnapshot(2 * interval - 1)->seq, interval + 3);
    EXPECT_EQ(latestSnapshot(2 * interval + 1)->seq, 2 * interval);
    EXPECT_EQ(latestSnapshot(2 * interval + 2)->seq, 2 * interval + 2);
    for (const Seq version : {Seq{100}, interval + 2, interval + 3, interval + 4, 2 * interval + 1})
        expectVersion(version);
}

TEST_P(SqlPast, ADamagedSnapshotIsPassedOver) {
    growTo(100);
    storeNow();
    growTo(200);
    storeNow();
    growTo(220);
    execute("UPDATE snapshots SET bytes = x'0102' WHERE seq = 200");
    expectVersion(210);
    execute("UPDATE snapshots SET bytes = x'0102'");
    expectVersion(210);
}

TEST_P(SqlPast, SessionsComeFromTheNewestAndPageByPage) {
    const auto sessions = [this](Seq before, std::size_t most) {
        return wait<EditSessionPage>(
            [&](auto done) { m_storage->past().sessionsBefore(document, "epoch", before, most, done); });
    };
    EXPECT_TRUE(sessions(1, 5)->sessions.empty());
    growTo(5'000);
    execute("UPDATE changes SET time_ms = 3600000 * (1 + (seq - seq % 2000) / 2000)");
    for (const bool packed : {false, true}) {
        SCOPED_TRACE(packed);
        if (packed)
            storeNow();
        const auto page = sessions(5'001, 2);
        ASSERT_TRUE(page) << page.error().detail;
        ASSERT_EQ(page->sessions.size(), 2u);
        EXPECT_EQ(page->sessions[0].from, 4'000u);
        EXPECT_EQ(page->sessions[0].to, 5'000u);
        EXPECT_EQ(page->sessions[0].startedMs, 3 * 3'600'000);
        EXPECT_EQ(page->sessions[1].from, 2'000u);
        EXPECT_EQ(page->sessions[1].changes, (std::map<ReplicaId, std::size_t>{{author, 2'000}}));
        ASSERT_EQ(page->next, 2'000u);
        const auto rest = sessions(*page->next, 2);
        ASSERT_EQ(rest->sessions.size(), 1u);
        EXPECT_EQ(rest->sessions[0].to, 1'999u);
        EXPECT_FALSE(rest->next);
        EXPECT_EQ(sessions(~Seq{0}, 1)->sessions[0].to, 5'000u);
        EXPECT_TRUE(sessions(0, 1)->sessions.empty());
    }
}

TEST_P(SqlPast, VersionsHaveNamesUntilTheDocumentIsPurged) {
    growTo(3);
    const auto name = [this](std::optional<Seq> version, const std::string& label) {
        return wait<NamedVersion>(
            [&](auto done) { m_storage->past().nameVersion(document, version, label, done); });
    };
    const auto names = [this] {
        const auto read = wait<std::vector<NamedVersion>>(
            [&](auto done) { m_storage->past().namedVersions(document, done); });
        std::string all;
        for (const NamedVersion& named : *read)
            all += std::to_string(named.version) + named.label + (named.namedMs > 0 ? " " : "? ");
        return all;
    };
    const auto remove = [this](Seq version) {
        return wait<void>([&](auto done) { m_storage->past().removeName(document, version, done); });
    };
    EXPECT_EQ(name(std::nullopt, "newest")->version, 3u);
    ASSERT_TRUE(name(0, "empty"));
    ASSERT_TRUE(name(2, "two"));
    EXPECT_EQ(names(), "3newest 2two 0empty ");
    ASSERT_TRUE(name(2, "again"));
    EXPECT_EQ(names(), "3newest 2again 0empty ");
    EXPECT_EQ(name(4, "later").error().code, ErrorCode::notFound);
    ASSERT_TRUE(remove(2));
    EXPECT_EQ(remove(2).error().code, ErrorCode::notFound);
    EXPECT_EQ(names(), "3newest 0empty ");
    ASSERT_TRUE(wait<void>([&](auto done) { m_storage->catalog().purge(document, std::nullopt, done); }));
    EXPECT_EQ(name(0, "gone").error().code, ErrorCode::notFound);
    createDocument();
    EXPECT_EQ(names(), "");
}

TEST_P(SqlPast, SoManyVersionsMayHaveANameAndNoMore) {
    growTo(maxNamedVersions + 1);
    execute("INSERT INTO named_versions "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
            "SELECT 'documentAAAAAAAAAAAA', i, 'x', 0 FROM n");
    const auto name = [this](Seq version) {
        return wait<NamedVersion>(
            [&](auto done) { m_storage->past().nameVersion(document, version, "y", done); });
    };
    EXPECT_EQ(name(1'001).error().code, ErrorCode::limitExceeded);
    EXPECT_TRUE(name(1'000));
}

TEST_P(SqlPast, WhatIsNotThereIsSaid) {
    growTo(5);
    EXPECT_EQ(at(6).error().code, ErrorCode::notFound);
    EXPECT_EQ(between(2, 6).error().code, ErrorCode::notFound);
    EXPECT_EQ(between(6, 2).error().code, ErrorCode::notFound);
    EXPECT_EQ(at(3, "another epoch").error().code, ErrorCode::logReplaced);
    execute("UPDATE changes SET bytes = x'0102', checksum = NULL WHERE seq = 3");
    EXPECT_FALSE(at(5));
    expectVersion(2);
}

INSTANTIATE_TEST_SUITE_P(Databases, SqlPast, allDatabaseKinds(), &nameOfKind);

} // namespace tandem
