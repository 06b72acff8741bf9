// Keeps an OpenDocument in step with a server: says hello, sends the outbox, applies what comes, comes back
// after a lost connection. Sans-I/O: whoever owns it feeds it events and time and gives it a Transport. Lives
// on the thread of its document, which must outlive it.
//
//   offline -> connecting -> joining -> live
//      ^___________|____________|________|       (stopped: the server refused this person; only start() leads
//      out)
//
// Invariant: an edit leaves the outbox only when a server has said that it is durable.
#pragma once

#include "base/backoff.h"
#include "base/clock.h"
#include "base/token_bucket.h"
#include "client/open_document.h"
#include "client/transport.h"

#include <deque>
#include <optional>
#include <set>

namespace tandem {

namespace message {
struct Snapshot;
struct Welcome;
struct Nack;
} // namespace message

class ClientSession {
public:
    struct Person {
        std::string name;
        int color = 0;
        std::string token = {}; // the secret of a share link; empty: none
    };

    // Reads packed snapshots, which are smaller; this class knows no compression. Is answered with
    // unpacked(), from within the call or, where unpacking takes turns of an event loop, later.
    using Unpack = std::function<void(std::uint64_t ticket, std::string packed)>;

    enum class State { offline, connecting, joining, live, stopped };

    ClientSession(OpenDocument& document, Transport& transport, const Clock& clock, Random& random,
                  Person person, std::string client);

    // Before start(); without it snapshots come as they are.
    void setUnpack(Unpack unpack) { m_unpack = std::move(unpack); }

    // --- for programs

    void start();    // connect now, and keep connected
    void stop();     // go offline and stay there
    void retryNow(); // do not wait for the next attempt

    // Own selection, shown to others; at most one in 50 ms is sent, the last one always.
    void setSelection(std::optional<Selection> selection);

    State state() const { return m_state; }
    // Milliseconds until the next attempt; only while offline and started.
    std::optional<std::int64_t> retryInMs() const;
    // Why it stopped or was refused, in a sentence; empty when all is well.
    const std::string& problem() const { return m_problem; }
    bool mayEdit() const { return m_role != "viewer"; }

    std::function<void()> onStateChanged; // state, problem, role

    // While it holds, frames that come are kept, to be taken in their order when it goes on: so long nothing
    // of others' reaches the document.
    void hold();
    void goOn();

    // What a packed snapshot says; one that is not awaited any more is not heard.
    void unpacked(std::uint64_t ticket, Result<std::string> bytes);

    // --- for the owner of the Transport

    void connectionOpened();
    void received(std::string_view frame);
    void connectionClosed(int code, std::string_view reason);

    // Does what is due: sending, pings, giving up on a silent server, the next attempt. Call it when
    // wakeAtMs() has come and at the end of an event-loop turn in which the document was edited.
    void tick();
    // Monotonic time of the next needed tick().
    std::int64_t wakeAtMs() const;

private:
    void setState(State state);
    void fail(std::string problem);
    void goOffline(std::int64_t delayMs);
    void sendHello();
    void sendOutbox();
    void sendSelection();
    void handleWelcome(const message::Welcome& welcome);
    void handleSnapshot(const message::Snapshot& part);
    void adoptSnapshot(const Result<std::string>& bytes);
    bool keepsFrames() const { return m_holds || m_awaitedTicket != 0; }
    void takeKeptFrames();
    void forgetFrames();
    void take(std::string_view frame);
    void setRole(const std::string& role);
    void settleProblem();
    void handleNack(const message::Nack& nack);

    OpenDocument& m_document;
    Transport& m_transport;
    const Clock& m_clock;
    Random& m_random;
    Person m_person;
    std::string m_client;
    Unpack m_unpack;

    State m_state = State::offline;
    bool m_started = false;
    std::string m_problem;
    std::string m_role = "editor";
    Backoff m_backoff;
    std::int64_t m_retryAtMs = 0;
    std::int64_t m_heardAtMs = 0;
    std::int64_t m_pingedAtMs = 0;
    std::int64_t m_pauseUntilMs = 0; // after a retryable nack
    TokenBucket m_submits;           // keeps below what a server takes

    std::string m_pendingEpoch; // of the welcome, adopted with the snapshot
    std::string m_snapshotBytes;
    std::size_t m_snapshotPart = 0;
    Seq m_snapshotVersion = 0;
    std::uint64_t m_lastTicket = 0;
    std::uint64_t m_awaitedTicket = 0; // of the snapshot that is being unpacked; 0: none
    bool m_holds = false;
    std::deque<std::string> m_keptFrames;
    int m_staleServers = 0;         // left, in a row, for the log they still had
    std::set<ReplicaId> m_keysSent; // on this connection
    bool m_logChanged = false;      // on this connection: the server has been restored from a backup

    std::optional<Selection> m_selection;
    bool m_selectionChanged = false;
    std::int64_t m_selectionSentAtMs = 0;
};

} // namespace tandem
