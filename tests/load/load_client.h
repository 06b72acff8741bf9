// One member of a document, as a desktop or a page is one: the real OpenDocument and ClientSession on a
// socket of their own. Types at its caret, notes when each edit was due, and sees when others' edits have
// come. Owned by the crowd; one thread.
#pragma once

#include "client/client_session.h"
#include "load/latency_histogram.h"
#include "load/load_socket.h"

#include <deque>
#include <limits>
#include <vector>

namespace tandem::load {

class LoadClient;

constexpr std::int64_t noWake = std::numeric_limits<std::int64_t>::max();

// What one member typed.
struct TypedEdit {
    Counter last = 0;
    std::int64_t dueNs = 0;
};

// What came of the edits of a room, or of several.
struct Outcome {
    std::uint64_t edits = 0;
    std::uint64_t acked = 0;
    std::uint64_t delivered = 0; // to one other member each
    LatencyHistogram delivery;   // due -> applied by another member
    LatencyHistogram across;     // the same, of members at different servers
    LatencyHistogram ack;
};

// The members of one document.
struct LoadRoom {
    std::string document;
    std::vector<LoadClient*> members;
    std::vector<LoadClient*> writers; // of them
    Outcome outcome;
};

class LoadClient final : private Transport, private SocketOwner {
public:
    // `server` is the number of its address among those of the run.
    LoadClient(Poller& poller, LoadRoom& room, const ServerAddress& address, std::size_t server,
               std::string source, const Clock& clock, Random& random);

    void start() { m_session.start(); }
    void stop() { m_session.stop(); }
    void tick() { m_session.tick(); }
    void flush() { m_socket.flush(); }
    // Monotonic milliseconds.
    std::int64_t wakeAtMs() const { return m_session.wakeAtMs(); }

    // Types one character, which was due at this time.
    void type(std::int64_t dueNs);
    void movesCaret(bool moves) { m_movesCaret = moves; }
    // Before start().
    void readPacked();
    // Edits of any kind, not noted.
    OpenDocument& document() { return m_document; }
    const OpenDocument& document() const { return m_document; }

    bool isLive() const { return m_session.state() == ClientSession::State::live; }
    const std::string& problem() const { return m_session.problem(); }
    std::size_t typedCount() const { return m_typed.size(); }
    std::size_t inFlight() const { return m_document.outbox().size(); }
    std::uint64_t receivedBytes() const { return m_socket.receivedBytes(); }
    // When the last bytes came that it has applied.
    std::int64_t receivedAtNs() const { return m_receivedAtNs; }
    // Connections that it has lost or that were refused.
    std::uint64_t lostConnections() const { return m_lostConnections; }

    std::function<void(LoadClient&)> onChanged; // something came

    // --- for the crowd
    bool isFillingUp = false;            // types whenever fewer edits are under way than shall be
    std::int64_t plannedWakeMs = noWake; // the earliest one planned

private:
    void open() override;
    void send(std::string_view frame) override;
    void close() override;
    void socketOpened() override;
    void socketReceived(std::string_view message) override;
    void socketClosed(int code, std::string_view reason) override;
    std::size_t caretIndex() const;
    void noteAcks();
    void noteDeliveries();

    LoadRoom& m_room;
    ServerAddress m_address;
    std::size_t m_server;
    OpenDocument m_document;
    LoadSocket m_socket;
    ClientSession m_session;
    bool m_movesCaret = false;
    Anchor m_caret;
    std::deque<TypedEdit> m_typed;
    std::size_t m_acked = 0;
    std::vector<std::size_t> m_seen; // edits of each writer of the room
    std::int64_t m_receivedAtNs = 0;
    std::uint64_t m_lostConnections = 0;
};

} // namespace tandem::load
