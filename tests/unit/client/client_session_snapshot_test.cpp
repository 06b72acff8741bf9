// Snapshots that come packed, and frames that have to wait.
#include "client_session_fixture.h"

namespace tandem {

TEST_F(ClientSessionTest, ReadsPackedSnapshotsWhenItSaysSoAndGoesOnWithTheChangesSince) {
    m_session.setUnpack([this](std::uint64_t ticket, const std::string& packed) {
        EXPECT_EQ(packed, "packed");
        m_session.unpacked(ticket, Replica().encode());
    });
    connect();
    ASSERT_EQ(sent<message::Hello>().size(), 1u);
    EXPECT_TRUE(sent<message::Hello>()[0].unpacks);
    welcome(1);
    receive(message::Snapshot{0, 0, 2, "pac", true});
    EXPECT_EQ(m_session.state(), ClientSession::State::joining);
    receive(message::Snapshot{0, 1, 2, "ked", true});
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
    Replica other;
    const auto change = other.edit(9, std::vector<Splice>{{0, 0, U"hi"}});
    receive(message::DocUpdate{1, {{9, 0, {encodeChange(*change)}}}});
    EXPECT_EQ(m_document.version(), 1u);
    EXPECT_EQ(m_document.replica().text(), "hi");
}

TEST_F(ClientSessionTest, APackedSnapshotThatItCannotReadEndsTheConnection) {
    for (const bool knowsHow : {true, false}) {
        if (knowsHow)
            m_session.setUnpack([this](std::uint64_t ticket, const std::string&) {
                m_session.unpacked(ticket, Error{ErrorCode::malformed, "damaged"});
            });
        else
            m_session.setUnpack(nullptr);
        connect();
        welcome();
        receive(message::Snapshot{0, 0, 1, "packed", true});
        EXPECT_EQ(m_session.state(), ClientSession::State::offline);
        EXPECT_FALSE(m_session.problem().empty());
        m_session.stop();
    }
}

TEST_F(ClientSessionTest, KeepsWhatComesWhileASnapshotIsUnpackedElsewhere) {
    std::uint64_t ticket = 0;
    m_session.setUnpack([&](std::uint64_t given, const std::string&) { ticket = given; });
    connect();
    welcome(1);
    receive(message::Snapshot{0, 0, 1, "packed", true});
    Replica other;
    const auto change = other.edit(9, std::vector<Splice>{{0, 0, U"hi"}});
    receive(message::DocUpdate{1, {{9, 0, {encodeChange(*change)}}}});
    EXPECT_EQ(m_session.state(), ClientSession::State::joining);
    m_session.unpacked(ticket, Replica().encode());
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
    EXPECT_EQ(m_document.replica().text(), "hi");
}

TEST_F(ClientSessionTest, ASnapshotOfAConnectionThatIsNoMoreIsNotHeardWhenItIsUnpacked) {
    std::vector<std::uint64_t> tickets;
    m_session.setUnpack([&](std::uint64_t given, const std::string&) { tickets.push_back(given); });
    for (int i = 0; i < 2; ++i) {
        connect();
        welcome(1);
        receive(message::Snapshot{0, 0, 1, "packed", true});
        m_session.connectionClosed(1006, "gone");
        m_session.stop();
    }
    connect();
    welcome(1);
    receive(message::Snapshot{0, 0, 1, "packed", true});
    m_session.unpacked(tickets.front(), Replica().encode());
    EXPECT_EQ(m_session.state(), ClientSession::State::joining);
    m_session.unpacked(tickets.back(), Replica().encode());
    EXPECT_EQ(m_session.state(), ClientSession::State::live);
}

TEST_F(ClientSessionTest, WhileItHoldsNothingOfOthersReachesTheDocumentAndThenAllOfItInOrder) {
    joinEmptyDocument();
    m_session.hold();
    Replica other;
    for (Seq version = 1; version <= 2; ++version) {
        const auto change = other.edit(9, std::vector<Splice>{{0, 0, version == 1 ? U"a" : U"b"}});
        receive(message::DocUpdate{version, {{9, 0, {encodeChange(*change)}}}});
    }
    EXPECT_EQ(m_document.version(), 0u);
    m_session.goOn();
    EXPECT_EQ(m_document.version(), 2u);
    EXPECT_EQ(m_document.replica().text(), "ba");
}

} // namespace tandem
