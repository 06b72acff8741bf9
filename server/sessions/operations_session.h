// A session of an operations client: hello, changes, cursors (PROTOCOL.md, "Operations clients").
#pragma once

#include "protocol/codec.h"
#include "protocol/message.h"
#include "rooms/document_room.h"
#include "sessions/connection.h"
#include "sessions/incoming_rate.h"
#include "sessions/missed_cursors.h"
#include "sessions/session.h"

namespace tandem {

class OperationsSession final : public Session, private Participant {
public:
    // `server` is the program and version announced in `welcome`. Borrows all; they outlive it.
    OperationsSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random,
                      std::string server);
    ~OperationsSession() override;

    void opened() override;
    void admitted(Result<Admission> admission) override;
    void accessChanged(Result<Role> role) override;
    void received(std::string_view frame) override;
    bool awaitsHello() const override { return !m_hello; }
    void closed() override;
    void tick() override;

private:
    void handle(message::FromOperationsClient message);
    void join();
    void catchUp();
    void goLive();
    void sendWhatIsMissing();
    void sendSnapshot(bool mayBeOlder);
    void sendSnapshot(Seq version, std::shared_ptr<const std::string> bytes, bool packed);
    void submit(message::OpSubmit submit);
    bool bind(ReplicaId replica, const std::string& key);
    void sendUpdate(const CommittedBatch& batch, std::size_t begin, std::size_t end);
    void send(const message::ToOperationsClient& message);
    void end(CloseCode code, std::string_view reason);

    void committed(const CommittedBatch& batch) override;
    void alreadyCommitted(ReplicaId replica, Counter through) override;
    void refused(OpId change, const Error& error) override;
    void plainEditSettled(const std::string& id, Seq version) override;
    void plainEditRefused(const std::string& id, const Error& error) override;
    void peerJoined(const Peer& peer) override;
    void peerMoved(const Peer& peer) override;
    void peerLeft(const std::string& session) override;
    void roomClosed(const Error& error) override;

    Connection& m_connection;
    Entrance& m_entrance;
    const Clock& m_clock;
    IncomingRate m_rate;
    MissedCursors m_missedCursors;
    Role m_role = Role::viewer;
    std::string m_server;
    std::string m_session;
    codec::Encoding m_encoding = codec::Encoding::binary;
    std::int64_t m_openedAtMs = 0;

    DocumentRoom* m_room = nullptr;
    std::optional<message::Hello> m_hello;
    std::set<ReplicaId> m_replicas; // bound to this client
    // What came before the client had caught up.
    std::vector<message::FromOperationsClient> m_waiting;
    bool m_joined = false;
    bool m_live = false; // has everything up to head(): what the room commits goes out at once
    bool m_ended = false;
    Seq m_sentVersion = 0;
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
