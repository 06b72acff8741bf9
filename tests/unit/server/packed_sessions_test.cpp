// What those get who join: a packed snapshot that many share, and the changes since.
#include "bus/local_bus.h"
#include "protocol/limits.h"
#include "session_clients.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

// One who joins by hand: what the server sends is seen.
class Joiner {
public:
    Joiner(RoomDirectory& rooms, const Clock& clock, Random& random, bool unpacks)
        : m_entrance(rooms, documentId), m_session(connection, m_entrance, clock, random, "test") {
        m_entrance.begin(m_session);
        message::Hello hello{"Ben", 1, {}, std::nullopt, std::nullopt, "test", std::nullopt};
        hello.unpacks = unpacks;
        m_session.received(codec::encode(message::FromOperationsClient(hello)));
    }
    ~Joiner() { m_session.closed(); }

    // The next message that is not about people.
    std::optional<message::ToOperationsClient> next() {
        while (!connection.frames.empty()) {
            auto message = codec::decodeToOperationsClient(*connection.frames.front());
            connection.frames.pop_front();
            if (!std::holds_alternative<message::Welcome>(*message) &&
                !std::holds_alternative<message::PresenceJoin>(*message))
                return *message;
        }
        return std::nullopt;
    }

    QueuedConnection connection;

private:
    DirectEntrance m_entrance;
    OperationsSession m_session;
};

class PackedSessionsTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({documentId, "Title", "epoch", "hash", {}}, [](auto) {});
        m_log.pump();
        m_writer.session.start();
        settle();
    }
    void settle() {
        for (int round = 0; round < 20; ++round) {
            while (m_writer.carry()) {
            }
            m_writer.session.tick();
            m_log.pump();
        }
    }
    void type(int count) {
        for (int i = 0; i < count; ++i) {
            ASSERT_TRUE(m_writer.document.edit(0, 0, U"x").ok());
        }
        m_writer.session.tick();
        settle();
    }
    Joiner join(bool unpacks) { return {m_rooms, m_clock, m_random, unpacks}; }

    SeededRandom m_random{1};
    ManualClock m_clock;
    MemoryOpLog m_log{m_clock};
    LocalBus m_bus;
    Packing m_packing;
    RoomDirectory m_rooms{m_log, m_log, m_bus, m_clock, m_packing.rules()};
    Client m_writer{m_rooms, documentId, m_clock, m_random};
};

} // namespace

TEST_F(PackedSessionsTest, WhoeverCanReadItGetsAPackedSnapshotAndTheChangesSince) {
    type(3);
    Joiner first = join(true);
    m_log.pump();
    EXPECT_FALSE(first.next()) << "it is being packed";
    type(2);
    EXPECT_FALSE(first.next()) << "nothing comes before the snapshot";
    ASSERT_TRUE(m_packing.doOne());
    m_log.pump();
    const auto expectSnapshotAndChanges = [](Joiner& joiner, Seq version, Seq after, std::size_t changes) {
        const auto snapshot = joiner.next();
        ASSERT_TRUE(snapshot && std::holds_alternative<message::Snapshot>(*snapshot));
        EXPECT_TRUE(std::get<message::Snapshot>(*snapshot).packed);
        EXPECT_EQ(std::get<message::Snapshot>(*snapshot).version, version);
        EXPECT_TRUE(std::get<message::Snapshot>(*snapshot).bytes.starts_with("packed "));
        const auto update = joiner.next();
        ASSERT_TRUE(update && std::holds_alternative<message::DocUpdate>(*update));
        EXPECT_EQ(std::get<message::DocUpdate>(*update).first, after);
        std::size_t found = 0;
        for (const auto& group : std::get<message::DocUpdate>(*update).groups)
            found += group.changes.size();
        EXPECT_EQ(found, changes);
    };
    expectSnapshotAndChanges(first, 3, 4, 2);
    type(1);
    EXPECT_TRUE(first.next()) << "it is live";
    Joiner second = join(true);
    m_log.pump();
    EXPECT_TRUE(m_packing.waiting.empty()) << "it is packed once";
    expectSnapshotAndChanges(second, 3, 4, 3);
}

TEST_F(PackedSessionsTest, ASnapshotThatIsTooFarBehindIsPackedAnew) {
    type(1);
    Joiner first = join(true);
    ASSERT_TRUE(m_packing.doOne());
    type(static_cast<int>(limits::changesBehindSnapshot));
    Joiner second = join(true);
    EXPECT_TRUE(m_packing.waiting.empty());
    type(1);
    Joiner third = join(true);
    EXPECT_EQ(m_packing.waiting.size(), 1u);
}

TEST_F(PackedSessionsTest, WhoeverDoesNotSaySoGetsItAsItIs) {
    type(3);
    Joiner joiner = join(false);
    m_log.pump();
    EXPECT_TRUE(m_packing.waiting.empty());
    const auto snapshot = joiner.next();
    ASSERT_TRUE(snapshot && std::holds_alternative<message::Snapshot>(*snapshot));
    EXPECT_FALSE(std::get<message::Snapshot>(*snapshot).packed);
    EXPECT_EQ(std::get<message::Snapshot>(*snapshot).version, 3u);
}

TEST_F(PackedSessionsTest, WhoeverLeavesWhileItIsPackedIsNotMissed) {
    type(3);
    std::make_unique<Joiner>(m_rooms, m_clock, m_random, true).reset();
    ASSERT_TRUE(m_packing.doOne());
    Joiner joiner = join(true);
    EXPECT_TRUE(joiner.next());
}

} // namespace tandem
