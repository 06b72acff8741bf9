#include "rooms/members.h"

#include "protocol/limits.h"

#include <algorithm>
#include <utility>

namespace tandem {

namespace {

constexpr std::int64_t idleAfterMs = 60'000;

} // namespace

Members::Members(const Clock& clock, const Replica& replica, Bus& bus, std::string topic)
    : m_clock(clock)
    , m_replica(replica)
    , m_emptySinceMs(clock.monotonicMs())
    , m_feed(bus, std::move(topic), clock, replica, *this) {}

Members::Member* Members::find(const Participant& participant) {
    const auto found = std::find_if(m_members.begin(), m_members.end(),
                                    [&](const Member& member) { return member.participant == &participant; });
    return found == m_members.end() ? nullptr : &*found;
}

bool Members::has(const Participant& participant) const {
    return std::any_of(m_members.begin(), m_members.end(),
                       [&](const Member& member) { return member.participant == &participant; });
}

bool Members::sees(const Participant& participant) const {
    return std::any_of(m_members.begin(), m_members.end(), [&](const Member& member) {
        return member.participant == &participant && member.seen;
    });
}

void Members::tellAll(const std::function<void(Participant&)>& tell) {
    std::vector<Participant*> participants;
    for (const Member& member : m_members)
        participants.push_back(member.participant);
    for (Participant* participant : participants) {
        if (has(*participant))
            tell(*participant);
    }
}

void Members::tellOthers(Peer peer) {
    m_feed.tell(peer);
    tellAll([&](Participant& participant) {
        if (find(participant)->peer.session != peer.session)
            participant.peerMoved(peer);
    });
}

void Members::moved(Participant& participant) {
    Member* member = find(participant);
    if (!member || !member->seen)
        return;
    const std::int64_t now = m_clock.monotonicMs();
    member->heldBack = now - member->toldAtMs < limits::cursorIntervalMs;
    if (member->heldBack) {
        m_holdsBack = true;
        return;
    }
    member->toldAtMs = now;
    tellOthers(member->peer);
}

void Members::tellHeldBack() {
    if (m_feed.isAsked()) {
        for (const Member& member : m_members) {
            if (member.seen)
                m_feed.tell(member.peer);
        }
    }
    if (!std::exchange(m_holdsBack, false))
        return;
    std::vector<Participant*> waiting;
    for (const Member& member : m_members) {
        if (member.heldBack)
            waiting.push_back(member.participant);
    }
    for (Participant* participant : waiting)
        moved(*participant);
}

void Members::join(Participant& participant, Peer peer) {
    tellAll([&peer](Participant& other) { other.peerJoined(peer); });
    add(participant, peer, true);
    m_feed.tell(peer);
}

void Members::attend(Participant& participant) {
    add(participant, {}, false);
}

void Members::add(Participant& participant, Peer peer, bool seen) {
    participant.m_joined = ++m_joined;
    const std::int64_t now = m_clock.monotonicMs();
    m_members.push_back(
        {&participant, std::move(peer), now, std::nullopt, seen, now - limits::cursorIntervalMs});
}

void Members::leave(Participant& participant) {
    const Member* member = find(participant);
    if (!member)
        return;
    const std::string session = member->peer.session;
    const bool seen = member->seen;
    std::erase_if(m_members, [&](const Member& one) { return one.participant == &participant; });
    m_emptySinceMs = m_clock.monotonicMs();
    if (!seen)
        return;
    m_feed.tellLeft(session);
    tellAll([&session](Participant& other) { other.peerLeft(session); });
}

void Members::rename(Participant& participant, std::string name, int color) {
    Member* member = find(participant);
    if (!member)
        return;
    member->peer.name = std::move(name);
    member->peer.color = color;
    moved(participant);
}

void Members::setSelection(Participant& participant, std::optional<Selection> selection) {
    Member* member = find(participant);
    if (!member)
        return;
    touch(participant);
    member->waiting.reset();
    if (selection && !standsIn(m_replica, *selection)) {
        member->waiting = std::move(selection);
        return;
    }
    member->peer.selection = std::move(selection);
    member->peer.idle = false;
    moved(participant);
}

void Members::settleSelections() {
    m_feed.settleSelections();
    std::vector<Participant*> settled;
    for (Member& member : m_members) {
        if (!member.waiting || !standsIn(m_replica, *member.waiting))
            continue;
        member.peer.selection = std::exchange(member.waiting, std::nullopt);
        member.peer.idle = false;
        settled.push_back(member.participant);
    }
    for (Participant* participant : settled)
        moved(*participant);
}

void Members::touch(Participant& participant) {
    if (Member* member = find(participant))
        member->activeAtMs = m_clock.monotonicMs();
}

std::vector<Peer> Members::othersThan(const Participant& participant) const {
    std::vector<Peer> peers;
    for (const Member& member : m_members) {
        if (member.participant != &participant && member.seen)
            peers.push_back(member.peer);
    }
    for (const Peer& peer : m_feed.elsewhere())
        peers.push_back(peer);
    return peers;
}

void Members::tick() {
    m_feed.tick();
    tellHeldBack();
    const std::int64_t now = m_clock.monotonicMs();
    std::vector<Participant*> changed;
    for (Member& member : m_members) {
        const bool idle = now - member.activeAtMs >= idleAfterMs;
        if (idle == member.peer.idle || !member.seen)
            continue;
        member.peer.idle = idle;
        changed.push_back(member.participant);
    }
    for (Participant* participant : changed)
        moved(*participant);
}

void Members::close(const Error& error) {
    const std::vector<Member> members = std::exchange(m_members, {});
    m_emptySinceMs = m_clock.monotonicMs();
    for (const Member& member : members) {
        if (member.seen)
            m_feed.tellLeft(member.peer.session);
        member.participant->roomClosed(error);
    }
}

// --- on other servers

bool Members::isHere(const std::string& session) const {
    return std::any_of(m_members.begin(), m_members.end(),
                       [&](const Member& member) { return member.seen && member.peer.session == session; });
}

void Members::peerAppeared(const Peer& peer) {
    tellAll([&peer](Participant& participant) { participant.peerJoined(peer); });
    tellAll([&peer](Participant& participant) { participant.peerMoved(peer); });
}

void Members::peerMoved(const Peer& peer) {
    tellAll([&peer](Participant& participant) { participant.peerMoved(peer); });
}

void Members::peerLeft(const std::string& session) {
    tellAll([&session](Participant& participant) { participant.peerLeft(session); });
}

} // namespace tandem
