#include "load/crowd.h"

#include <algorithm>

namespace tandem::load {

namespace {

constexpr std::int64_t nanosecondsInMs = 1'000'000;
constexpr std::int64_t longestTurnNs = 100 * nanosecondsInMs;
constexpr std::int64_t longestWakeMs = 3'600'000;
constexpr std::size_t connectingAtOnce = 100;
constexpr std::size_t clientsPerAddress = 500; // what one address may ask for in a short time

std::string sourceOf(std::size_t number) {
    return "127.0.0." + std::to_string(2 + number / clientsPerAddress % 250);
}

} // namespace

LoadRoom& Crowd::addRoom(std::string document) {
    m_rooms.emplace_back().document = std::move(document);
    return m_rooms.back();
}

LoadClient& Crowd::addMember(LoadRoom& room) {
    const std::size_t server = room.members.size() % m_servers.size();
    m_clients.push_back(std::make_unique<LoadClient>(m_poller, room, m_servers[server], server,
                                                     sourceOf(m_clients.size()), m_clock, m_random));
    LoadClient& client = *m_clients.back();
    if (m_unpacks)
        client.readPacked();
    client.onChanged = [this](LoadClient& one) { changed(one); };
    room.members.push_back(&client);
    return client;
}

void Crowd::remove(LoadRoom& room, LoadClient& client) {
    std::erase(room.members, &client);
    std::erase(m_changed, &client);
    std::erase_if(m_clients, [&](const auto& one) { return one.get() == &client; });
    Wakes left;
    for (; !m_wakes.empty(); m_wakes.pop()) {
        if (m_wakes.top().client != &client)
            left.push(m_wakes.top());
    }
    m_wakes = std::move(left);
}

void Crowd::changed(LoadClient& client) {
    if (m_changed.empty() || m_changed.back() != &client)
        m_changed.push_back(&client);
}

// --- typing

void Crowd::beginTyping(const Typing& typing) {
    m_typing = typing;
    m_isTyping = true;
    const std::int64_t now = nowNs();
    for (LoadRoom& room : m_rooms) {
        for (LoadClient* writer : room.writers) {
            if (typing.isOpenLoop()) {
                const auto interval = static_cast<std::uint64_t>(1e9 / typing.keysPerSecond);
                m_keys.push({now + static_cast<std::int64_t>(m_random.below(interval)), writer});
            } else {
                writer->isFillingUp = true;
                changed(*writer);
            }
        }
    }
}

void Crowd::endTyping() {
    m_isTyping = false;
    m_keys = {};
}

void Crowd::typeDue(std::int64_t now) {
    while (m_isTyping && !m_keys.empty() && m_keys.top().atNs <= now) {
        const Wake key = m_keys.top();
        m_keys.pop();
        key.client->type(key.atNs);
        changed(*key.client);
        m_keys.push({key.atNs + static_cast<std::int64_t>(1e9 / m_typing.keysPerSecond), key.client});
    }
}

void Crowd::fillUp(LoadClient& client) {
    while (client.inFlight() < m_typing.inFlight)
        client.type(nowNs());
}

// --- the loop

void Crowd::turn(std::int64_t untilNs) {
    const auto earlier = [&untilNs](const Wakes& wakes) {
        if (!wakes.empty())
            untilNs = std::min(untilNs, wakes.top().atNs);
    };
    earlier(m_wakes);
    earlier(m_keys);
    m_poller.waitUntil(m_changed.empty() ? untilNs : 0);
    const std::int64_t now = nowNs();
    typeDue(now);
    for (; !m_wakes.empty() && m_wakes.top().atNs <= now; m_wakes.pop()) {
        m_wakes.top().client->plannedWakeMs = noWake;
        changed(*m_wakes.top().client);
    }

    const std::vector<LoadClient*> clients = std::exchange(m_changed, {});
    for (LoadClient* client : clients) {
        if (m_isTyping && client->isFillingUp)
            fillUp(*client);
        client->tick();
        client->flush();
        planWake(*client, now);
    }
}

// What is put off is looked at again when the time planned before has come.
void Crowd::planWake(LoadClient& client, std::int64_t now) {
    const std::int64_t wakeAtMs = std::max(client.wakeAtMs(), now / nanosecondsInMs + 1);
    if (wakeAtMs >= client.plannedWakeMs || wakeAtMs > now / nanosecondsInMs + longestWakeMs)
        return;
    client.plannedWakeMs = wakeAtMs;
    m_wakes.push({wakeAtMs * nanosecondsInMs, &client});
}

bool Crowd::runUntil(const std::function<bool()>& done, std::int64_t timeoutMs) {
    const std::int64_t endNs = nowNs() + timeoutMs * nanosecondsInMs;
    while (!done()) {
        const std::int64_t now = nowNs();
        if (now >= endNs)
            return false;
        turn(std::min(endNs, now + longestTurnNs));
    }
    return true;
}

void Crowd::runFor(std::int64_t ms) {
    static_cast<void>(runUntil([] { return false; }, ms));
}

bool Crowd::connectAll(std::int64_t timeoutMs) {
    std::size_t begun = 0;
    std::vector<LoadClient*> connecting;
    return runUntil(
        [&] {
            std::erase_if(connecting, [](const LoadClient* client) { return client->isLive(); });
            for (; connecting.size() < connectingAtOnce && begun < m_clients.size(); ++begun) {
                if (m_clients[begun]->isLive())
                    continue;
                m_clients[begun]->start();
                changed(*m_clients[begun]);
                connecting.push_back(m_clients[begun].get());
            }
            return begun == m_clients.size() && connecting.empty();
        },
        timeoutMs);
}

bool Crowd::isSettled() const {
    return std::all_of(m_rooms.begin(), m_rooms.end(), [](const LoadRoom& room) {
        const Outcome& outcome = room.outcome;
        const bool allLive = std::all_of(room.members.begin(), room.members.end(), [](LoadClient* client) {
            return client->isLive() && client->inFlight() == 0;
        });
        return allLive && outcome.acked == outcome.edits &&
               outcome.delivered == outcome.edits * (room.members.size() - 1);
    });
}

void Crowd::forgetLatencies() {
    for (LoadRoom& room : m_rooms) {
        room.outcome.delivery = {};
        room.outcome.across = {};
        room.outcome.ack = {};
    }
}

Outcome Crowd::outcome() const {
    Outcome all;
    for (const LoadRoom& room : m_rooms) {
        all.edits += room.outcome.edits;
        all.acked += room.outcome.acked;
        all.delivered += room.outcome.delivered;
        all.delivery.add(room.outcome.delivery);
        all.across.add(room.outcome.across);
        all.ack.add(room.outcome.ack);
    }
    return all;
}

std::uint64_t Crowd::lostConnections() const {
    std::uint64_t lost = 0;
    for (const auto& client : m_clients)
        lost += client->lostConnections();
    return lost;
}

std::uint64_t Crowd::problems() const {
    return static_cast<std::uint64_t>(std::count_if(
        m_clients.begin(), m_clients.end(), [](const auto& client) { return !client->problem().empty(); }));
}

} // namespace tandem::load
