// Stands between a connection and a client's session and holds others' changes back until they are asked for,
// so that a replay decides what a client knows when it edits. Everything else passes at once.
//
// As changes are let through in another order than the log's, the gate numbers the versions anew: the client
// sees a log of its own, in which each change takes the next version. A connection that comes back would need
// the real ones, so a replay ends with its connection.
//
// Owned by GatedClient; borrows the connection and the document, which must outlive it. Lives on their
// thread. Invariant: what the document contains is what was let through, and its own changes; changes of one
// replica are let through in counter order.
#pragma once

#include "client/open_document.h"
#include "client/transport.h"

#include <deque>
#include <functional>
#include <unordered_map>

namespace tandem {

namespace message {
struct Ack;
struct DocUpdate;
} // namespace message

class Gate final : public Transport {
public:
    Gate(Transport& connection, const OpenDocument& document)
        : m_connection(connection), m_document(document) {}

    // Where frames that pass go. Set before the connection opens.
    std::function<void(std::string_view)> onFrame;

    // A frame came from the connection.
    void received(std::string_view frame);

    // Lets the changes of `replica` up to and including counter `through` pass. False, and nothing has
    // passed, when the last of them has not come yet.
    bool release(ReplicaId replica, Counter through);

    void open() override { m_connection.open(); }
    void send(std::string_view frame) override { m_connection.send(frame); }
    void close() override { m_connection.close(); }

private:
    struct Held {
        Counter last = 0;
        std::int64_t timeMs = 0;
        std::string bytes;
    };

    void hold(message::DocUpdate update);
    void pass(message::Ack ack);

    Transport& m_connection;
    const OpenDocument& m_document;
    std::unordered_map<ReplicaId, std::deque<Held>> m_held;
};

} // namespace tandem
