// What every SnapshotStore does, and that no reader or writer of the log notices when it packs.
#include "base/random.h"
#include "contract/storage_under_test.h"

#include <gtest/gtest.h>

#include <cstring>

namespace tandem {

namespace {

const DocumentId document = "documentAAAAAAAAAAAA";
constexpr Seq segment = 4'096;

class SnapshotContract : public testing::TestWithParam<MakeStorage> {
protected:
    void SetUp() override {
        ASSERT_TRUE(wait<DocumentStore::Created>([&](auto done) {
            m_storage->documents().create({document, "Notes", "epoch", "hash", {}}, done);
        }));
    }
    template <typename T>
    Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
        std::optional<Result<T>> answer;
        ask([&](Result<T> given) { answer = std::move(given); });
        EXPECT_FALSE(answer) << "a callback came within the call";
        m_storage->runUntil([&] { return answer.has_value(); });
        return answer.value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
    }
    Result<Appended> append(std::vector<AppendEntry> entries) {
        return wait<Appended>([&](auto done) { m_storage->log().append(document, "epoch", entries, done); });
    }
    Result<void> store(Seq seq, const std::string& bytes = "snapshot", const std::string& epoch = "epoch") {
        return wait<void>([&](auto done) {
            m_storage->snapshots().store(document, epoch, seq, std::make_shared<const std::string>(bytes),
                                         done);
        });
    }
    std::optional<StoredSnapshot> latest(Seq upTo = ~Seq{0}) {
        auto read = wait<std::optional<StoredSnapshot>>(
            [&](auto done) { m_storage->snapshots().latest(document, upTo, done); });
        EXPECT_TRUE(read) << read.error().detail;
        return read ? *read : std::nullopt;
    }
    std::vector<LoggedChange> read(Seq after, std::size_t limit) {
        auto changes = wait<std::vector<LoggedChange>>(
            [&](auto done) { m_storage->log().readAfter(document, "epoch", after, limit, done); });
        EXPECT_TRUE(changes) << changes.error().detail;
        return changes ? *changes : std::vector<LoggedChange>();
    }

    static ReplicaId replicaOf(Seq seq) { return seq % 2 == 1 ? 7 : maxReplicaId; }
    static Counter counterOf(Seq seq) { return static_cast<Counter>((seq + 1) / 2); }
    static std::string bytesOf(Seq seq) { return std::string("\0change ", 8) + std::to_string(seq); }
    static AppendEntry entry(Seq seq) {
        AppendEntry made;
        made.replica = replicaOf(seq);
        made.first = counterOf(seq);
        made.bytes = bytesOf(seq);
        if (seq % 100 == 0)
            made.editId = "edit " + std::to_string(seq);
        return made;
    }
    void appendUpTo(Seq last) {
        std::vector<AppendEntry> entries;
        for (Seq seq = m_head + 1; seq <= last; ++seq)
            entries.push_back(entry(seq));
        const auto appended = append(std::move(entries));
        ASSERT_TRUE(appended) << appended.error().detail;
        ASSERT_EQ(appended->first, m_head + 1);
        m_head = last;
    }
    void expectWholeLog(std::size_t limit) {
        Seq seq = 0;
        for (auto piece = read(0, limit); !piece.empty(); piece = read(seq, limit)) {
            ASSERT_LE(piece.size(), limit);
            for (const LoggedChange& change : piece) {
                ASSERT_EQ(change.seq, ++seq);
                ASSERT_EQ(change.replica, replicaOf(seq));
                ASSERT_EQ(change.bytes, bytesOf(seq));
                ASSERT_GT(change.timeMs, 0);
            }
        }
        EXPECT_EQ(seq, m_head);
    }

    Seq m_head = 0;
    std::unique_ptr<StorageUnderTest> m_storage = GetParam()();
};

} // namespace

TEST_P(SnapshotContract, NoSnapshotIsNoError) {
    EXPECT_FALSE(latest());
}

TEST_P(SnapshotContract, TheNewestSnapshotAndTheOneBeforeItAreKept) {
    appendUpTo(5);
    const std::string bytes("\0one\xFF", 5);
    ASSERT_TRUE(store(1, bytes));
    EXPECT_EQ(latest()->bytes, bytes);
    ASSERT_TRUE(store(3, "three"));
    ASSERT_TRUE(store(5, ""));
    EXPECT_EQ(latest()->seq, 5u);
    EXPECT_EQ(latest()->bytes, "");
    EXPECT_EQ(latest(5)->seq, 5u);
    EXPECT_EQ(latest(4)->seq, 3u);
    EXPECT_EQ(latest(4)->bytes, "three");
    EXPECT_EQ(latest(3)->seq, 3u);
    EXPECT_FALSE(latest(2));
    ASSERT_TRUE(store(5, "again"));
    EXPECT_EQ(latest()->bytes, "again");
    EXPECT_EQ(latest(4)->seq, 3u);
}

TEST_P(SnapshotContract, OneThatIsTooLargeForARowComesBackWhole) {
    appendUpTo(5);
    SeededRandom random(1);
    std::string bytes(17 * 1024 * 1024, '\0'); // nothing of it can be compressed
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const std::uint64_t bits = random.bits();
        std::memcpy(bytes.data() + i, &bits, 8);
    }
    ASSERT_TRUE(store(2, bytes));
    EXPECT_TRUE(latest()->bytes == bytes);
    ASSERT_TRUE(store(2, "another"));
    EXPECT_EQ(latest()->bytes, "another");
    for (const Seq seq : {4, 5})
        ASSERT_TRUE(store(seq, bytes));
    EXPECT_TRUE(latest(4)->bytes == bytes);
    EXPECT_FALSE(latest(3));
}

TEST_P(SnapshotContract, AnUnknownDocumentIsRefused) {
    EXPECT_FALSE(wait<void>([&](auto done) {
        m_storage->snapshots().store("documentBBBBBBBBBBBB", "epoch", 1,
                                     std::make_shared<const std::string>("x"), done);
    }));
}

TEST_P(SnapshotContract, OneOfALogThatWasReplacedIsRefused) {
    appendUpTo(3);
    ASSERT_TRUE(store(2, "this log's"));
    const auto refused = store(3, "another's", "another epoch");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::logReplaced);
    EXPECT_EQ(latest()->bytes, "this log's");
}

TEST_P(SnapshotContract, APackedLogReadsAsBefore) {
    appendUpTo(segment + 10);
    const auto before = read(0, 100'000);
    ASSERT_TRUE(store(m_head));
    EXPECT_EQ(read(0, 100'000), before);
    expectWholeLog(1'000);
    appendUpTo(2 * segment + 1);
    ASSERT_TRUE(store(m_head));
    expectWholeLog(100'000);
    expectWholeLog(3'000);
    for (const Seq border : {segment, 2 * segment}) {
        for (const Seq after : {border - 2, border - 1, border}) {
            for (const std::size_t limit : {1u, 2u, 3u}) {
                const auto piece = read(after, limit);
                ASSERT_EQ(piece.size(), std::min<std::size_t>(limit, m_head - after));
                EXPECT_EQ(piece.front().seq, after + 1);
                EXPECT_EQ(piece.back().bytes, bytesOf(after + piece.size()));
            }
        }
    }
    EXPECT_TRUE(read(0, 0).empty());
    EXPECT_TRUE(read(m_head, 10).empty());
}

TEST_P(SnapshotContract, AKnownChangeIsRefusedAfterPacking) {
    appendUpTo(segment + 10);
    ASSERT_TRUE(store(m_head));
    for (const Seq known : {Seq{1}, Seq{2}, segment / 2, segment, segment + 1}) {
        AppendEntry repeated = entry(known);
        repeated.editId.reset();
        const auto refused = append({entry(m_head + 1), repeated});
        ASSERT_FALSE(refused) << known;
        EXPECT_EQ(refused.error().code, ErrorCode::alreadyExists);
    }
    appendUpTo(m_head + 2);
    expectWholeLog(100'000);
}

TEST_P(SnapshotContract, APlainEditIdIsFoundAndRefusedAfterPacking) {
    appendUpTo(segment + 110);
    ASSERT_TRUE(store(m_head));
    const auto ids = wait<std::vector<OpLog::EditId>>(
        [&](auto done) { m_storage->log().readEditIds(document, maxReplicaId, done); });
    ASSERT_TRUE(ids);
    ASSERT_EQ(ids->size(), m_head / 100);
    for (std::size_t i = 0; i < ids->size(); ++i) {
        EXPECT_EQ((*ids)[i].seq, (i + 1) * 100);
        EXPECT_EQ((*ids)[i].id, "edit " + std::to_string((i + 1) * 100));
    }
    AppendEntry repeated = entry(m_head + 2);
    for (const Seq known : {Seq{100}, segment / 100 * 100, segment + 104 - segment % 100}) {
        repeated.replica = maxReplicaId;
        repeated.editId = "edit " + std::to_string(known / 100 * 100);
        const auto refused = append({repeated});
        ASSERT_FALSE(refused) << known;
        EXPECT_EQ(refused.error().code, ErrorCode::alreadyExists);
    }
    repeated.replica = 7;
    EXPECT_TRUE(append({repeated}));
}

TEST_P(SnapshotContract, WhatWasPackedIsThereAfterOpeningAgain) {
    appendUpTo(2 * segment + 10);
    ASSERT_TRUE(store(2 * segment, "whole"));
    m_storage->reopen();
    EXPECT_EQ(latest()->seq, 2 * segment);
    EXPECT_EQ(latest()->bytes, "whole");
    expectWholeLog(100'000);
    EXPECT_FALSE(append({entry(17)}));
    EXPECT_FALSE(append({entry(segment + 17)}));
    appendUpTo(m_head + 1);
    expectWholeLog(5'000);
}

TEST_P(SnapshotContract, ReadersAndWritersGoOnWhileTheLogIsPacked) {
    appendUpTo(4 * segment);
    std::optional<Result<void>> stored;
    m_storage->snapshots().store(document, "epoch", m_head, std::make_shared<const std::string>("x"),
                                 [&](Result<void> answer) { stored = answer; });
    do {
        const Seq after = m_head - 4 * segment;
        const auto piece = read(after, 4 * segment);
        ASSERT_EQ(piece.size(), 4 * segment);
        for (const LoggedChange& change : piece)
            ASSERT_EQ(change.bytes, bytesOf(change.seq));
        ASSERT_EQ(piece.front().seq, after + 1);
        appendUpTo(m_head + 1);
    } while (!stored);
    EXPECT_TRUE(*stored);
    expectWholeLog(100'000);
}

INSTANTIATE_TEST_SUITE_P(Memory, SnapshotContract, testing::Values(MakeStorage(&makeMemoryStorage)));
INSTANTIATE_TEST_SUITE_P(Sqlite, SnapshotContract, testing::Values(MakeStorage(&makeSqliteStorage)));
INSTANTIATE_TEST_SUITE_P(Mariadb, SnapshotContract, testing::Values(MakeStorage(&makeMariadbStorage)));

} // namespace tandem
