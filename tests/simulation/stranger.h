// Someone who knows the protocol and keeps to none of it: claims others' replica ids with keys of its own,
// leaves gaps, names elements that nobody made, sends what is no message. Now and then it writes something
// that anyone may. Owned by the World.
#pragma once

#include "crdt/change.h"
#include "protocol/message.h"
#include "simulation/network.h"

#include <set>

namespace tandem::simulation {

class Stranger final : private WireEnd {
public:
    Stranger(Environment& environment, Network& network, std::size_t number)
        : m_environment(environment), m_network(network), m_number(number) {}
    ~Stranger() override { leave(); }
    Stranger(const Stranger&) = delete;
    Stranger& operator=(const Stranger&) = delete;

    // Does the next bad thing.
    void act();
    void leave();

    // The ids that it may write under.
    const std::set<ReplicaId>& replicas() const { return m_replicas; }

private:
    struct Author {
        ReplicaId replica = 0;
        std::string key;
        Counter next = 1;
    };

    void arrive();
    void greet();
    void actAsOperationsClient();
    void actAsPlainClient();
    void submit(ReplicaId replica, std::optional<std::string> key, std::string change);
    std::string changeOf(ReplicaId replica, Counter first, OpId parent) const;
    std::string junk();
    void send(std::string frame);
    void beSomeoneNew();
    ReplicaId victim();
    Counter anyCounter(Counter most);
    OpId nobodysElement();
    void received(std::string_view frame) override;
    void wireClosed(int code, const std::string& reason) override;

    Environment& m_environment;
    Network& m_network;
    std::size_t m_number;
    ClientKind m_kind = ClientKind::operations;
    std::shared_ptr<Wire> m_wire;
    bool m_greeted = false;
    bool m_mayWrite = false; // knows under which id
    Author m_self;
    std::set<ReplicaId> m_replicas;
    std::map<ReplicaId, std::string> m_heard; // others' ids, with a change of each
};

} // namespace tandem::simulation
