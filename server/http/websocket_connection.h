// One WebSocket and the session behind it: frames, pings, what waits to be sent, how it ends. Owned by the
// door; lives on the event loop.
#pragma once

#include "base/clock.h"
#include "http/open_socket.h"
#include "http/socket_stream.h"
#include "http/websocket_entrance.h"
#include "http/websocket_frames.h"
#include "http/websocket_turn.h"
#include "metrics/measures.h"
#include "protocol/limits.h"
#include "sessions/connection.h"

#include <functional>
#include <list>
#include <memory>

namespace tandem {

class WebsocketConnection final : public Connection,
                                  private SocketStream::Listener,
                                  private WebsocketFrameReader::Listener,
                                  private WebsocketTurn::Sender {
public:
    // After the upgrade. `account` counts what comes; null: nobody does.
    WebsocketConnection(std::unique_ptr<SocketStream> stream, std::unique_ptr<OpenSocket> account,
                        WebsocketTurn& turn, const Clock& clock, Measures& measures);
    ~WebsocketConnection() override;
    WebsocketConnection(const WebsocketConnection&) = delete;
    WebsocketConnection& operator=(const WebsocketConnection&) = delete;

    // The socket has ended: the owner calls end() when the event loop runs on, not at once. Set it before
    // use.
    std::function<void(WebsocketConnection&)> onOver;

    // Before anything else; the session borrows this connection and the entrance, which may be null for one
    // that asks for no document. `received`: what came behind the upgrade already.
    void begin(std::unique_ptr<WebsocketEntrance> entrance, std::unique_ptr<Session> session,
               std::string received = {});
    void linkChanged(const DocumentId& document, std::optional<LinkNumber> link);
    // The client has not said yet who it is, though it must.
    bool awaitsHello() const { return !m_over && m_session->awaitsHello(); }
    // About once a second.
    void tick();
    // Tells the session that the socket is gone. Once, after onOver.
    void end() { m_session->closed(); }

    void send(const Frame& frame) override;
    void sendParts(std::function<Frame()> next) override;
    std::size_t queuedBytes() const override;
    void close(CloseCode code, std::string_view reason) override;

private:
    void readable() override;
    void writable() override;
    void sendGathered() override;
    void messageCame(std::string_view message) override;
    void pingCame(std::string_view payload) override;
    void pongCame() override { heard(); }
    void closeCame(int code) override;

    void take(std::span<char> bytes);
    void heard() { m_heardAtMs = m_clock.monotonicMs(); }
    void put(const Frame& frame);
    void put(WebsocketOpcode opcode, std::string_view payload);
    void lag();
    void beginClosing(int code, std::string_view reason);
    void over();
    void feed();
    bool writeOut();
    std::size_t bytesToWrite() const { return m_out.size() - m_outBegin; }

    std::unique_ptr<SocketStream> m_stream;
    std::unique_ptr<OpenSocket> m_account;
    WebsocketTurn& m_turn;
    const Clock& m_clock;
    Measures& m_measures;
    WebsocketFrameReader m_reader{limits::frameBytes};
    std::unique_ptr<WebsocketEntrance> m_entrance;
    std::unique_ptr<Session> m_session;
    // Large answers that are not out yet, and what was sent after them.
    struct Waiting {
        Frame frame; // or
        std::function<Frame()> parts;
    };
    std::list<Waiting> m_waiting;
    std::string m_out; // that the network has not taken, from m_outBegin on
    std::size_t m_outBegin = 0;
    std::size_t m_waitingBytes = 0; // of frames, not of parts
    std::int64_t m_sentBytes = 0;   // that the network has taken
    std::int64_t m_partsEnd = 0;    // of m_sentBytes: then the last part is out
    std::int64_t m_heardAtMs;
    std::int64_t m_tookAtMs; // when the network took something last, or nothing waited
    std::int64_t m_pingedAtMs;
    std::int64_t m_closingSinceMs = 0;
    std::size_t m_unheardBytes = 0; // that came since
    bool m_sendsLater = false;
    bool m_awaitsRoom = false; // the network takes nothing now
    bool m_closing = false;
    bool m_peerCloses = false;
    bool m_over = false;
};

} // namespace tandem
