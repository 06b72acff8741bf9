#include "sessions/plain_session.h"

#include "access/token.h"
#include "protocol/codec.h"
#include "protocol/display_text.h"
#include "protocol/limits.h"
#include "rooms/committed_batch.h"

namespace tandem {

PlainSession::PlainSession(Connection& connection, Entrance& entrance, const Clock& clock, Random& random)
    : RoomSession(connection, entrance, clock), m_random(random) {
    m_self.session = makeRandomId(random);
    m_self.name = displayName({});
    m_self.color = static_cast<int>(random.below(limits::colors));
}

void PlainSession::send(const message::ToPlainClient& message) {
    if (!hasEnded())
        connection().send(std::make_shared<const std::string>(codec::encode(message)));
}

// --- joining

void PlainSession::opened() {
    if (!entrance().isOpen())
        return; // hello comes first
    m_entering = true;
    entrance().enter({});
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
    entrance().enter(m_hello->token.value_or(std::string()));
}

void PlainSession::entered() {
    newAuthor();
    join(m_self);
    if (m_hello)
        greet(*m_hello);
    else
        sendSnapshot();
    if (!m_resuming)
        takeWaiting();
}

void PlainSession::newAuthor() {
    // A replica id of 53 random bits that someone has already is a bug of the source of randomness.
    do {
        m_author = {makeReplicaId(m_random), makeRandomId(m_random)};
    } while (!room().bind(m_author.id, sha256(m_author.key), m_self.name).ok());
}

void PlainSession::greet(const message::PlainHello& hello) {
    if (hello.name)
        m_self.name = displayName(*hello.name);
    if (hello.color)
        m_self.color = *hello.color;
    room().rename(*this, m_self.name, m_self.color);
    if (hello.resume)
        return resume(*hello.resume);
    if (const auto bound = room().bind(m_author.id, sha256(m_author.key), m_self.name); !bound.ok())
        return end(bound.error());
    sendSnapshot();
}

// Goes on as an author of before: the ids of its edits come from the log, so that none is applied twice.
void PlainSession::resume(const message::ReplicaKey& author) {
    if (const auto bound = room().bind(author.id, sha256(author.key), m_self.name); !bound.ok())
        return end(bound.error());
    m_author = author;
    m_resuming = true;
    room().readEditIds(author.id, [this, alive = whileAlive()](const Result<void>& read) {
        if (!alive())
            return;
        if (!read.ok())
            return end(read.error());
        m_resuming = false;
        sendSnapshot();
        takeWaiting();
    });
}

void PlainSession::sendSnapshot() {
    message::PlainSnapshot snapshot;
    snapshot.session = m_self.session;
    snapshot.role = wordFor(role());
    snapshot.author = m_author;
    snapshot.epoch = room().info().epoch;
    snapshot.version = room().head();
    snapshot.title = room().info().title;
    snapshot.text = room().replica().text();
    snapshot.limits = message::announcedLimits();
    snapshot.members = others();
    if (hasEnded())
        return;
    connection().sendParts([frame = std::make_shared<const std::string>(codec::encode(
                                message::ToPlainClient(std::move(snapshot))))]() mutable -> Frame {
        return std::exchange(frame, nullptr);
    });
}

message::Member PlainSession::memberFor(const Peer& peer) const {
    message::Member member{peer.session, peer.name, peer.color, std::monostate{}, peer.idle};
    if (!peer.selection)
        return member;
    const auto tail = room().replica().indexOf(peer.selection->tail);
    const auto head = room().replica().indexOf(peer.selection->head);
    if (tail.ok() && head.ok())
        member.selection = message::IndexRange{*tail, *head};
    return member;
}

// --- from the client

// These were counted when they came.
void PlainSession::takeWaiting() {
    for (const std::string& frame : std::exchange(m_waiting, {}))
        take(frame);
}

void PlainSession::take(std::string_view frame) {
    if (hasEnded())
        return;
    if (hasJoined() && !m_resuming)
        return takeNow(frame);
    if (!m_entering)
        return enterWith(frame);
    if (m_waiting.size() >= limits::waitingMessages)
        return end(CloseCode::tooFast, "too many messages before the snapshot");
    m_waiting.emplace_back(frame);
}

void PlainSession::takeNow(std::string_view frame) {
    auto message = codec::decodeFromPlainClient(frame);
    if (!message.ok())
        return end(CloseCode::badMessage, message.error().detail);
    handle(std::move(*message));
}

void PlainSession::handle(message::FromPlainClient message) {
    const Seq present = room().head();
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

void PlainSession::tell(News news) {
    std::visit([this](auto& told) { send(std::move(told)); }, news);
}

void PlainSession::submit(PlainEdit edit) {
    if (!may(role(), Right::edit))
        return plainEditRefused(edit.id, {ErrorCode::notAllowed, "your role is to read"});
    room().submitPlain(*this, m_author.id, std::move(edit));
}

void PlainSession::moveTo(const message::AnySelection& selection) {
    const auto* range = std::get_if<message::IndexRange>(&selection);
    const Replica& replica = room().replica();
    if (range && range->tail <= replica.length() && range->head <= replica.length())
        room().setSelection(*this, Selection{replica.anchorAt(range->tail), replica.anchorAt(range->head)});
    else if (!range)
        room().setSelection(*this, std::nullopt);
}

// --- from the room

void PlainSession::committed(const CommittedBatch& batch) {
    if (hasEnded() || m_resuming)
        return; // the snapshot that follows has it
    connection().send(batch.plainFrame());
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
    room().noteRefusal();
    send(message::Nack{std::string(wordFor(error.code)), error.detail, error.code == ErrorCode::unavailable,
                       id});
    if (error.code != ErrorCode::versionTooOld)
        return;
    room().noteResync(Resync::oldVersion);
    sendSnapshot();
}

void PlainSession::alreadyCommitted(ReplicaId, Counter) {}

void PlainSession::refused(OpId, const Error&) {}

} // namespace tandem
