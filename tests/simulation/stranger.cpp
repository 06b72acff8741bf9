#include "simulation/stranger.h"

#include "protocol/codec.h"

namespace tandem::simulation {

void Stranger::act() {
    if (!m_wire)
        return arrive();
    if (!m_greeted)
        return;
    if (m_environment.random.below(12) == 0)
        return leave();
    if (!m_mayWrite || m_environment.random.below(8) == 0)
        return send(junk());
    if (m_kind == ClientKind::operations)
        actAsOperationsClient();
    else
        actAsPlainClient();
}

// --- coming and going

void Stranger::arrive() {
    m_kind = m_environment.random.below(3) == 0 ? ClientKind::plain : ClientKind::operations;
    m_greeted = false;
    m_mayWrite = m_kind == ClientKind::operations;
    m_wire = m_network.connect(m_number, m_kind, *this, [this] { greet(); });
}

void Stranger::leave() {
    if (m_wire)
        m_wire->close(WireSide::client, 1000, {});
    m_wire.reset();
}

void Stranger::wireClosed(int, const std::string&) {
    m_wire.reset();
}

void Stranger::beSomeoneNew() {
    m_self = {makeReplicaId(m_environment.random), makeRandomId(m_environment.random), 1};
    m_replicas.insert(m_self.replica);
}

void Stranger::greet() {
    m_greeted = true;
    beSomeoneNew();
    if (m_kind == ClientKind::plain)
        return;
    message::Hello hello;
    hello.name = "Stranger";
    hello.client = "simulation";
    if (m_environment.random.below(4) == 0)
        hello.replicas.push_back({victim(), m_self.key});
    hello.replicas.push_back({m_self.replica, m_self.key});
    if (m_environment.random.below(4) == 0) {
        hello.epoch = "no log's epoch";
        hello.after = m_environment.random.below(1'000);
    }
    send(codec::encode(message::FromOperationsClient(std::move(hello))));
}

// --- what it sends

ReplicaId Stranger::victim() {
    if (m_heard.empty())
        return m_self.replica;
    const auto place = static_cast<std::ptrdiff_t>(m_environment.random.below(m_heard.size()));
    return std::next(m_heard.begin(), place)->first;
}

Counter Stranger::anyCounter(Counter most) {
    return static_cast<Counter>(m_environment.between(1, most));
}

OpId Stranger::nobodysElement() {
    return {m_environment.random.below(2) == 0 ? victim() : makeReplicaId(m_environment.random),
            1'000'000 + anyCounter(1'000)};
}

std::string Stranger::changeOf(ReplicaId replica, Counter first, OpId parent) const {
    return encodeChange({replica, first, {InsertOp{parent, Side::right, U"?"}}});
}

void Stranger::submit(ReplicaId replica, std::optional<std::string> key, std::string change) {
    send(codec::encode(
        message::FromOperationsClient(message::OpSubmit{replica, std::move(key), {std::move(change)}})));
}

void Stranger::actAsOperationsClient() {
    const ReplicaId other = victim();
    switch (m_environment.random.below(8)) {
    case 0: // as another, with a key that is not its
        return submit(other, m_self.key, changeOf(other, anyCounter(200), OpId::root()));
    case 1: // as another, without a key
        return submit(other, std::nullopt, changeOf(other, anyCounter(200), OpId::root()));
    case 2: // another's change as its own
        return submit(m_self.replica, m_self.key, m_heard.empty() ? std::string() : m_heard.at(victim()));
    case 3: // a gap
        return submit(m_self.replica, m_self.key,
                      changeOf(m_self.replica, m_self.next + anyCounter(9), OpId::root()));
    case 4:
        return submit(m_self.replica, m_self.key, changeOf(m_self.replica, m_self.next, nobodysElement()));
    case 5: {
        const DeleteOp deletion{{{nobodysElement(), anyCounter(1'000)}}};
        return submit(m_self.replica, m_self.key, encodeChange({m_self.replica, m_self.next, {deletion}}));
    }
    case 6: {
        const message::AnchorRange range{{nobodysElement(), Side::left}, {OpId::root(), Side::right}};
        return send(codec::encode(message::FromOperationsClient(message::CursorUpdate{range})));
    }
    default:
        return submit(m_self.replica, m_self.key, changeOf(m_self.replica, m_self.next++, OpId::root()));
    }
}

void Stranger::actAsPlainClient() {
    const std::string id = "edit" + std::to_string(m_environment.random.below(20));
    const std::size_t index = m_environment.random.below(3) == 0 ? 0 : m_environment.random.below(10'000);
    switch (m_environment.random.below(4)) {
    case 0: {
        message::PlainHello hello;
        hello.resume = message::ReplicaKey{victim(), m_self.key};
        return send(codec::encode(message::FromPlainClient(hello)));
    }
    case 1: // of a version that there is not
        return send(codec::encode(message::FromPlainClient(
            message::EditInsert{id, index, U"?", 1'000'000 + m_environment.random.below(1'000)})));
    case 2:
        return send(
            codec::encode(message::FromPlainClient(message::EditDelete{id, index, 1'000'000, std::nullopt})));
    default:
        return send(
            codec::encode(message::FromPlainClient(message::EditInsert{id, index, U"?", std::nullopt})));
    }
}

// Bytes of no meaning, or a message with something wrong in it.
std::string Stranger::junk() {
    Random& random = m_environment.random;
    std::string bytes;
    if (random.below(2) == 0) {
        bytes = codec::encode(message::FromOperationsClient(message::OpSubmit{
            m_self.replica, m_self.key, {changeOf(m_self.replica, m_self.next, OpId::root())}}));
        bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
    } else {
        for (std::uint64_t left = 1 + random.below(60); left > 0; --left)
            bytes += static_cast<char>(random.below(256));
    }
    return bytes;
}

void Stranger::send(std::string frame) {
    if (m_wire)
        m_wire->send(WireSide::client, std::make_shared<const std::string>(std::move(frame)));
}

// --- what it hears

void Stranger::received(std::string_view frame) {
    if (m_kind == ClientKind::plain) {
        const auto message = codec::decodeToPlainClient(frame);
        if (const auto* snapshot = message.ok() ? std::get_if<message::PlainSnapshot>(&*message) : nullptr)
            m_mayWrite = m_replicas.insert(snapshot->author.id).second || m_mayWrite;
        return;
    }
    const auto message = codec::decodeToOperationsClient(frame);
    const auto* update = message.ok() ? std::get_if<message::DocUpdate>(&*message) : nullptr;
    if (!update)
        return;
    for (const message::DocUpdate::Group& group : update->groups) {
        if (!m_replicas.contains(group.replica) && !group.changes.empty())
            m_heard[group.replica] = group.changes.front();
    }
}

} // namespace tandem::simulation
