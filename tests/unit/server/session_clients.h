// Clients and connections without sockets, for tests of sessions.
#pragma once

#include "client/client_session.h"
#include "fakes/direct_entrance.h"
#include "fakes/memory_op_log.h"
#include "manual_clock.h"
#include "protocol/codec.h"
#include "rooms/room_directory.h"
#include "sessions/operations_session.h"

#include <deque>

namespace tandem {

// The server's end of one connection: frames wait here until the test carries them.
class QueuedConnection final : public Connection {
public:
    void send(const Frame& frame) override { frames.push_back(frame); }
    void sendParts(std::function<Frame()> next) override {
        while (const Frame frame = next())
            frames.push_back(frame);
    }
    std::size_t queuedBytes() const override { return queued; }
    void close(CloseCode code, std::string_view reason) override {
        closeCode = static_cast<int>(code);
        closeReason = reason;
    }

    std::deque<Frame> frames;
    std::size_t queued = 0;
    std::optional<int> closeCode;
    std::string closeReason;
};

// One client program and its connection.
class Client final : private Transport {
public:
    Client(RoomDirectory& rooms, const DocumentId& id, const Clock& clock, Random& random)
        : document(random)
        , session(document, *this, clock, random, {"Ana", 1}, "test")
        , m_rooms(rooms)
        , m_id(id)
        , m_clock(clock)
        , m_random(random) {}
    ~Client() override { drop(); }

    // Carries one frame in one direction; false when there is nothing to carry.
    bool carry() {
        if (m_opening) {
            m_opening = false;
            session.connectionOpened();
            return true;
        }
        if (!m_toServer.empty() &&
            (m_random.below(2) == 0 || !m_connection || m_connection->frames.empty())) {
            const std::string frame = m_toServer.front();
            m_toServer.pop_front();
            if (m_server)
                m_server->received(frame);
            return true;
        }
        if (m_connection && !m_connection->frames.empty()) {
            const Frame frame = m_connection->frames.front();
            m_connection->frames.pop_front();
            session.received(*frame);
            return true;
        }
        if (m_connection && m_connection->closeCode) {
            const int code = *m_connection->closeCode;
            lastReason = m_connection->closeReason;
            drop();
            session.connectionClosed(code, lastReason);
            return true;
        }
        return false;
    }
    // The network breaks: what was under way is lost.
    void cut() {
        if (!m_server)
            return;
        drop();
        session.connectionClosed(1006, "cut");
    }

    OpenDocument document;
    ClientSession session;
    std::string lastReason;

private:
    void open() override {
        drop();
        m_connection = std::make_unique<QueuedConnection>();
        m_entrance = std::make_unique<DirectEntrance>(m_rooms, m_id);
        m_server = std::make_unique<OperationsSession>(*m_connection, *m_entrance, m_clock, m_random, "test");
        m_entrance->begin(*m_server);
        m_opening = true;
    }
    void send(std::string_view frame) override { m_toServer.emplace_back(frame); }
    void close() override { drop(); }
    void drop() {
        m_opening = false;
        m_toServer.clear();
        if (m_server)
            m_server->closed();
        m_server.reset();
        m_entrance.reset();
        m_connection.reset();
    }

    RoomDirectory& m_rooms;
    DocumentId m_id;
    const Clock& m_clock;
    Random& m_random;
    bool m_opening = false;
    std::deque<std::string> m_toServer;
    std::unique_ptr<QueuedConnection> m_connection;
    std::unique_ptr<DirectEntrance> m_entrance;
    std::unique_ptr<OperationsSession> m_server;
};

inline constexpr const char* documentId = "document-0123456";

// What is packed waits until the test lets it be done.
struct Packing {
    RoomRules rules() {
        RoomRules rules;
        rules.packing = {[this](std::shared_ptr<const std::string> bytes, auto done) {
                             waiting.push_back([bytes, done] { done("packed " + *bytes); });
                         },
                         0};
        return rules;
    }
    static Result<std::string> unpack(std::string_view packed) {
        if (!packed.starts_with("packed "))
            return Error{ErrorCode::malformed, "it is not packed"};
        return std::string(packed.substr(7));
    }
    bool doOne() {
        if (waiting.empty())
            return false;
        const auto one = std::move(waiting.front());
        waiting.pop_front();
        one();
        return true;
    }

    std::deque<std::function<void()>> waiting;
};

} // namespace tandem
