// A session of an operations client: hello, changes, cursors (PROTOCOL.md, "Operations clients").
#pragma once

#include "protocol/codec.h"
#include "protocol/message.h"
#include "sessions/room_session.h"

namespace tandem {

class OperationsSession final : public RoomSession {
public:
    // `server` is the program and version announced in `welcome`. Borrows all; they outlive it.
    OperationsSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random,
                      std::string server);

    void opened() override;
    bool awaitsHello() const override { return !m_hello; }

private:
    void entered() override;
    void take(std::string_view frame) override;
    void tell(News news) override;
    message::Member memberFor(const Peer& peer) const override;
    void handle(message::FromOperationsClient message);
    void welcome();
    void catchUp();
    void goLive();
    void sendWhatIsMissing();
    void sendSnapshot(bool mayBeOlder);
    void sendSnapshot(Seq version, std::shared_ptr<const std::string> bytes, bool packed);
    void submit(message::OpSubmit submit);
    bool bind(ReplicaId replica, const std::string& key);
    void sendUpdate(const CommittedBatch& batch, std::size_t begin, std::size_t end);
    void send(const message::ToOperationsClient& message);

    void committed(const CommittedBatch& batch) override;
    void alreadyCommitted(ReplicaId replica, Counter through) override;
    void refused(OpId change, const Error& error) override;
    void plainEditSettled(const std::string& id, Seq version) override;
    void plainEditRefused(const std::string& id, const Error& error) override;

    std::string m_server;
    std::string m_session;
    codec::Encoding m_encoding = codec::Encoding::binary;
    std::optional<message::Hello> m_hello;
    std::set<ReplicaId> m_replicas; // bound to this client
    // What came before the client had caught up.
    std::vector<message::FromOperationsClient> m_waiting;
    bool m_live = false; // has everything up to head(): what the room commits goes out at once
    Seq m_sentVersion = 0;
};

} // namespace tandem
