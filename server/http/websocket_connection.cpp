#include "http/websocket_connection.h"

#include "protocol/codec.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::int64_t closingMs = 5'000;
constexpr std::size_t feedBytes = 512 * 1024; // of parts, on their way at once
// What still comes from one that is told to go, so that it can read why.
constexpr std::size_t unheardBytes = 8 * limits::frameBytes;
// So much of what is sent already is kept, before the rest is moved.
constexpr std::size_t sentKept = 256 * 1024;

} // namespace

WebsocketConnection::WebsocketConnection(std::unique_ptr<SocketStream> stream,
                                         std::unique_ptr<OpenSocket> account, WebsocketTurn& turn,
                                         const Clock& clock, Measures& measures)
    : m_stream(std::move(stream))
    , m_account(std::move(account))
    , m_turn(turn)
    , m_clock(clock)
    , m_measures(measures)
    , m_heardAtMs(clock.monotonicMs())
    , m_tookAtMs(m_heardAtMs)
    , m_pingedAtMs(m_heardAtMs) {}

WebsocketConnection::~WebsocketConnection() {
    m_turn.forget(*this);
}

void WebsocketConnection::begin(std::unique_ptr<WebsocketEntrance> entrance, std::unique_ptr<Session> session,
                                std::string received) {
    m_entrance = std::move(entrance);
    m_session = std::move(session);
    if (m_entrance)
        m_entrance->setSession(*m_session);
    m_stream->listen(*this);
    m_session->opened();
    if (!received.empty())
        take(received);
}

void WebsocketConnection::linkChanged(const DocumentId& document, std::optional<LinkNumber> link) {
    if (!m_closing && !m_over && m_entrance)
        m_entrance->linkChanged(document, link);
}

// --- what comes

// One buffer at a time, so that whoever sends much keeps nobody waiting.
void WebsocketConnection::readable() {
    if (m_over)
        return;
    const std::span<char> buffer = m_turn.buffer();
    const auto count = m_stream->read(buffer);
    if (!count)
        return over();
    take(buffer.first(*count));
}

void WebsocketConnection::take(std::span<char> bytes) {
    if (m_closing) {
        m_unheardBytes += bytes.size();
        if (m_unheardBytes > unheardBytes)
            over();
        return;
    }
    if (const auto fault = m_reader.read(bytes, *this); fault && !m_closing)
        beginClosing(fault->code, fault->reason);
}

void WebsocketConnection::messageCame(std::string_view message) {
    if (m_closing)
        return;
    heard();
    if (m_account && !m_account->takesFrame(static_cast<std::int64_t>(message.size())))
        return close(CloseCode::tooFast, "more bytes than one address may send");
    m_session->received(message);
}

void WebsocketConnection::pingCame(std::string_view payload) {
    if (m_closing)
        return;
    if (queuedBytes() > limits::outboundBytes)
        return lag();
    put(WebsocketOpcode::pong, payload);
}

void WebsocketConnection::closeCame(int code) {
    m_peerCloses = true;
    if (m_closing)
        return;
    constexpr int noCode = 1005;
    beginClosing(code == noCode ? static_cast<int>(CloseCode::normal) : code, {});
}

// --- what goes

void WebsocketConnection::put(const Frame& frame) {
    const bool isJson = codec::encodingOf(*frame) == codec::Encoding::json;
    put(isJson ? WebsocketOpcode::text : WebsocketOpcode::binary, *frame);
}

void WebsocketConnection::put(WebsocketOpcode opcode, std::string_view payload) {
    appendFrame(m_out, opcode, payload);
    if (!m_awaitsRoom && !std::exchange(m_sendsLater, true))
        m_turn.sendLater(*this);
}

// False: the network takes no more now, or the socket is gone.
bool WebsocketConnection::writeOut() {
    while (bytesToWrite() > 0) {
        const auto count = m_stream->write(std::string_view(m_out).substr(m_outBegin));
        if (!count) {
            over();
            return false;
        }
        if (*count == 0) {
            m_awaitsRoom = true;
            return false;
        }
        m_outBegin += *count;
        m_sentBytes += static_cast<std::int64_t>(*count);
        m_tookAtMs = m_clock.monotonicMs();
        if (!m_waiting.empty())
            m_heardAtMs = m_tookAtMs; // a ping stands behind the parts; that they go out shows life as well
        if (m_outBegin > sentKept && m_outBegin > m_out.size() / 2)
            m_out.erase(0, std::exchange(m_outBegin, 0));
    }
    m_out = std::string(); // an idle connection keeps nothing
    m_outBegin = 0;
    return true;
}

void WebsocketConnection::sendGathered() {
    m_sendsLater = false;
    // A little more the network takes at any time; only room that it tells of shows that somebody reads.
    if (!m_awaitsRoom)
        writable();
}

void WebsocketConnection::writable() {
    if (m_over)
        return;
    m_awaitsRoom = false;
    bool all = writeOut();
    feed();
    while (all && bytesToWrite() > 0) {
        all = writeOut();
        feed();
    }
    m_stream->awaitRoom(m_awaitsRoom);
    if (!all || !m_closing || m_over)
        return;
    if (m_peerCloses)
        over();
    else
        m_stream->endWriting(); // it reads why, and ends the connection
}

void WebsocketConnection::tick() {
    if (m_over)
        return;
    const std::int64_t now = m_clock.monotonicMs();
    if (m_closing) {
        // A peer that does not read would keep the socket for ever.
        if (now - m_closingSinceMs > closingMs)
            over();
        return;
    }
    if (now - m_heardAtMs > limits::deadAfterMs) {
        over();
        return;
    }
    if (bytesToWrite() == 0)
        m_tookAtMs = now;
    if (now - m_tookAtMs > limits::deadAfterMs) {
        lag(); // it may say something now and then, but reads nothing
        return;
    }
    if (now - m_pingedAtMs >= limits::pingAfterMs) {
        m_pingedAtMs = now;
        put(WebsocketOpcode::ping, {});
    }
    if (m_entrance)
        m_entrance->tick();
    m_session->tick();
}

void WebsocketConnection::send(const Frame& frame) {
    if (m_closing || m_over)
        return;
    // Counted before the frame, so that one large snapshot alone is no lag.
    if (queuedBytes() > limits::outboundBytes) {
        lag();
        return;
    }
    if (m_waiting.empty()) {
        put(frame);
        return;
    }
    m_waiting.push_back({frame, {}});
    m_waitingBytes += frame->size();
}

void WebsocketConnection::sendParts(std::function<Frame()> next) {
    if (m_closing || m_over)
        return;
    // One may be going out and the next one wait.
    const auto waiting = std::count_if(m_waiting.begin(), m_waiting.end(),
                                       [](const Waiting& one) { return one.parts != nullptr; });
    if (waiting > 1) {
        lag();
        return;
    }
    m_waiting.push_back({nullptr, std::move(next)});
    feed();
}

void WebsocketConnection::lag() {
    if (!m_closing && !m_over)
        m_measures.slowClientClosed();
    close(CloseCode::lagging, "reading too slowly; come back");
}

void WebsocketConnection::feed() {
    if (m_closing || m_over)
        return;
    while (!m_waiting.empty() && bytesToWrite() < feedBytes) {
        Waiting& first = m_waiting.front();
        if (first.frame)
            m_waitingBytes -= first.frame->size();
        const Frame frame = first.frame ? first.frame : first.parts();
        if (frame)
            put(frame);
        if (frame && !first.frame)
            m_partsEnd = m_sentBytes + static_cast<std::int64_t>(bytesToWrite());
        if (first.frame || !frame)
            m_waiting.pop_front();
    }
}

std::size_t WebsocketConnection::queuedBytes() const {
    const std::int64_t ofParts = std::max<std::int64_t>(0, m_partsEnd - m_sentBytes);
    const auto toWrite = static_cast<std::int64_t>(bytesToWrite());
    return static_cast<std::size_t>(std::max<std::int64_t>(0, toWrite - ofParts)) + m_waitingBytes;
}

// --- the end

void WebsocketConnection::close(CloseCode code, std::string_view reason) {
    beginClosing(static_cast<int>(code), reason);
}

void WebsocketConnection::beginClosing(int code, std::string_view reason) {
    if (m_closing || m_over)
        return;
    m_closing = true;
    m_closingSinceMs = m_clock.monotonicMs();
    put(WebsocketOpcode::close, closePayload(code, reason));
}

void WebsocketConnection::over() {
    if (std::exchange(m_over, true))
        return;
    m_stream->close();
    onOver(*this);
}

} // namespace tandem
