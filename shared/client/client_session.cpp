#include "client/client_session.h"

#include "client/closing.h"
#include "protocol/codec.h"
#include "protocol/limits.h"

#include <algorithm>
#include <limits>

namespace tandem {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t nackPauseMs = 1'000;
constexpr int staleServersLeft = 5; // in a row
// What is sent and not acked at one time: enough to keep a fast line busy, little to send again.
constexpr std::size_t maxInFlightBytes = 1024 * 1024;
// What is edited faster than this goes together in one message. Leaves room for all else that is sent.
constexpr std::int64_t submitsPerSecond = limits::messagesPerSecond / 2;
constexpr std::int64_t submitsAtOnce = limits::messagesAtOnce / 2;
constexpr std::size_t submitBytes = limits::frameBytes / 2; // base64 and JSON around it fit the frame

message::AnySelection toMessage(const std::optional<Selection>& selection) {
    if (!selection)
        return std::monostate{};
    return message::AnchorRange{selection->tail, selection->head};
}

} // namespace

ClientSession::ClientSession(OpenDocument& document, Transport& transport, const Clock& clock, Random& random,
                             Person person, std::string client)
    : m_document(document)
    , m_transport(transport)
    , m_clock(clock)
    , m_random(random)
    , m_person(std::move(person))
    , m_client(std::move(client))
    , m_backoff(500, 1'000, 30'000)
    , m_submits(submitsPerSecond, submitsAtOnce, clock.monotonicMs()) {}

void ClientSession::setState(State state) {
    if (m_state == state)
        return;
    m_state = state;
    if (onStateChanged)
        onStateChanged();
}

// --- coming and going

void ClientSession::start() {
    if (m_started && m_state != State::stopped)
        return;
    m_started = true;
    m_problem.clear();
    m_backoff.reset();
    m_retryAtMs = m_clock.monotonicMs();
    m_state = State::offline;
    tick();
}

void ClientSession::stop() {
    if (!m_started)
        return;
    m_started = false;
    if (m_state != State::offline && m_state != State::stopped)
        m_transport.close();
    m_document.mutableOutbox().rewind();
    forgetFrames();
    setState(State::offline);
}

void ClientSession::retryNow() {
    if (!m_started || m_state != State::offline)
        return;
    m_retryAtMs = m_clock.monotonicMs();
    tick();
}

std::optional<std::int64_t> ClientSession::retryInMs() const {
    if (!m_started || m_state != State::offline)
        return std::nullopt;
    return std::max<std::int64_t>(0, m_retryAtMs - m_clock.monotonicMs());
}

void ClientSession::goOffline(std::int64_t delayMs) {
    m_document.mutableOutbox().rewind();
    forgetFrames();
    m_retryAtMs = m_clock.monotonicMs() + delayMs;
    if (!m_document.peers().all().empty()) {
        m_document.mutablePeers().reset({});
        if (m_document.onPeersChanged)
            m_document.onPeersChanged();
    }
    setState(State::offline);
}

// Of a connection that is no more.
void ClientSession::forgetFrames() {
    m_snapshotBytes.clear();
    m_snapshotPart = 0;
    m_awaitedTicket = 0;
    m_keptFrames.clear();
}

// The server said something that cannot be right: begin anew rather than guess.
void ClientSession::fail(std::string problem) {
    m_problem = std::move(problem);
    goOffline(m_backoff.nextDelayMs(m_random));
    m_transport.close();
}

void ClientSession::connectionOpened() {
    if (m_state != State::connecting)
        return;
    m_heardAtMs = m_clock.monotonicMs();
    m_pingedAtMs = m_heardAtMs;
    m_pauseUntilMs = 0;
    setState(State::joining);
    sendHello();
    sendOutbox();
}

void ClientSession::connectionClosed(int code, std::string_view reason) {
    if (!m_started || m_state == State::offline || m_state == State::stopped)
        return;
    if (closing::isFinal(code)) {
        m_problem = closing::refusalOf(code, reason);
        m_document.mutableOutbox().rewind();
        forgetFrames();
        setState(State::stopped);
        return;
    }
    if (m_state == State::connecting)
        m_problem = std::string(reason);
    goOffline(closing::askedBackInMs(code, reason).value_or(m_backoff.nextDelayMs(m_random)));
}

// --- time

void ClientSession::tick() {
    const std::int64_t now = m_clock.monotonicMs();
    if (m_state == State::offline && m_started && now >= m_retryAtMs) {
        m_heardAtMs = now;
        setState(State::connecting);
        m_transport.open();
        return;
    }
    if (m_state != State::connecting && m_state != State::joining && m_state != State::live)
        return;
    if (now - m_heardAtMs >= limits::deadAfterMs) {
        fail("The server has not answered for a while.");
        return;
    }
    if (m_state == State::connecting)
        return;
    if (now - m_heardAtMs >= limits::pingAfterMs && m_pingedAtMs <= m_heardAtMs) {
        m_pingedAtMs = now;
        m_transport.send(codec::encode(message::FromOperationsClient(message::Ping{})));
    }
    sendOutbox();
    sendSelection();
}

std::int64_t ClientSession::wakeAtMs() const {
    switch (m_state) {
    case State::offline:
        return m_started ? m_retryAtMs : never;
    case State::stopped:
        return never;
    case State::connecting:
        return m_heardAtMs + limits::deadAfterMs;
    case State::joining:
    case State::live:
        break;
    }
    std::int64_t wake =
        m_heardAtMs + (m_pingedAtMs <= m_heardAtMs ? limits::pingAfterMs : limits::deadAfterMs);
    if (m_document.outbox().hasUnsent() && m_document.outbox().inFlightBytes() < maxInFlightBytes)
        wake = std::min(wake, std::max(m_pauseUntilMs, m_submits.readyAtMs()));
    if (m_selectionChanged && m_state == State::live)
        wake = std::min(wake, m_selectionSentAtMs + limits::cursorIntervalMs);
    return wake;
}

// --- sending

void ClientSession::sendHello() {
    message::Hello hello;
    hello.name = m_person.name;
    hello.color = m_person.color;
    hello.client = m_client;
    hello.unpacks = m_unpack != nullptr;
    if (!m_person.token.empty())
        hello.token = m_person.token;
    m_keysSent.clear();
    for (const OpenDocument::Author& author : m_document.authorsOfOutbox()) {
        hello.replicas.push_back({author.replica, author.key});
        m_keysSent.insert(author.replica);
    }
    if (!m_document.epoch().empty()) {
        hello.epoch = m_document.epoch();
        hello.after = m_document.version();
    }
    m_transport.send(codec::encode(message::FromOperationsClient(std::move(hello))));
    m_selectionChanged = m_selection.has_value();
}

void ClientSession::sendOutbox() {
    if (m_clock.monotonicMs() < m_pauseUntilMs)
        return;
    Outbox& outbox = m_document.mutableOutbox();
    while (outbox.hasUnsent() && outbox.inFlightBytes() < maxInFlightBytes &&
           m_submits.take(1, m_clock.monotonicMs())) {
        const auto entries = outbox.takeUnsent(submitBytes, limits::changesPerSubmit);
        message::OpSubmit submit;
        submit.replica = entries.front()->replica;
        if (m_keysSent.insert(submit.replica).second)
            submit.key = m_document.keyOf(submit.replica);
        for (const Outbox::Entry* entry : entries)
            submit.changes.push_back(entry->bytes);
        m_transport.send(codec::encode(message::FromOperationsClient(std::move(submit))));
    }
}

void ClientSession::setSelection(std::optional<Selection> selection) {
    if (selection == m_selection)
        return;
    m_selection = std::move(selection);
    m_selectionChanged = true;
}

void ClientSession::sendSelection() {
    const std::int64_t now = m_clock.monotonicMs();
    // Behind the changes: its anchors must be known where it arrives.
    if (!m_selectionChanged || m_state != State::live || m_document.outbox().hasUnsent() ||
        now - m_selectionSentAtMs < limits::cursorIntervalMs)
        return;
    m_selectionChanged = false;
    m_selectionSentAtMs = now;
    m_transport.send(
        codec::encode(message::FromOperationsClient(message::CursorUpdate{toMessage(m_selection)})));
}

// --- receiving

void ClientSession::received(std::string_view frame) {
    if (m_state != State::joining && m_state != State::live)
        return;
    m_heardAtMs = m_clock.monotonicMs();
    m_pingedAtMs = std::min(m_pingedAtMs, m_heardAtMs);
    if (keepsFrames())
        m_keptFrames.emplace_back(frame);
    else
        take(frame);
}

void ClientSession::hold() {
    m_holds = true;
}

void ClientSession::goOn() {
    m_holds = false;
    takeKeptFrames();
}

// Ends early when one of them asks for more to be kept, or ends the connection, which forgets the others.
void ClientSession::takeKeptFrames() {
    while (!keepsFrames() && !m_keptFrames.empty()) {
        const std::string frame = std::move(m_keptFrames.front());
        m_keptFrames.pop_front();
        take(frame);
    }
}

void ClientSession::take(std::string_view frame) {
    auto decoded = codec::decodeToOperationsClient(frame);
    if (!decoded.ok() && decoded.error().code == ErrorCode::unknownType)
        return; // of a newer server, which can do without it
    if (!decoded.ok()) {
        fail("The server sent something that is not understood: " + decoded.error().detail);
        return;
    }
    const auto peersChanged = [this] {
        if (m_document.onPeersChanged)
            m_document.onPeersChanged();
    };
    auto& any = *decoded;
    if (const auto* welcome = std::get_if<message::Welcome>(&any)) {
        handleWelcome(*welcome);
    } else if (const auto* part = std::get_if<message::Snapshot>(&any)) {
        handleSnapshot(*part);
    } else if (const auto* update = std::get_if<message::DocUpdate>(&any)) {
        std::vector<std::string> changes;
        for (const auto& group : update->groups)
            changes.insert(changes.end(), group.changes.begin(), group.changes.end());
        if (auto applied = m_document.applyCommitted(update->first, changes); !applied.ok())
            fail("The server's changes do not fit: " + applied.error().detail);
        settleProblem();
    } else if (const auto* ack = std::get_if<message::Ack>(&any)) {
        if (!m_document.applyAck(ack->replica, ack->through, ack->version))
            fail("The server left out a version.");
        else
            sendOutbox();
        settleProblem();
    } else if (const auto* nack = std::get_if<message::Nack>(&any)) {
        handleNack(*nack);
    } else if (const auto* join = std::get_if<message::PresenceJoin>(&any)) {
        m_document.mutablePeers().put({join->session, join->name, join->color, std::nullopt, false});
        peersChanged();
    } else if (const auto* cursor = std::get_if<message::PresenceCursor>(&any)) {
        m_document.mutablePeers().put(peerFrom(cursor->member));
        peersChanged();
    } else if (const auto* leave = std::get_if<message::PresenceLeave>(&any)) {
        m_document.mutablePeers().remove(leave->session);
        peersChanged();
    } else if (const auto* access = std::get_if<message::AccessChanged>(&any)) {
        setRole(access->role);
    } else if (auto* renamed = std::get_if<message::TitleChanged>(&any)) {
        m_document.setTitle(std::move(renamed->title));
    }
}

void ClientSession::handleWelcome(const message::Welcome& welcome) {
    // It will notice soon. But whoever came from it knows the restored log as the one that was left.
    if (m_document.hasLeft(welcome.epoch) && m_staleServers < staleServersLeft) {
        ++m_staleServers;
        return fail("The server still has the document as it was before it was restored.");
    }
    m_staleServers = 0;
    m_role = welcome.role;
    m_problem.clear();
    m_document.setTitle(welcome.title);
    std::vector<Peer> peers;
    for (const message::Member& member : welcome.members)
        peers.push_back(peerFrom(member));
    m_document.mutablePeers().reset(std::move(peers));
    if (m_document.onPeersChanged)
        m_document.onPeersChanged();

    m_pendingEpoch = welcome.epoch;
    m_logChanged = false;
    if (m_document.epoch() != welcome.epoch)
        return; // live with the snapshot that follows
    m_backoff.reset();
    setState(State::live);
}

void ClientSession::handleSnapshot(const message::Snapshot& part) {
    if (part.part != m_snapshotPart || part.part >= part.parts || m_pendingEpoch.empty()) {
        fail("The server sent a snapshot out of order.");
        return;
    }
    m_snapshotBytes += part.bytes;
    if (++m_snapshotPart < part.parts)
        return;
    m_snapshotPart = 0;
    m_snapshotVersion = part.version;
    std::string bytes = std::exchange(m_snapshotBytes, {});
    if (!part.packed)
        return adoptSnapshot(std::move(bytes));
    if (!m_unpack)
        return adoptSnapshot(Error{ErrorCode::malformed, "it is packed"});
    m_awaitedTicket = ++m_lastTicket;
    m_unpack(m_awaitedTicket, std::move(bytes));
}

void ClientSession::unpacked(std::uint64_t ticket, Result<std::string> bytes) {
    if (ticket != m_awaitedTicket)
        return;
    m_awaitedTicket = 0;
    adoptSnapshot(bytes);
    takeKeptFrames();
}

void ClientSession::adoptSnapshot(const Result<std::string>& bytes) {
    if (!bytes.ok()) {
        fail("The server's copy of the document cannot be read: " + bytes.error().detail);
        return;
    }
    const std::string epoch = m_document.epoch();
    if (auto adopted = m_document.adoptSnapshot(*bytes, m_snapshotVersion, m_pendingEpoch); !adopted.ok()) {
        fail("The server's copy of the document cannot be read: " + adopted.error().detail);
        return;
    }
    // What was sent behind hello was for the log before; the answers to it may be refusals.
    m_logChanged = !epoch.empty() && epoch != m_document.epoch();
    if (m_logChanged) {
        m_document.mutableOutbox().rewind();
        m_pauseUntilMs = 0;
    }
    m_backoff.reset();
    setState(State::live);
}

void ClientSession::setRole(const std::string& role) {
    if (role == m_role)
        return;
    m_role = role;
    m_pauseUntilMs = 0; // what the role before did not allow may pass now
    m_document.mutableOutbox().rewind();
    if (onStateChanged)
        onStateChanged();
}

// What the server refused is saved meanwhile.
void ClientSession::settleProblem() {
    if (m_state != State::live || m_problem.empty() || !m_document.outbox().empty())
        return;
    m_problem.clear();
    if (onStateChanged)
        onStateChanged();
}

void ClientSession::handleNack(const message::Nack& nack) {
    m_problem = (nack.retryable ? "The server cannot take edits now; they stay here and are sent again: "
                                : "The server did not take an edit: ") +
                nack.detail;
    // A change may name what stands before it in the outbox and was refused for now.
    const auto* refused = std::get_if<OpId>(&nack.refused);
    if (nack.retryable || m_logChanged || (refused && !m_document.outbox().beginsWith(*refused))) {
        m_document.mutableOutbox().rewind();
        const std::int64_t jitterMs = static_cast<std::int64_t>(m_random.below(nackPauseMs));
        m_pauseUntilMs = std::max(m_pauseUntilMs, m_clock.monotonicMs() + nackPauseMs / 2 + jitterMs);
    } else if (refused) {
        // What follows a refused change is refused as well: keep it all, and try again with the next
        // connection.
        m_pauseUntilMs = never;
    }
    if (onStateChanged)
        onStateChanged();
}

} // namespace tandem
