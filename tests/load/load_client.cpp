#include "load/load_client.h"

#include "deflate/deflate.h"
#include "protocol/codec.h"

#include <cstdlib>

namespace tandem::load {

namespace {

constexpr std::u32string_view words = U"the quick brown fox jumps over the lazy dog and ";

std::string nameOf(std::size_t number) {
    return "load " + std::to_string(number);
}

} // namespace

LoadClient::LoadClient(Poller& poller, LoadRoom& room, const ServerAddress& address, std::size_t server,
                       std::string source, const Clock& clock, Random& random)
    : m_room(room)
    , m_address(address)
    , m_server(server)
    , m_document(random)
    , m_socket(poller, *this, std::move(source))
    , m_session(m_document, *this, clock, random, {nameOf(room.members.size()), 0}, "tandem-load") {}

void LoadClient::readPacked() {
    m_session.setUnpack([this](std::uint64_t ticket, const std::string& packed) {
        m_session.unpacked(ticket, inflate(packed));
    });
}

// --- typing

std::size_t LoadClient::caretIndex() const {
    const Replica& replica = m_document.replica();
    if (const auto index = replica.indexOf(m_caret); !m_caret.element.isRoot() && index.ok())
        return *index;
    return replica.length();
}

void LoadClient::type(std::int64_t dueNs) {
    const char32_t key = words[m_typed.size() % words.size()];
    if (!m_document.edit(caretIndex(), 0, {&key, 1}).ok())
        std::abort(); // the index is within the text
    const ReplicaId author = m_document.author()->replica;
    const Counter last = m_document.replica().version().highest(author);
    m_caret = {{author, last}, Side::right};
    m_typed.push_back({last, dueNs});
    ++m_room.outcome.edits;
    if (m_movesCaret)
        m_session.setSelection(Selection{m_caret, m_caret});
}

// --- what comes

void LoadClient::noteAcks() {
    const std::size_t acked = m_typed.size() - std::min(m_typed.size(), m_document.outbox().size());
    if (acked <= m_acked)
        return;
    const std::int64_t now = nowNs();
    for (; m_acked < acked; ++m_acked) {
        m_room.outcome.ack.add(now - m_typed[m_acked].dueNs);
        ++m_room.outcome.acked;
    }
}

void LoadClient::noteDeliveries() {
    m_seen.resize(m_room.writers.size());
    const VersionVector& version = m_document.replica().version();
    std::int64_t now = 0;
    for (std::size_t i = 0; i < m_room.writers.size(); ++i) {
        const LoadClient& writer = *m_room.writers[i];
        std::size_t& seen = m_seen[i];
        if (&writer == this || seen == writer.m_typed.size())
            continue;
        const Counter highest = version.highest(writer.m_document.author()->replica);
        for (; seen < writer.m_typed.size() && writer.m_typed[seen].last <= highest; ++seen) {
            now = now == 0 ? nowNs() : now;
            const std::int64_t took = now - writer.m_typed[seen].dueNs;
            m_room.outcome.delivery.add(took);
            if (writer.m_server != m_server)
                m_room.outcome.across.add(took);
            ++m_room.outcome.delivered;
        }
    }
}

void LoadClient::socketReceived(std::string_view message) {
    m_receivedAtNs = nowNs();
    m_session.received(message);
    noteAcks();
    noteDeliveries();
    onChanged(*this);
}

void LoadClient::socketOpened() {
    m_session.connectionOpened();
    onChanged(*this);
}

void LoadClient::socketClosed(int code, std::string_view reason) {
    ++m_lostConnections;
    m_session.connectionClosed(code, reason);
    onChanged(*this);
}

// --- the session's transport

void LoadClient::open() {
    m_socket.open(m_address, m_room.document);
}

void LoadClient::send(std::string_view frame) {
    m_socket.send(codec::encodingOf(frame) == codec::Encoding::json ? Opcode::text : Opcode::binary, frame);
}

// The session is offline already, and comes back by itself unless it was stopped.
void LoadClient::close() {
    m_socket.drop();
}

} // namespace tandem::load
