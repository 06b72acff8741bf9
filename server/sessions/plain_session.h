// A session of a plain client: index edits and whole texts (PROTOCOL.md, "Plain clients").
#pragma once

#include "protocol/message.h"
#include "rooms/document_room.h"
#include "sessions/connection.h"
#include "sessions/incoming_rate.h"
#include "sessions/missed_cursors.h"
#include "sessions/session.h"

namespace tandem {

class PlainSession final : public Session, private Participant {
public:
    // Borrows all; they outlive it.
    PlainSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random);
    ~PlainSession() override;

    void opened() override;
    void admitted(Result<Admission> admission) override;
    void accessChanged(Result<Role> role) override;
    void received(std::string_view frame) override;
    bool awaitsHello() const override { return !m_entering; }
    void closed() override;
    void tick() override;

private:
    void takeWaiting();
    void takeOrKeep(std::string_view frame);
    void takeFrame(std::string_view frame);
    void enterWith(std::string_view frame);
    void handle(message::FromPlainClient message);
    void greet(const message::PlainHello& hello);
    void resume(const message::ReplicaKey& author);
    void newAuthor();
    void submit(PlainEdit edit);
    void moveTo(const message::AnySelection& selection);
    void sendSnapshot();
    void send(const message::ToPlainClient& message);
    void end(CloseCode code, std::string_view reason);
    message::Member memberFor(const Peer& peer) const;

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
    Random& m_random;
    Role m_role = Role::viewer;
    Peer m_self;
    message::ReplicaKey m_author;
    std::int64_t m_openedAtMs = 0;

    DocumentRoom* m_room = nullptr;
    std::vector<std::string> m_waiting;         // frames that came while the room or the author was not ready
    bool m_entering = false;                    // has asked to be let in
    std::optional<message::PlainHello> m_hello; // the one that it came in with
    bool m_joined = false;
    bool m_resuming = false;
    bool m_ended = false;
    std::shared_ptr<bool> m_alive;
};

} // namespace tandem
