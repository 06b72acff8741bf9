#include "sessions/operations_session.h"

#include "access/token.h"
#include "protocol/codec.h"
#include "protocol/display_text.h"
#include "protocol/limits.h"
#include "rooms/committed_batch.h"

namespace tandem {

namespace {

constexpr std::size_t catchUpChunk = 2'000;

} // namespace

OperationsSession::OperationsSession(Connection& connection, Entrance& entrance, const Clock& clock,
                                     Random& random, std::string server)
    : m_connection(connection)
    , m_entrance(entrance)
    , m_clock(clock)
    , m_rate(clock)
    , m_server(std::move(server))
    , m_session(makeRandomId(random))
    , m_openedAtMs(clock.monotonicMs())
    , m_alive(std::make_shared<bool>(true)) {}

OperationsSession::~OperationsSession() {
    *m_alive = false;
    if (m_joined)
        m_room->leave(*this);
}

void OperationsSession::send(const message::ToOperationsClient& message) {
    if (!m_ended)
        m_connection.send(std::make_shared<const std::string>(codec::encode(message, m_encoding)));
}

void OperationsSession::end(CloseCode code, std::string_view reason) {
    if (m_ended)
        return;
    m_ended = true;
    m_connection.close(code, reason);
}

void OperationsSession::closed() {
    m_ended = true;
    if (std::exchange(m_joined, false))
        m_room->leave(*this);
}

void OperationsSession::tick() {
    if (!m_hello && m_clock.monotonicMs() - m_openedAtMs >= limits::helloTimeoutMs)
        end(CloseCode::noHello, "no hello came");
    if (!m_joined || !m_missedCursors.areDue(m_connection))
        return;
    for (const Peer& peer : m_room->members().othersThan(*this))
        peerMoved(peer);
}

// --- joining

void OperationsSession::opened() {
    // The room is loaded while hello is on its way.
    if (m_entrance.isOpen())
        m_entrance.enter({});
}

void OperationsSession::admitted(Result<Admission> admission) {
    if (m_ended)
        return;
    if (!admission.ok())
        return end(closeCodeFor(admission.error()), admission.error().detail);
    m_room = admission->room;
    m_role = admission->role;
    // Whoever has not said hello holds the room as well: it stays loaded until the session ends.
    if (m_hello)
        join();
}

void OperationsSession::accessChanged(Result<Role> role) {
    if (!role.ok())
        return end(closeCodeFor(role.error()), role.error().detail);
    if (m_role == *role)
        return;
    m_role = *role;
    send(message::AccessChanged{std::string(wordFor(m_role))});
}

void OperationsSession::join() {
    // It may have broken off before this hello, and tells nobody any more.
    if (m_room->isBroken())
        return end(CloseCode::restart, "the document is loaded anew; come back");
    Peer self;
    self.session = m_session;
    self.name = displayName(m_hello->name);
    self.color = m_hello->color;
    m_room->join(*this, std::move(self));
    m_joined = true;
    for (const message::ReplicaKey& replica : m_hello->replicas) {
        if (!bind(replica.id, replica.key))
            return;
    }

    message::Welcome welcome;
    welcome.session = m_session;
    welcome.role = wordFor(m_role);
    welcome.epoch = m_room->info().epoch;
    welcome.version = m_room->head();
    welcome.title = m_room->info().title;
    welcome.limits = message::announcedLimits();
    welcome.server = m_server;
    for (const Peer& peer : m_room->members().othersThan(*this))
        welcome.members.push_back(memberFor(peer));
    send(std::move(welcome));

    const bool sameLog = m_hello->epoch == m_room->info().epoch;
    if (sameLog && *m_hello->after > m_room->head()) {
        // This server may be behind the one that the client comes from.
        m_room->readOn([this, alive = m_alive](const Result<void>& read) {
            if (!*alive || m_ended)
                return;
            if (!read.ok())
                end(closeCodeFor(read.error()), read.error().detail);
            else
                sendWhatIsMissing();
        });
        return;
    }
    sendWhatIsMissing();
}

void OperationsSession::sendWhatIsMissing() {
    const bool sameLog = m_hello->epoch == m_room->info().epoch && m_hello->after <= m_room->head();
    if (!sameLog || m_room->head() - *m_hello->after > limits::resumeChanges) {
        if (m_hello->after)
            m_room->noteResync(sameLog ? Resync::farBehind : Resync::otherLog);
        return sendSnapshot(sameLog || !m_hello->epoch);
    }
    m_sentVersion = *m_hello->after;
    catchUp();
}

// Sends from the log until nothing is missing; what is committed meanwhile comes with the next reading.
void OperationsSession::catchUp() {
    if (m_sentVersion == m_room->head())
        return goLive();
    m_room->readAfter(
        m_sentVersion, catchUpChunk, [this, alive = m_alive](Result<std::vector<LoggedChange>> changes) {
            if (!*alive || m_ended)
                return;
            if (!changes.ok())
                return end(closeCodeFor(changes.error()), changes.error().detail);
            if (changes->empty())
                return end(CloseCode::internal, "the log ends too early");
            CommittedBatch batch(m_sentVersion + 1);
            for (LoggedChange& logged : *changes) {
                if (logged.seq <= m_room->head())
                    batch.add(
                        {nullptr, logged.replica, 0, logged.timeMs, std::move(logged.bytes), {}, {}, {}});
            }
            sendUpdate(batch, 0, batch.changes().size());
            catchUp();
        });
}

// An older one is followed by the changes since. Whoever has a document of another log compares it with the
// snapshot, so that must lack nothing.
void OperationsSession::sendSnapshot(bool mayBeOlder) {
    if (m_ended)
        return;
    if (!m_hello->unpacks || !mayBeOlder)
        return sendSnapshot(m_room->head(), m_room->encodedReplica(), false);
    m_room->packedReplica([this, alive = m_alive](const PackedReplica::Bytes& bytes) {
        if (!*alive || m_ended)
            return;
        if (bytes.packed)
            sendSnapshot(bytes.version, bytes.packed, true);
        else
            sendSnapshot(m_room->head(), m_room->encodedReplica(), false);
    });
}

void OperationsSession::sendSnapshot(Seq version, std::shared_ptr<const std::string> bytes, bool packed) {
    const std::size_t parts = (bytes->size() + limits::snapshotPartBytes - 1) / limits::snapshotPartBytes;
    m_connection.sendParts(
        [bytes, parts, part = std::size_t{0}, version, packed, encoding = m_encoding]() mutable -> Frame {
            if (part == parts)
                return nullptr;
            std::string piece = bytes->substr(part * limits::snapshotPartBytes, limits::snapshotPartBytes);
            return std::make_shared<const std::string>(
                codec::encode(message::Snapshot{version, part++, parts, std::move(piece), packed}, encoding));
        });
    m_sentVersion = version;
    catchUp();
}

void OperationsSession::goLive() {
    m_live = true;
    for (message::FromOperationsClient& message : std::exchange(m_waiting, {}))
        handle(std::move(message));
}

bool OperationsSession::bind(ReplicaId replica, const std::string& key) {
    if (const auto bound = m_room->bind(replica, sha256(key), displayName(m_hello->name)); !bound.ok()) {
        end(closeCodeFor(bound.error()), bound.error().detail);
        return false;
    }
    m_replicas.insert(replica);
    return true;
}

// --- from the client

void OperationsSession::received(std::string_view frame) {
    if (m_ended)
        return;
    if (!m_rate.allows(frame))
        return end(CloseCode::tooFast, "more messages than messages_per_second or bytes_per_second");
    auto message = codec::decodeFromOperationsClient(frame);
    if (!message.ok())
        return end(CloseCode::badMessage, message.error().detail);
    if (std::holds_alternative<message::Ping>(*message))
        return send(message::Pong{});
    if (auto* hello = std::get_if<message::Hello>(&*message)) {
        if (m_hello)
            return end(CloseCode::badMessage, "hello came twice");
        m_encoding = codec::encodingOf(frame); // a client is answered in its own way
        m_hello = std::move(*hello);
        if (!m_entrance.isOpen())
            m_entrance.enter(m_hello->token.value_or(std::string()));
        else if (m_room)
            join();
        return;
    }
    if (!m_hello)
        return end(CloseCode::badMessage, "the first message must be hello");
    if (m_live)
        return handle(std::move(*message));
    if (m_waiting.size() >= limits::waitingMessages)
        return end(CloseCode::tooFast, "too many messages before welcome");
    m_waiting.push_back(std::move(*message));
}

void OperationsSession::handle(message::FromOperationsClient message) {
    if (m_ended)
        return;
    if (auto* submitted = std::get_if<message::OpSubmit>(&message)) {
        submit(std::move(*submitted));
    } else if (const auto* cursor = std::get_if<message::CursorUpdate>(&message)) {
        std::optional<Selection> selection;
        if (const auto* range = std::get_if<message::AnchorRange>(&cursor->selection))
            selection = Selection{range->tail, range->head};
        m_room->setSelection(*this, std::move(selection));
    }
}

void OperationsSession::submit(message::OpSubmit submit) {
    if (!may(m_role, Right::edit))
        return refused({submit.replica, 0}, {ErrorCode::notAllowed, "your role is to read"});
    if (submit.key && !m_replicas.contains(submit.replica) && !bind(submit.replica, *submit.key))
        return;
    if (!m_replicas.contains(submit.replica))
        return end(CloseCode::replicaConflict, "the replica id came without its key");
    m_room->submit(*this, submit.replica, std::move(submit.changes));
}

// --- from the room

void OperationsSession::committed(const CommittedBatch& batch) {
    if (!m_live || m_ended)
        return; // comes from the log
    const auto& changes = batch.changes();
    std::size_t begin = 0;
    while (begin < changes.size()) {
        const bool own = changes[begin].participant == this;
        std::size_t end = begin + 1;
        while (end < changes.size() && (changes[end].participant == this) == own &&
               (!own || changes[end].replica == changes[begin].replica))
            ++end;
        if (own) {
            m_sentVersion = batch.first() + end - 1;
            send(message::Ack{changes[begin].replica, changes[end - 1].last, m_sentVersion});
        } else {
            sendUpdate(batch, begin, end);
        }
        begin = end;
    }
}

void OperationsSession::sendUpdate(const CommittedBatch& batch, std::size_t begin, std::size_t end) {
    if (begin == end || m_ended)
        return;
    for (const Frame& frame : batch.frames(begin, end, m_encoding))
        m_connection.send(frame);
    m_sentVersion = batch.first() + end - 1;
}

void OperationsSession::alreadyCommitted(ReplicaId replica, Counter through) {
    send(message::Ack{replica, through, m_sentVersion});
}

void OperationsSession::refused(OpId change, const Error& error) {
    m_room->noteRefusal();
    message::Nack nack{std::string(wordFor(error.code)), error.detail, false, std::monostate{}};
    nack.retryable = error.code == ErrorCode::unavailable || error.code == ErrorCode::counterGap;
    if (change.counter > 0)
        nack.refused = change;
    send(std::move(nack));
}

void OperationsSession::plainEditSettled(const std::string&, Seq) {}

void OperationsSession::plainEditRefused(const std::string&, const Error&) {}

void OperationsSession::peerJoined(const Peer& peer) {
    send(message::PresenceJoin{peer.session, peer.name, peer.color});
}

void OperationsSession::peerMoved(const Peer& peer) {
    if (m_missedCursors.mayTell(m_connection))
        send(message::PresenceCursor{memberFor(peer)});
}

void OperationsSession::peerLeft(const std::string& session) {
    send(message::PresenceLeave{session});
}

void OperationsSession::roomClosed(const Error& error) {
    m_joined = false;
    end(closeCodeFor(error), error.detail);
}

} // namespace tandem
