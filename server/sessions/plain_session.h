// A session of a plain client: index edits and whole texts (PROTOCOL.md, "Plain clients").
#pragma once

#include "protocol/message.h"
#include "sessions/room_session.h"

namespace tandem {

class PlainSession final : public RoomSession {
public:
    // Borrows all; they outlive it.
    PlainSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random);

    void opened() override;
    bool awaitsHello() const override { return !m_entering; }

private:
    void entered() override;
    void take(std::string_view frame) override;
    void tell(News news) override;
    message::Member memberFor(const Peer& peer) const override;
    void takeWaiting();
    void takeNow(std::string_view frame);
    void enterWith(std::string_view frame);
    void handle(message::FromPlainClient message);
    void greet(const message::PlainHello& hello);
    void resume(const message::ReplicaKey& author);
    void newAuthor();
    void submit(PlainEdit edit);
    void moveTo(const message::AnySelection& selection);
    void sendSnapshot();
    void send(const message::ToPlainClient& message);

    void committed(const CommittedBatch& batch) override;
    void alreadyCommitted(ReplicaId replica, Counter through) override;
    void refused(OpId change, const Error& error) override;
    void plainEditSettled(const std::string& id, Seq version) override;
    void plainEditRefused(const std::string& id, const Error& error) override;

    Random& m_random;
    Peer m_self;
    message::ReplicaKey m_author;
    std::vector<std::string> m_waiting;         // frames that came while the room or the author was not ready
    bool m_entering = false;                    // has asked to be let in
    std::optional<message::PlainHello> m_hello; // the one that it came in with
    bool m_resuming = false;
};

} // namespace tandem
