// Whole conversations without sockets: real client sessions, real server sessions, a real room, a log in
// memory that sometimes fails, connections that are cut at any moment. From a seed.
#include "bus/local_bus.h"
#include "fakes/memory_op_log.h"
#include "protocol/codec.h"
#include "rooms/room_directory.h"
#include "session_clients.h"
#include "sessions/plain_session.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

void runConversation(std::uint64_t seed) {
    SeededRandom random(seed);
    ManualClock clock;
    MemoryOpLog log(clock);
    log.create({documentId, "Title", "epoch", "hash", {}}, [](auto) {});
    log.pump();
    LocalBus bus;
    Packing packing;
    RoomDirectory rooms(log, log, bus, clock, packing.rules());
    std::vector<std::unique_ptr<Client>> clients;
    const auto addClient = [&] {
        clients.push_back(std::make_unique<Client>(rooms, documentId, clock, random));
        if (random.below(4) > 0)
            clients.back()->session.setUnpack(
                [&session = clients.back()->session](std::uint64_t ticket, const std::string& packed) {
                    session.unpacked(ticket, Packing::unpack(packed));
                });
        clients.back()->session.start();
    };
    for (int i = 0; i < 3; ++i)
        addClient();

    int word = 0;
    std::vector<std::u32string> words;
    for (int step = 0; step < 400; ++step) {
        if (step % 100 == 99) // while others type
            addClient();
        Client& client = *clients[random.below(clients.size())];
        const Replica& replica = client.document.replica();
        switch (random.below(12)) {
        case 0:
        case 1: {
            words.push_back(U"<" + std::u32string(1, U'一' + static_cast<char32_t>(word++)) + U">");
            ASSERT_TRUE(client.document.edit(random.below(replica.length() + 1), 0, words.back()).ok());
            client.session.tick();
            break;
        }
        case 2:
            if (random.below(6) == 0)
                client.cut();
            break;
        case 3:
            if (random.below(6) == 0)
                log.failNextAppend(random.below(2) == 0 ? MemoryOpLog::Fault::refused
                                                        : MemoryOpLog::Fault::answerLost);
            break;
        case 4:
            clock.nowMs += static_cast<std::int64_t>(random.below(3000));
            client.session.tick();
            break;
        case 5:
            packing.doOne();
            [[fallthrough]];
        case 6:
            log.pumpOne();
            break;
        default:
            client.carry();
        }
    }
    // The faults end; everyone gets everything.
    for (int round = 0; round < 200; ++round) {
        for (auto& client : clients) {
            while (client->carry()) {
            }
            client->session.tick();
        }
        while (packing.doOne()) {
        }
        log.pump();
        clock.nowMs += 400;
    }
    std::map<char32_t, int> seen;
    for (auto& client : clients) {
        ASSERT_EQ(client->session.state(), ClientSession::State::live)
            << client->session.problem() << client->lastReason;
        ASSERT_TRUE(client->document.outbox().empty());
        ASSERT_EQ(client->document.replica().text(), clients[0]->document.replica().text());
    }
    rooms.open(documentId, [&](Result<DocumentRoom*> room) {
        ASSERT_TRUE(room.ok());
        ASSERT_EQ((*room)->replica().text(), clients[0]->document.replica().text());
        ASSERT_EQ((*room)->head(), words.size());
    });
    for (const char32_t c : clients[0]->document.replica().codePoints())
        ++seen[c];
    for (const std::u32string& one : words)
        ASSERT_EQ(seen[one[1]], 1);
}

} // namespace

TEST(SessionsTest, ConversationsWithCutsAndFailuresLoseAndDoubleNothing) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        runConversation(seed);
        ASSERT_FALSE(HasFatalFailure()) << "seed " << seed;
    }
}

namespace {

// Whoever asks is never answered.
class NoEntrance final : public Entrance {
public:
    bool isOpen() const override { return true; }
    void enter(const std::string&) override {}
};

class PlainSessionTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({documentId, "Title", "epoch", "hash", {}}, [](auto) {});
        m_log.pump();
        m_entrance.begin(m_session);
        m_log.pump();
    }
    void receive(const message::FromPlainClient& message) { m_session.received(codec::encode(message)); }
    template <typename T>
    T next() {
        EXPECT_FALSE(m_connection.frames.empty());
        if (m_connection.frames.empty())
            return {};
        auto message = codec::decodeToPlainClient(*m_connection.frames.front());
        m_connection.frames.pop_front();
        EXPECT_TRUE(message.ok() && std::holds_alternative<T>(*message));
        return message.ok() && std::holds_alternative<T>(*message) ? std::get<T>(*message) : T{};
    }

    ManualClock m_clock;
    SeededRandom m_random{5};
    MemoryOpLog m_log{m_clock};
    LocalBus m_bus;
    RoomDirectory m_rooms{m_log, m_log, m_bus, m_clock};
    QueuedConnection m_connection;
    DirectEntrance m_entrance{m_rooms, documentId};
    PlainSession m_session{m_connection, m_entrance, m_clock, m_random};
};

} // namespace

TEST_F(PlainSessionTest, GetsTheTextAtOnceAndItsOwnEditsBackBeforeTheAck) {
    const auto snapshot = next<message::PlainSnapshot>();
    EXPECT_EQ(snapshot.text, "");
    EXPECT_EQ(snapshot.title, "Title");
    receive(message::EditInsert{"e1", 0, U"hé😀", 0});
    EXPECT_TRUE(m_connection.frames.empty());
    m_log.pump();
    const auto update = next<message::PlainDocUpdate>();
    EXPECT_EQ(update.from, 0u);
    EXPECT_EQ(update.version, 1u);
    EXPECT_EQ(update.edits, (std::vector<message::PlainDocUpdate::Edit>{{0, 0, "hé😀", snapshot.author.id}}));
    EXPECT_EQ(next<message::PlainAck>(), (message::PlainAck{"e1", 1}));
}

TEST_F(PlainSessionTest, GoesOnAsTheAuthorOfBeforeAndARepeatedIdIsAckedOnly) {
    const auto author = next<message::PlainSnapshot>().author;
    receive(message::EditInsert{"e1", 0, U"x", 0});
    m_log.pump();
    m_connection.frames.clear();

    QueuedConnection connection;
    DirectEntrance againEntrance(m_rooms, documentId);
    PlainSession again(connection, againEntrance, m_clock, m_random);
    againEntrance.begin(again);
    again.received(codec::encode(message::FromPlainClient(message::PlainHello{"Ben", 3, author})));
    again.received(codec::encode(message::FromPlainClient(message::EditInsert{"e1", 0, U"x", 0})));
    m_log.pump();
    EXPECT_FALSE(connection.closeCode);
    ASSERT_EQ(connection.frames.size(), 3u);
    const auto last = codec::decodeToPlainClient(*connection.frames.back());
    EXPECT_EQ(std::get<message::PlainAck>(*last), (message::PlainAck{"e1", 1}));

    QueuedConnection foreign;
    DirectEntrance thiefEntrance(m_rooms, documentId);
    PlainSession thief(foreign, thiefEntrance, m_clock, m_random);
    thiefEntrance.begin(thief);
    const message::ReplicaKey stolen{author.id, "AAAAAAAAAAAAAAAAAAAAAA"};
    thief.received(codec::encode(message::FromPlainClient(message::PlainHello{"Eve", 3, stolen})));
    EXPECT_EQ(foreign.closeCode, 4409);
}

TEST_F(PlainSessionTest, TheNameBeforeTheFirstEditIsTheAuthors) {
    for (const char* name : {"Ann", "Ana"})
        receive(message::PlainHello{name, 3, std::nullopt});
    const auto author = next<message::PlainSnapshot>().author;
    receive(message::EditInsert{"e1", 0, U"x", 0});
    m_log.pump();
    receive(message::PlainHello{"Eve", 3, std::nullopt});
    receive(message::EditInsert{"e2", 0, U"x", 1});
    m_log.pump();
    std::vector<ReplicaBinding> stored;
    m_log.readBindings(documentId, [&](const Result<std::vector<ReplicaBinding>>& read) { stored = *read; });
    m_log.pump();
    ASSERT_EQ(stored.size(), 1u);
    EXPECT_EQ(stored[0].replica, author.id);
    EXPECT_EQ(stored[0].name, "Ana");
}

TEST_F(PlainSessionTest, RefusalsNameTheEditAndTheConnectionGoesOn) {
    m_connection.frames.clear();
    receive(message::EditInsert{"far", 5, U"x", 0});
    EXPECT_EQ(next<message::Nack>().code, "out_of_range");
    receive(message::EditInsert{"future", 0, U"x", 50});
    m_log.pump(); // another server may have given it this version
    EXPECT_EQ(next<message::Nack>().refused, (decltype(message::Nack::refused)(std::string("future"))));
    receive(message::Ping{});
    next<message::Pong>();
    m_session.received("{]");
    EXPECT_EQ(m_connection.closeCode, 4400);
}

TEST_F(PlainSessionTest, AViewerMayNotEdit) {
    QueuedConnection connection;
    DirectEntrance viewerEntrance(m_rooms, documentId, Role::viewer);
    PlainSession viewer(connection, viewerEntrance, m_clock, m_random);
    viewerEntrance.begin(viewer);
    viewer.received(codec::encode(message::FromPlainClient(message::EditInsert{"e", 0, U"x", 0})));
    m_log.pump();
    const auto last = codec::decodeToPlainClient(*connection.frames.back());
    EXPECT_EQ(std::get<message::Nack>(*last).code, "not_allowed");
}

TEST_F(PlainSessionTest, WhoeverSendsTooFastIsSentAwayAndTheOthersGoOn) {
    QueuedConnection other;
    DirectEntrance calmEntrance(m_rooms, documentId);
    PlainSession calm(other, calmEntrance, m_clock, m_random);
    calmEntrance.begin(calm);
    for (int i = 0; i < limits::messagesAtOnce; ++i)
        receive(message::Ping{});
    EXPECT_FALSE(m_connection.closeCode);
    m_clock.nowMs += 1'000;
    for (int i = 0; i < limits::messagesPerSecond; ++i)
        receive(message::Ping{});
    EXPECT_FALSE(m_connection.closeCode);
    receive(message::Ping{});
    EXPECT_EQ(m_connection.closeCode, 4429);
    calm.received(codec::encode(message::FromPlainClient(message::EditInsert{"e1", 0, U"calm", 0})));
    m_log.pump();
    EXPECT_FALSE(other.closeCode);
}

TEST_F(PlainSessionTest, SoManyMessagesMayWaitForTheRoomAndOneMoreIsTooFast) {
    for (const bool plain : {true, false}) {
        QueuedConnection connection;
        NoEntrance entrance;
        std::unique_ptr<Session> session;
        if (plain)
            session = std::make_unique<PlainSession>(connection, entrance, m_clock, m_random);
        else
            session = std::make_unique<OperationsSession>(connection, entrance, m_clock, m_random, "server");
        session->opened();
        message::Hello hello;
        hello.name = "Ana";
        if (!plain)
            session->received(codec::encode(message::FromOperationsClient(hello)));
        const std::string move = R"({"type":"cursor.update","tail":null,"head":null})";
        for (std::size_t i = 0; i < limits::waitingMessages; ++i)
            session->received(move);
        EXPECT_FALSE(connection.closeCode);
        session->received(move);
        EXPECT_EQ(connection.closeCode, 4429);
    }
}

TEST_F(PlainSessionTest, WhoeverReadsSlowlyIsToldTheTextButNoCaretsUntilItHasRead) {
    QueuedConnection slow;
    DirectEntrance entrance(m_rooms, documentId);
    PlainSession ben(slow, entrance, m_clock, m_random);
    entrance.begin(ben);
    receive(message::EditInsert{"e1", 0, U"text", 0});
    m_log.pump();
    slow.frames.clear();
    const auto moveTo = [this](std::uint64_t index) {
        m_clock.nowMs += 1'000;
        receive(message::CursorUpdate{message::IndexRange{index, index}});
    };
    slow.queued = limits::outboundBytesWithCursors;
    moveTo(1);
    EXPECT_EQ(slow.frames.size(), 1u) << "at the limit";
    slow.queued = limits::outboundBytesWithCursors + 1;
    moveTo(2);
    moveTo(3);
    EXPECT_EQ(slow.frames.size(), 1u);
    receive(message::EditInsert{"e2", 0, U"x", 1});
    m_log.pump();
    EXPECT_EQ(slow.frames.size(), 2u) << "text is never left out";
    ben.tick();
    EXPECT_EQ(slow.frames.size(), 2u);
    slow.queued = 0;
    ben.tick();
    ben.tick();
    ASSERT_EQ(slow.frames.size(), 3u) << "once";
    const auto last = codec::decodeToPlainClient(*slow.frames.back());
    EXPECT_EQ(std::get<message::PresenceCursor>(*last).member.selection,
              (message::AnySelection(message::IndexRange{4, 4})));
}

TEST_F(PlainSessionTest, AHelloToARoomThatHasBrokenOffIsSentAwayToComeBack) {
    QueuedConnection late;
    DirectEntrance entrance(m_rooms, documentId);
    OperationsSession session(late, entrance, m_clock, m_random, "server");
    entrance.begin(session);
    m_log.backUp(documentId);
    m_log.restore(documentId, "another epoch");
    m_clock.nowMs += 2'000;
    m_rooms.tick();
    m_log.pump();
    EXPECT_EQ(m_connection.closeCode, 1012);
    message::Hello hello;
    hello.name = "Ana";
    session.received(codec::encode(message::FromOperationsClient(hello)));
    EXPECT_EQ(late.closeCode, 1012);
}

TEST_F(PlainSessionTest, AHelloWithATokenAfterARestoreComesIntoTheRestoredLog) {
    QueuedConnection late;
    DirectEntrance entrance(m_rooms, documentId, Role::viewer, DirectEntrance::Hello::needed);
    OperationsSession session(late, entrance, m_clock, m_random, "server");
    entrance.begin(session);
    m_log.backUp(documentId);
    m_log.restore(documentId, "another epoch");
    m_clock.nowMs += 2'000;
    m_rooms.tick();
    m_log.pump();
    EXPECT_EQ(m_connection.closeCode, 1012);
    message::Hello hello;
    hello.name = "Ana";
    hello.token = "secret";
    session.received(codec::encode(message::FromOperationsClient(hello)));
    EXPECT_EQ(entrance.shown, (std::vector<std::string>{"secret"}));
    m_log.pump();
    ASSERT_FALSE(late.frames.empty());
    const auto first = codec::decodeToOperationsClient(*late.frames.front());
    EXPECT_EQ(std::get<message::Welcome>(*first).epoch, "another epoch");
    EXPECT_EQ(std::get<message::Welcome>(*first).role, "viewer");
}

TEST_F(PlainSessionTest, WhoeverMustShowATokenSaysHelloFirstAndGetsOneSnapshot) {
    QueuedConnection connection;
    DirectEntrance entrance(m_rooms, documentId, Role::editor, DirectEntrance::Hello::needed);
    PlainSession session(connection, entrance, m_clock, m_random);
    entrance.begin(session);
    m_log.pump();
    EXPECT_TRUE(connection.frames.empty());
    message::PlainHello hello{"Ben", 3, std::nullopt, "secret"};
    session.received(codec::encode(message::FromPlainClient(hello)));
    session.received(codec::encode(message::FromPlainClient(message::Ping{})));
    m_log.pump();
    EXPECT_EQ(entrance.shown, (std::vector<std::string>{"secret"}));
    ASSERT_EQ(connection.frames.size(), 2u);
    const auto snapshot = codec::decodeToPlainClient(*connection.frames[0]);
    EXPECT_EQ(std::get<message::PlainSnapshot>(*snapshot).role, "editor");
    EXPECT_TRUE(std::holds_alternative<message::Pong>(*codec::decodeToPlainClient(*connection.frames[1])));
}

TEST_F(PlainSessionTest, AnEditBeforeTheHelloThatShowsATokenIsAskedToSignIn) {
    QueuedConnection connection;
    DirectEntrance entrance(m_rooms, documentId, Role::editor, DirectEntrance::Hello::needed);
    PlainSession session(connection, entrance, m_clock, m_random);
    entrance.begin(session);
    session.received(codec::encode(message::FromPlainClient(message::EditInsert{"e", 0, U"x", 0})));
    m_log.pump();
    EXPECT_EQ(connection.closeCode, 4401);
    EXPECT_TRUE(entrance.shown.empty());
}

TEST_F(PlainSessionTest, WithoutTheHelloThatShowsATokenItEndsAfterAWhile) {
    QueuedConnection connection;
    DirectEntrance entrance(m_rooms, documentId, Role::editor, DirectEntrance::Hello::needed);
    PlainSession session(connection, entrance, m_clock, m_random);
    entrance.begin(session);
    m_clock.nowMs += limits::helloTimeoutMs - 1;
    session.tick();
    EXPECT_FALSE(connection.closeCode);
    m_clock.nowMs += 1;
    session.tick();
    EXPECT_EQ(connection.closeCode, 4408);
    m_session.tick(); // let in without one
    EXPECT_FALSE(m_connection.closeCode);
}

TEST_F(PlainSessionTest, ARoleThatBecomesLessEndsItsEditingAndNoRoleItsConnection) {
    m_connection.frames.clear();
    m_session.accessChanged(Role::editor); // as before
    EXPECT_TRUE(m_connection.frames.empty());
    m_session.accessChanged(Role::viewer);
    EXPECT_EQ(next<message::AccessChanged>().role, "viewer");
    receive(message::EditInsert{"e", 0, U"x", 0});
    m_log.pump();
    EXPECT_EQ(next<message::Nack>().code, "not_allowed");
    m_session.accessChanged(Role::owner);
    EXPECT_EQ(next<message::AccessChanged>().role, "owner");
    receive(message::EditInsert{"e", 0, U"x", 0});
    m_log.pump();
    EXPECT_EQ(next<message::PlainDocUpdate>().version, 1u);
    m_session.accessChanged(Error{ErrorCode::notAllowed, "revoked"});
    EXPECT_EQ(m_connection.closeCode, 4403);
}

} // namespace tandem
