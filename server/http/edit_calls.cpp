#include "http/edit_calls.h"

#include "access/token.h"
#include "rooms/committed_batch.h"

namespace tandem {

class EditCalls::Call final : public Participant {
public:
    Call(DocumentRoom& room, ReplicaId author, PlainEdit edit)
        : m_room(room)
        , m_author(author)
        , m_id(edit.id)
        , m_edit(std::move(edit))
        , m_alive(std::make_shared<bool>(true)) {}
    ~Call() override {
        *m_alive = false;
        if (!m_finished)
            m_room.leave(*this);
    }

    bool isFinished() const { return m_finished; }
    bool isFor(const DocumentRoom& room, ReplicaId author, const std::string& id) const {
        return !m_finished && &m_room == &room && m_author == author && m_id == id;
    }
    void answer(Done done) { m_waiting.push_back(std::move(done)); }
    void start() {
        m_room.attend(*this);
        m_room.findEarlierEdit(m_author, m_id,
                               [this, alive = m_alive](const Result<std::optional<Seq>>& known) {
                                   if (!*alive || m_finished)
                                       return;
                                   if (!known.ok())
                                       finish(known.error());
                                   else if (*known)
                                       finish(**known);
                                   else
                                       m_room.submitPlain(*this, m_author, m_edit);
                               });
    }

    void committed(const CommittedBatch& batch) override {
        for (std::size_t i = 0; i < batch.changes().size(); ++i) {
            const CommittedChange& change = batch.changes()[i];
            if (change.participant == this && change.editId)
                return finish(batch.first() + i);
        }
    }
    void plainEditSettled(const std::string&, Seq version) override { finish(version); }
    void plainEditRefused(const std::string&, const Error& error) override {
        // It may have been taken before this room was loaded, when what it names was still there.
        const bool mayBeKnown = error.code == ErrorCode::versionTooOld ||
                                error.code == ErrorCode::outOfRange ||
                                error.code == ErrorCode::conditionFailed;
        if (!mayBeKnown || std::exchange(m_idsRead, true))
            return finish(error);
        m_room.readEditIds(m_author, [this, alive = m_alive, error](const Result<void>& read) {
            if (!*alive || m_finished)
                return;
            if (read.ok())
                m_room.submitPlain(*this, m_author, m_edit);
            else
                finish(error);
        });
    }
    void refused(OpId, const Error& error) override { finish(error); }
    void alreadyCommitted(ReplicaId, Counter) override {}
    void peerJoined(const Peer&) override {}
    void peerMoved(const Peer&) override {}
    void peerLeft(const std::string&) override {}
    void titleChanged(const std::string&) override {}
    void roomClosed(const Error& error) override {
        m_closed = true;
        finish(error);
    }

private:
    void finish(Result<Seq> version) {
        if (std::exchange(m_finished, true))
            return;
        if (!m_closed)
            m_room.leave(*this);
        m_edit = {};
        for (const Done& done : std::exchange(m_waiting, {}))
            done(version);
    }

    DocumentRoom& m_room;
    ReplicaId m_author;
    std::string m_id;
    PlainEdit m_edit;
    std::vector<Done> m_waiting;
    bool m_idsRead = false;
    bool m_closed = false;
    bool m_finished = false;
    std::shared_ptr<bool> m_alive;
};

EditCalls::EditCalls() = default;
EditCalls::~EditCalls() = default;

void EditCalls::submit(DocumentRoom& room, ReplicaId author, PlainEdit edit, Done done) {
    // Not while they are being told.
    std::erase_if(m_calls, [](const auto& call) { return call->isFinished(); });
    for (const auto& call : m_calls) {
        if (call->isFor(room, author, edit.id))
            return call->answer(std::move(done));
    }
    Call& call = *m_calls.emplace_back(std::make_unique<Call>(room, author, std::move(edit)));
    call.answer(std::move(done));
    call.start();
}

Result<ReplicaId> bindNamedAuthor(DocumentRoom& room, const std::string& name) {
    // Someone may have taken the first ids by chance or on purpose.
    constexpr int attempts = 16;
    // The SHA-256 of something longer than any key. The same in every epoch, which tells the ids that the
    // author had before a restore.
    const std::string key = sha256("no key of a replica\nREST author\n" + room.info().id + "\n" + name);
    Result<void> bound;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        const std::string seed = "REST author\n" + room.info().id + "\n" + room.info().epoch + "\n" + name +
                                 "\n" + std::to_string(attempt);
        ReplicaId replica = 0;
        for (const char byte : sha256(seed).substr(0, sizeof(ReplicaId)))
            replica = replica << 8 | static_cast<unsigned char>(byte);
        replica = (replica & maxReplicaId) | 1;
        bound = room.bind(replica, key, name);
        if (bound.ok())
            return replica;
        if (bound.error().code != ErrorCode::replicaConflict)
            break;
    }
    return bound.error();
}

} // namespace tandem
