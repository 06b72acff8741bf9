// What a room begins with: the newest snapshot that is whole and the log after it, and never a wrong
// document.
#include "bus/local_bus.h"
#include "rooms/room_directory.h"

#include "fakes/memory_op_log.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

constexpr ReplicaId ana = 1;
constexpr ReplicaId ben = 2;

class RoomLoadingTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({m_id, "Title", "epoch", "hash", {}},
                     [](Result<DocumentStore::Created> created) { ASSERT_TRUE(created.ok()); });
        // The snapshots of each version, from 0.
        m_snapshots.push_back(m_document.encode());
        for (const ReplicaId author : {ana, ben, ana, ana, ben, ana}) {
            append(m_document, author, U"word ", "epoch");
            m_snapshots.push_back(m_document.encode());
        }
        m_log.pump();
    }
    void append(Replica& document, ReplicaId author, const std::u32string& word, const std::string& epoch) {
        const Splice splice{document.length(), 0, word};
        const auto change = document.edit(author, {&splice, 1});
        ASSERT_TRUE(change.ok());
        m_log.append(m_id, epoch,
                     {{author, change->first, encodeChange(*change), std::nullopt, std::nullopt}},
                     [](Result<Appended> appended) { ASSERT_TRUE(appended.ok()); });
    }
    void store(Seq seq, std::string bytes) {
        m_log.store(m_id, "epoch", seq, std::make_shared<const std::string>(std::move(bytes)),
                    [](Result<void> stored) { ASSERT_TRUE(stored.ok()); });
        m_log.pump();
    }
    // Opens the document in a directory of its own, and expects all of it.
    void expectWhole() {
        RoomRules rules;
        rules.snapshots.store = &m_log;
        rules.snapshots.warn = [this](const DocumentId&, std::string_view, const Error&) { ++m_warnings; };
        m_rooms = std::make_unique<RoomDirectory>(m_log, m_log, m_bus, m_clock, rules);
        m_room = nullptr;
        m_rooms->open(m_id, [this](Result<DocumentRoom*> room) {
            ASSERT_TRUE(room.ok()) << room.error().detail;
            m_room = *room;
        });
        m_log.pump();
        ASSERT_TRUE(m_room);
        EXPECT_EQ(m_room->head(), 6u);
        EXPECT_EQ(m_room->replica().text(), m_document.text());
        EXPECT_EQ(m_room->replica().version(), m_document.version());
        m_room->replica().checkInvariants();
    }

    DocumentId m_id = "document-0123456";
    ManualClock m_clock;
    MemoryOpLog m_log{m_clock};
    Replica m_document;
    std::vector<std::string> m_snapshots;
    LocalBus m_bus;
    std::unique_ptr<RoomDirectory> m_rooms;
    DocumentRoom* m_room = nullptr;
    int m_warnings = 0;
};

} // namespace

TEST_F(RoomLoadingTest, WithoutASnapshotTheWholeLogIsRead) {
    expectWhole();
    EXPECT_EQ(m_log.readCount(), 6u);
    EXPECT_EQ(m_warnings, 0);
}

TEST_F(RoomLoadingTest, ASnapshotSparesTheLogBeforeIt) {
    for (Seq seq = 1; seq <= 6; ++seq) {
        store(seq, m_snapshots[seq]);
        const std::size_t before = m_log.readCount();
        expectWhole();
        // The change at its version is read to compare.
        EXPECT_EQ(m_log.readCount() - before, 6 - seq + 1);
    }
    EXPECT_EQ(m_warnings, 0);
}

TEST_F(RoomLoadingTest, ADamagedSnapshotGivesWayToTheOneBefore) {
    store(2, m_snapshots[2]);
    for (const std::string& damaged : {std::string(), std::string("rubbish"), m_snapshots[5] + "x"}) {
        store(5, damaged);
        const std::size_t before = m_log.readCount();
        m_warnings = 0;
        expectWhole();
        EXPECT_EQ(m_warnings, 1);
        EXPECT_EQ(m_log.readCount() - before, 5u);
    }
}

TEST_F(RoomLoadingTest, ALogThatIsRestoredWhileItIsReadIsNotMixedWithTheOneBefore) {
    store(4, m_snapshots[4]);
    m_log.backUp(m_id);
    int anew = 0;
    for (int answers = 0; answers < 6; ++answers) {
        // Two logs that differ after the backup; the restored one is longer.
        m_log.restore(m_id, "before");
        auto lost = Replica::decode(m_snapshots[6]);
        append(*lost, ana, U"lost", "before");
        auto restored = Replica::decode(m_snapshots[6]);
        m_log.pump();
        RoomRules rules;
        rules.snapshots.store = &m_log;
        RoomDirectory rooms(m_log, m_log, m_bus, m_clock, rules);
        DocumentRoom* room = nullptr;
        rooms.open(m_id, [&room](Result<DocumentRoom*> opened) {
            ASSERT_TRUE(opened.ok()) << opened.error().detail;
            room = *opened;
        });
        for (int i = 0; i < answers; ++i)
            m_log.pumpOne();
        m_log.restore(m_id, "after");
        append(*restored, ben, U"kept", "after");
        append(*restored, ben, U"kept", "after");
        m_log.pump();
        ASSERT_TRUE(room);
        const bool isAnew = room->info().epoch == "after";
        EXPECT_EQ(room->replica().text(), isAnew ? restored->text() : lost->text()) << answers;
        anew += isAnew ? 1 : 0;
    }
    EXPECT_GE(anew, 3);
}

TEST_F(RoomLoadingTest, WhenAllSnapshotsAreDamagedTheWholeLogIsRead) {
    store(1, "rubbish");
    store(6, "rubbish");
    expectWhole();
    EXPECT_EQ(m_warnings, 2);
    EXPECT_EQ(m_log.readCount(), 6u);
}

TEST_F(RoomLoadingTest, ASnapshotOfAnotherVersionIsNotTaken) {
    for (Seq said = 1; said <= 6; ++said) {
        for (Seq real = 0; real <= 6; ++real) {
            SCOPED_TRACE(std::to_string(real) + " said to be " + std::to_string(said));
            m_warnings = 0;
            store(said, m_snapshots[real]);
            expectWhole();
            EXPECT_EQ(m_warnings, said == real ? 0 : 1);
        }
        store(said, m_snapshots[said]);
    }
}

TEST_F(RoomLoadingTest, ASnapshotBeyondTheLogIsNotTaken) {
    const Splice splice{0, 0, U"never logged"};
    ASSERT_TRUE(m_document.edit(ana, {&splice, 1}).ok());
    store(7, m_document.encode());
    m_document = std::move(Replica::decode(m_snapshots[6])).value();
    expectWhole();
}

} // namespace tandem
