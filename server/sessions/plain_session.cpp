#include "sessions/plain_session.h"

#include "access/token.h"
#include "protocol/codec.h"
#include "protocol/display_text.h"
#include "protocol/limits.h"
#include "rooms/committed_batch.h"

namespace tandem {

PlainSession::PlainSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random)
    : m_connection(connection)
    , m_entrance(entrance)
    , m_clock(clock)
    , m_rate(clock)
    , m_random(random)
    , m_openedAtMs(clock.monotonicMs())
    , m_alive(std::make_shared<bool>(true)) {
    m_self.session = makeRandomId(random);
    m_self.name = displayName({});
    m_self.color = static_cast<int>(random.below(limits::colors));
}

PlainSession::~PlainSession() {
    *m_alive = false;
    if (m_joined)
        m_room->leave(*this);
}

void PlainSession::send(const message::ToPlainClient& message) {
    if (!m_ended)
        m_connection.send(std::make_shared<const std::string>(codec::encode(message)));
}

void PlainSession::end(CloseCode code, std::string_view reason) {
    if (m_ended)
        return;
    m_ended = true;
    m_connection.close(code, reason);
}

void PlainSession::closed() {
    m_ended = true;
    if (std::exchange(m_joined, false))
        m_room->leave(*this);
}

void PlainSession::tick() {
    if (!m_entering && m_clock.monotonicMs() - m_openedAtMs >= limits::helloTimeoutMs)
        return end(CloseCode::noHello, "no hello came");
    if (!m_joined || !m_missedCursors.areDue(m_connection))
        return;
    for (const Peer& peer : m_room->members().othersThan(*this))
        peerMoved(peer);
}

// --- joining

void PlainSession::opened() {
    if (!m_entrance.isOpen())
        return; // hello comes first
    m_entering = true;
    m_entrance.enter({});
}

void PlainSession::enterWith(std::string_view frame) {
    auto message = codec::decodeFromPlainClient(frame);
    if (!message.ok())
        return end(CloseCode::badMessage, message.error().detail);
    auto* hello = std::get_if<message::PlainHello>(&*message);
    if (!hello)
        return end(CloseCode::signIn, "the first message must be hello, with the token of a share link");
    m_hello = std::move(*hello);
    m_entering = true;
    m_entrance.enter(m_hello->token.value_or(std::string()));
}

void PlainSession::admitted(Result<Admission> admission) {
    if (m_ended)
        return;
    if (!admission.ok())
        return end(closeCodeFor(admission.error()), admission.error().detail);
    m_room = admission->room;
    m_role = admission->role;
    newAuthor();
    m_room->join(*this, m_self);
    m_joined = true;
    if (m_hello)
        greet(*m_hello);
    else
        sendSnapshot();
    if (!m_resuming)
        takeWaiting();
}

void PlainSession::accessChanged(Result<Role> role) {
    if (!role.ok())
        return end(closeCodeFor(role.error()), role.error().detail);
    if (m_role == *role)
        return;
    m_role = *role;
    send(message::AccessChanged{std::string(wordFor(m_role))});
}

void PlainSession::newAuthor() {
    // A replica id of 53 random bits that someone has already is a bug of the source of randomness.
    do {
        m_author = {makeReplicaId(m_random), makeRandomId(m_random)};
    } while (!m_room->bind(m_author.id, sha256(m_author.key), m_self.name).ok());
}

void PlainSession::greet(const message::PlainHello& hello) {
    if (hello.name)
        m_self.name = displayName(*hello.name);
    if (hello.color)
        m_self.color = *hello.color;
    m_room->rename(*this, m_self.name, m_self.color);
    if (hello.resume)
        return resume(*hello.resume);
    if (const auto bound = m_room->bind(m_author.id, sha256(m_author.key), m_self.name); !bound.ok())
        return end(closeCodeFor(bound.error()), bound.error().detail);
    sendSnapshot();
}

// Goes on as an author of before: the ids of its edits come from the log, so that none is applied twice.
void PlainSession::resume(const message::ReplicaKey& author) {
    if (const auto bound = m_room->bind(author.id, sha256(author.key), m_self.name); !bound.ok())
        return end(closeCodeFor(bound.error()), bound.error().detail);
    m_author = author;
    m_resuming = true;
    m_room->readEditIds(author.id, [this, alive = m_alive](const Result<void>& read) {
        if (!*alive || m_ended)
            return;
        if (!read.ok())
            return end(closeCodeFor(read.error()), read.error().detail);
        m_resuming = false;
        sendSnapshot();
        takeWaiting();
    });
}

void PlainSession::sendSnapshot() {
    message::PlainSnapshot snapshot;
    snapshot.session = m_self.session;
    snapshot.role = wordFor(m_role);
    snapshot.author = m_author;
    snapshot.epoch = m_room->info().epoch;
    snapshot.version = m_room->head();
    snapshot.title = m_room->info().title;
    snapshot.text = m_room->replica().text();
    snapshot.limits = message::announcedLimits();
    for (const Peer& peer : m_room->members().othersThan(*this))
        snapshot.members.push_back(memberFor(peer));
    if (m_ended)
        return;
    m_connection.sendParts([frame = std::make_shared<const std::string>(codec::encode(
                                message::ToPlainClient(std::move(snapshot))))]() mutable -> Frame {
        return std::exchange(frame, nullptr);
    });
}

message::Member PlainSession::memberFor(const Peer& peer) const {
    message::Member member{peer.session, peer.name, peer.color, std::monostate{}, peer.idle};
    if (!peer.selection)
        return member;
    const auto tail = m_room->replica().indexOf(peer.selection->tail);
    const auto head = m_room->replica().indexOf(peer.selection->head);
    if (tail.ok() && head.ok())
        member.selection = message::IndexRange{*tail, *head};
    return member;
}

// --- from the client

void PlainSession::received(std::string_view frame) {
    if (m_ended)
        return;
    if (!m_rate.allows(frame))
        return end(CloseCode::tooFast, "more messages than messages_per_second or bytes_per_second");
    takeOrKeep(frame);
}

// These were counted when they came.
void PlainSession::takeWaiting() {
    for (const std::string& frame : std::exchange(m_waiting, {}))
        takeOrKeep(frame);
}

void PlainSession::takeOrKeep(std::string_view frame) {
    if (m_ended)
        return;
    if (m_joined && !m_resuming)
        return takeFrame(frame);
    if (!m_entering)
        return enterWith(frame);
    if (m_waiting.size() >= limits::waitingMessages)
        return end(CloseCode::tooFast, "too many messages before the snapshot");
    m_waiting.emplace_back(frame);
}

void PlainSession::takeFrame(std::string_view frame) {
    auto message = codec::decodeFromPlainClient(frame);
    if (!message.ok())
        return end(CloseCode::badMessage, message.error().detail);
    handle(std::move(*message));
}

void PlainSession::handle(message::FromPlainClient message) {
    const Seq present = m_room->head();
    if (auto* insert = std::get_if<message::EditInsert>(&message)) {
        submit({std::move(insert->id),
                {{insert->index, 0, std::move(insert->text)}},
                insert->version.value_or(present)});
    } else if (auto* del = std::get_if<message::EditDelete>(&message)) {
        submit({std::move(del->id), {{del->index, del->length, {}}}, del->version.value_or(present)});
    } else if (const auto* cursor = std::get_if<message::CursorUpdate>(&message)) {
        moveTo(cursor->selection);
    } else if (const auto* hello = std::get_if<message::PlainHello>(&message)) {
        greet(*hello);
    } else {
        send(message::Pong{});
    }
}

void PlainSession::submit(PlainEdit edit) {
    if (!may(m_role, Right::edit))
        return plainEditRefused(edit.id, {ErrorCode::notAllowed, "your role is to read"});
    m_room->submitPlain(*this, m_author.id, std::move(edit));
}

void PlainSession::moveTo(const message::AnySelection& selection) {
    const auto* range = std::get_if<message::IndexRange>(&selection);
    const Replica& replica = m_room->replica();
    if (range && range->tail <= replica.length() && range->head <= replica.length())
        m_room->setSelection(*this, Selection{replica.anchorAt(range->tail), replica.anchorAt(range->head)});
    else if (!range)
        m_room->setSelection(*this, std::nullopt);
}

// --- from the room

void PlainSession::committed(const CommittedBatch& batch) {
    if (m_ended || m_resuming)
        return; // the snapshot that follows has it
    m_connection.send(batch.plainFrame());
    for (std::size_t i = 0; i < batch.changes().size(); ++i) {
        const CommittedChange& change = batch.changes()[i];
        if (change.participant == this && change.editId)
            send(message::PlainAck{*change.editId, batch.first() + i});
    }
}

void PlainSession::plainEditSettled(const std::string& id, Seq version) {
    send(message::PlainAck{id, version});
}

void PlainSession::plainEditRefused(const std::string& id, const Error& error) {
    m_room->noteRefusal();
    send(message::Nack{std::string(wordFor(error.code)), error.detail, error.code == ErrorCode::unavailable,
                       id});
    if (error.code != ErrorCode::versionTooOld)
        return;
    m_room->noteResync(Resync::oldVersion);
    sendSnapshot();
}

void PlainSession::alreadyCommitted(ReplicaId, Counter) {}

void PlainSession::refused(OpId, const Error&) {}

void PlainSession::peerJoined(const Peer& peer) {
    send(message::PresenceJoin{peer.session, peer.name, peer.color});
}

void PlainSession::peerMoved(const Peer& peer) {
    if (m_missedCursors.mayTell(m_connection))
        send(message::PresenceCursor{memberFor(peer)});
}

void PlainSession::peerLeft(const std::string& session) {
    send(message::PresenceLeave{session});
}

void PlainSession::roomClosed(const Error& error) {
    m_joined = false;
    end(closeCodeFor(error), error.detail);
}

} // namespace tandem
