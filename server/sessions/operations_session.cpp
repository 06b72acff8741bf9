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
    : RoomSession(connection, entrance, clock)
    , m_server(std::move(server))
    , m_session(makeRandomId(random)) {}

void OperationsSession::send(const message::ToOperationsClient& message) {
    if (!hasEnded())
        connection().send(std::make_shared<const std::string>(codec::encode(message, m_encoding)));
}

// --- joining

void OperationsSession::opened() {
    // The room is loaded while hello is on its way.
    if (entrance().isOpen())
        entrance().enter({});
}

void OperationsSession::entered() {
    // Whoever has not said hello holds the room as well: it stays loaded until the session ends.
    if (m_hello)
        welcome();
}

void OperationsSession::welcome() {
    // It may have broken off before this hello, and tells nobody any more.
    if (room().isBroken())
        return end(CloseCode::restart, "the document is loaded anew; come back");
    Peer self;
    self.session = m_session;
    self.name = displayName(m_hello->name);
    self.color = m_hello->color;
    join(std::move(self));
    for (const message::ReplicaKey& replica : m_hello->replicas) {
        if (!bind(replica.id, replica.key))
            return;
    }

    message::Welcome welcome;
    welcome.session = m_session;
    welcome.role = wordFor(role());
    welcome.epoch = room().info().epoch;
    welcome.version = room().head();
    welcome.title = room().info().title;
    welcome.limits = message::announcedLimits();
    welcome.server = m_server;
    welcome.members = others();
    send(std::move(welcome));

    const bool sameLog = m_hello->epoch == room().info().epoch;
    if (sameLog && *m_hello->after > room().head()) {
        // This server may be behind the one that the client comes from.
        room().readOn([this, alive = whileAlive()](const Result<void>& read) {
            if (!alive())
                return;
            if (!read.ok())
                end(read.error());
            else
                sendWhatIsMissing();
        });
        return;
    }
    sendWhatIsMissing();
}

void OperationsSession::sendWhatIsMissing() {
    const bool sameLog = m_hello->epoch == room().info().epoch && m_hello->after <= room().head();
    if (!sameLog || room().head() - *m_hello->after > limits::resumeChanges) {
        if (m_hello->after)
            room().noteResync(sameLog ? Resync::farBehind : Resync::otherLog);
        return sendSnapshot(sameLog || !m_hello->epoch);
    }
    m_sentVersion = *m_hello->after;
    catchUp();
}

// Sends from the log until nothing is missing; what is committed meanwhile comes with the next reading.
void OperationsSession::catchUp() {
    if (m_sentVersion == room().head())
        return goLive();
    room().readAfter(
        m_sentVersion, catchUpChunk, [this, alive = whileAlive()](Result<std::vector<LoggedChange>> changes) {
            if (!alive())
                return;
            if (!changes.ok())
                return end(changes.error());
            if (changes->empty())
                return end(CloseCode::internal, "the log ends too early");
            CommittedBatch batch(m_sentVersion + 1);
            for (LoggedChange& logged : *changes) {
                if (logged.seq <= room().head())
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
    if (hasEnded())
        return;
    if (!m_hello->unpacks || !mayBeOlder)
        return sendSnapshot(room().head(), room().encodedReplica(), false);
    room().packedReplica([this, alive = whileAlive()](const PackedReplica::Bytes& bytes) {
        if (!alive())
            return;
        if (bytes.packed)
            sendSnapshot(bytes.version, bytes.packed, true);
        else
            sendSnapshot(room().head(), room().encodedReplica(), false);
    });
}

void OperationsSession::sendSnapshot(Seq version, std::shared_ptr<const std::string> bytes, bool packed) {
    const std::size_t parts = (bytes->size() + limits::snapshotPartBytes - 1) / limits::snapshotPartBytes;
    connection().sendParts(
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

void OperationsSession::tell(News news) {
    std::visit([this](auto& told) { send(std::move(told)); }, news);
}

message::Member OperationsSession::memberFor(const Peer& peer) const {
    return tandem::memberFor(peer);
}

void OperationsSession::goLive() {
    m_live = true;
    for (message::FromOperationsClient& message : std::exchange(m_waiting, {}))
        handle(std::move(message));
}

bool OperationsSession::bind(ReplicaId replica, const std::string& key) {
    if (const auto bound = room().bind(replica, sha256(key), displayName(m_hello->name)); !bound.ok()) {
        end(bound.error());
        return false;
    }
    m_replicas.insert(replica);
    return true;
}

// --- from the client

void OperationsSession::take(std::string_view frame) {
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
        if (!entrance().isOpen())
            entrance().enter(m_hello->token.value_or(std::string()));
        else if (isAdmitted())
            welcome();
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
    if (hasEnded())
        return;
    if (auto* submitted = std::get_if<message::OpSubmit>(&message)) {
        submit(std::move(*submitted));
    } else if (const auto* cursor = std::get_if<message::CursorUpdate>(&message)) {
        std::optional<Selection> selection;
        if (const auto* range = std::get_if<message::AnchorRange>(&cursor->selection))
            selection = Selection{range->tail, range->head};
        room().setSelection(*this, std::move(selection));
    }
}

void OperationsSession::submit(message::OpSubmit submit) {
    if (!may(role(), Right::edit))
        return refused({submit.replica, 0}, {ErrorCode::notAllowed, "your role is to read"});
    if (submit.key && !m_replicas.contains(submit.replica) && !bind(submit.replica, *submit.key))
        return;
    if (!m_replicas.contains(submit.replica))
        return end(CloseCode::replicaConflict, "the replica id came without its key");
    room().submit(*this, submit.replica, std::move(submit.changes));
}

// --- from the room

void OperationsSession::committed(const CommittedBatch& batch) {
    if (!m_live || hasEnded())
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
    if (begin == end || hasEnded())
        return;
    for (const Frame& frame : batch.frames(begin, end, m_encoding))
        connection().send(frame);
    m_sentVersion = batch.first() + end - 1;
}

void OperationsSession::alreadyCommitted(ReplicaId replica, Counter through) {
    send(message::Ack{replica, through, m_sentVersion});
}

void OperationsSession::refused(OpId change, const Error& error) {
    room().noteRefusal();
    message::Nack nack{std::string(wordFor(error.code)), error.detail, false, std::monostate{}};
    nack.retryable = error.code == ErrorCode::unavailable || error.code == ErrorCode::counterGap;
    if (change.counter > 0)
        nack.refused = change;
    send(std::move(nack));
}

void OperationsSession::plainEditSettled(const std::string&, Seq) {}

void OperationsSession::plainEditRefused(const std::string&, const Error&) {}

} // namespace tandem
