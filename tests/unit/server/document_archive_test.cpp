// Archives of documents: whole ones come back, and no bytes of anyone do harm.
#include "archive/archive_log.h"

#include "base/random.h"
#include "crdt/replica.h"
#include "protocol/limits.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

std::string asItIs(std::string_view bytes) {
    return std::string(bytes);
}

// The changes of one author who types letters, as a log.
DocumentArchive someArchive(std::size_t changes, std::size_t lettersEach = 1) {
    DocumentArchive archive;
    archive.title = "Notes";
    archive.createdMs = 1'700'000'000'000;
    archive.replicas = {{7, std::string(32, 'k'), "Ana"}, {8, std::string(32, 'l'), ""}};
    if (changes > 1)
        archive.names = {{changes, "the end", 1'700'000'000'500}, {1, "a", 1'700'000'000'400}};
    Replica replica;
    for (std::size_t i = 0; i < changes; ++i) {
        const std::u32string letters(lettersEach, U'x');
        const Splice splice{i / 2, 0, letters};
        const auto change = replica.edit(7, std::span(&splice, 1));
        archive.log.push_back(
            {i + 1, 7, 1'700'000'000'000 + static_cast<std::int64_t>(i), encodeChange(*change)});
    }
    return archive;
}

} // namespace

TEST(DocumentArchiveTest, AnArchiveComesBackWhole) {
    for (const std::size_t changes :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, maxSegmentChanges, 2 * maxSegmentChanges + 1}) {
        SCOPED_TRACE(changes);
        const DocumentArchive archive = someArchive(changes);
        const auto back = decodeArchive(encodeArchive(archive));
        ASSERT_TRUE(back.ok()) << back.error().detail;
        EXPECT_EQ(back->title, archive.title);
        EXPECT_EQ(back->createdMs, archive.createdMs);
        EXPECT_EQ(back->log, archive.log);
        ASSERT_EQ(back->replicas.size(), 2u);
        EXPECT_EQ(back->replicas[0].keyHash, archive.replicas[0].keyHash);
        EXPECT_EQ(back->replicas[0].name, "Ana");
        EXPECT_EQ(back->replicas[1].name, "") << "nobody in particular";
        EXPECT_EQ(back->names.size(), archive.names.size());
        const auto imported = importedLog(*back, &asItIs);
        ASSERT_TRUE(imported.ok()) << imported.error().detail;
        EXPECT_EQ(imported->head(), changes);
        EXPECT_EQ(imported->text, std::string(changes, 'x'));
        EXPECT_EQ(imported->segments.size(), (changes + maxSegmentChanges - 1) / maxSegmentChanges);
        EXPECT_EQ(imported->highest.size(), changes > 0 ? 1u : 0u);
        if (changes > 0) {
            EXPECT_EQ(imported->highest.at(7), changes);
        }
    }
}

TEST(DocumentArchiveTest, LargeChangesFillASegmentEarlier) {
    constexpr std::size_t letters = 32 * 1024;
    const DocumentArchive archive = someArchive(300, letters);
    const auto back = decodeArchive(encodeArchive(archive));
    ASSERT_TRUE(back.ok()) << back.error().detail;
    EXPECT_EQ(back->log, archive.log);
    const auto imported = importedLog(*back, &asItIs);
    ASSERT_TRUE(imported.ok()) << imported.error().detail;
    ASSERT_EQ(imported->segments.size(), 2u);
    EXPECT_EQ(imported->segments[1].first, imported->segments[0].last + 1);
    EXPECT_EQ(imported->head(), 300u);
    EXPECT_LE(imported->segments[0].bytes.size(), fullSegmentBytes + 2 * letters);
    EXPECT_EQ(imported->text.size(), 300 * letters);
}

TEST(DocumentArchiveTest, AHistoryThatDoesNotApplyIsNotTaken) {
    const auto refused = [](DocumentArchive archive) {
        const auto imported = importedLog(archive, &asItIs);
        return !imported.ok() && imported.error().code == ErrorCode::malformed;
    };
    const DocumentArchive good = someArchive(5);
    DocumentArchive archive = good;
    archive.log.erase(archive.log.begin() + 2);
    EXPECT_TRUE(refused(archive)) << "a hole";
    archive = good;
    std::swap(archive.log[1].bytes, archive.log[2].bytes);
    EXPECT_TRUE(refused(archive)) << "another order";
    archive = good;
    archive.log[2].replica = 9;
    EXPECT_TRUE(refused(archive)) << "of someone else";
    archive = good;
    archive.log[2].timeMs = -1;
    EXPECT_TRUE(refused(archive)) << "before all time";
    archive = good;
    archive.names.push_back({6, "to come", 0});
    EXPECT_TRUE(refused(archive)) << "a name for what is not there";
    archive = good;
    archive.names.push_back(archive.names.front());
    EXPECT_TRUE(refused(archive)) << "two names for one";
    archive = good;
    archive.replicas.push_back(archive.replicas.front());
    EXPECT_TRUE(refused(archive)) << "two keys for one";
    EXPECT_FALSE(refused(good));
}

TEST(DocumentArchiveTest, AChangeHasItsLimitInAnArchiveAsWell) {
    DocumentArchive archive = someArchive(1);
    for (const std::size_t bytes : {limits::changeBytes, limits::changeBytes + 1}) {
        archive.log.front().bytes.resize(bytes);
        const auto back = decodeArchive(encodeArchive(archive));
        EXPECT_EQ(back.ok(), bytes == limits::changeBytes);
        if (!back.ok()) {
            EXPECT_EQ(back.error().code, ErrorCode::limitExceeded);
        }
    }
}

TEST(DocumentArchiveTest, AnArchiveHasSoManyChangesAndNoMore) {
    DocumentArchive archive = someArchive(1);
    archive.log.resize(limits::archiveChanges + 1, archive.log.front());
    for (std::size_t i = 0; i < archive.log.size(); ++i)
        archive.log[i].seq = i + 1;
    const auto back = decodeArchive(encodeArchive(archive));
    ASSERT_FALSE(back.ok());
    EXPECT_EQ(back.error().code, ErrorCode::limitExceeded);
    archive.log.pop_back();
    EXPECT_TRUE(decodeArchive(encodeArchive(archive)).ok());
}

TEST(DocumentArchiveTest, NamesAndLabelsAreCleanedLikeAnyOther) {
    DocumentArchive archive = someArchive(2);
    archive.names.front().label = "a\u202eb";
    archive.replicas.front().name = "\u202e Ana\n";
    const auto back = decodeArchive(encodeArchive(archive));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->names.front().label, "ab");
    EXPECT_EQ(back->replicas.front().name, "Ana");
}

TEST(DocumentArchiveTest, DamagedBytesGiveAnArchiveOrAnError) {
    const std::string good = encodeArchive(someArchive(50));
    SeededRandom random(20'275);
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(decodeArchive(std::string_view(good).substr(0, length)).ok() && length < 100);
    for (int i = 0; i < 5'000; ++i) {
        std::string damaged = good;
        for (std::uint64_t n = random.below(4); n <= 3; ++n)
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
        const auto archive = decodeArchive(damaged);
        if (archive.ok())
            static_cast<void>(importedLog(*archive, &asItIs));
    }
}

} // namespace tandem
