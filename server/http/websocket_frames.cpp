#include "http/websocket_frames.h"

#include "base/utf8.h"

#include <QCryptographicHash>

#include <array>
#include <cstring>

namespace tandem {

namespace {

constexpr unsigned finalBit = 0x80;
constexpr unsigned reservedBits = 0x70;
constexpr unsigned opcodeBits = 0x0f;
constexpr unsigned maskBit = 0x80;
constexpr std::size_t twoByteLength = 126;
constexpr std::size_t eightByteLength = 127;
constexpr std::size_t longestControl = 125;
constexpr std::size_t maskBytes = 4;
constexpr int noCode = 1005;

using Fault = WebsocketFrameReader::Fault;

constexpr Fault broken(std::string_view reason) {
    return {1002, reason};
}
constexpr Fault tooLarge{1009, "a message is larger than this server takes"};
constexpr Fault notUtf8{1007, "a text is not UTF-8"};

void appendNumber(std::string& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(number >> shift & 0xff));
}

bool isControl(WebsocketOpcode opcode) {
    return opcode >= WebsocketOpcode::close;
}

bool isKnown(unsigned opcode) {
    return opcode <= static_cast<unsigned>(WebsocketOpcode::binary) ||
           (opcode >= static_cast<unsigned>(WebsocketOpcode::close) &&
            opcode <= static_cast<unsigned>(WebsocketOpcode::pong));
}

// Codes that may stand in a frame (RFC 6455, 7.4).
bool maySay(int code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

void unmask(std::span<char> payload, const char* key) {
    std::array<char, 8> twice{};
    std::memcpy(twice.data(), key, maskBytes);
    std::memcpy(twice.data() + maskBytes, key, maskBytes);
    std::uint64_t mask = 0;
    std::memcpy(&mask, twice.data(), sizeof mask);
    std::size_t i = 0;
    for (; i + sizeof mask <= payload.size(); i += sizeof mask) {
        std::uint64_t word = 0;
        std::memcpy(&word, payload.data() + i, sizeof word);
        word ^= mask;
        std::memcpy(payload.data() + i, &word, sizeof word);
    }
    for (; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload[i] ^ key[i % maskBytes]);
}

} // namespace

void appendFrame(std::string& out, WebsocketOpcode opcode, std::string_view payload) {
    out.push_back(static_cast<char>(finalBit | static_cast<unsigned>(opcode)));
    if (payload.size() < twoByteLength) {
        out.push_back(static_cast<char>(payload.size()));
    } else if (payload.size() <= 0xffff) {
        out.push_back(static_cast<char>(twoByteLength));
        appendNumber(out, payload.size(), 2);
    } else {
        out.push_back(static_cast<char>(eightByteLength));
        appendNumber(out, payload.size(), 8);
    }
    out.append(payload);
}

std::string closePayload(int code, std::string_view reason) {
    std::string payload;
    appendNumber(payload, static_cast<std::uint64_t>(code), 2);
    std::size_t size = std::min(reason.size(), longestControl - payload.size());
    constexpr auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
    while (size < reason.size() && size > 0 && continues(reason[size]))
        --size;
    payload += reason.substr(0, size);
    return payload;
}

std::string upgradeAnswer(std::string_view key, std::string_view protocol) {
    QByteArray text(key.data(), static_cast<qsizetype>(key.size()));
    text += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
    std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    answer += "Sec-WebSocket-Accept: " +
              QCryptographicHash::hash(text, QCryptographicHash::Sha1).toBase64().toStdString() + "\r\n";
    if (!protocol.empty())
        answer += "Sec-WebSocket-Protocol: " + std::string(protocol) + "\r\n";
    return answer + "\r\n";
}

std::optional<Fault> WebsocketFrameReader::readHead(std::string_view bytes, Head& head) const {
    if (bytes.size() < 2)
        return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned opcode = byte(0) & opcodeBits;
    if ((byte(0) & reservedBits) != 0)
        return broken("a reserved bit is set");
    if (!isKnown(opcode))
        return broken("an opcode is not known");
    if ((byte(1) & maskBit) == 0)
        return broken("a frame is not masked");
    head.opcode = static_cast<WebsocketOpcode>(opcode);
    head.isFinal = (byte(0) & finalBit) != 0;
    const std::size_t length = byte(1) & ~maskBit;
    if (isControl(head.opcode) && (!head.isFinal || length > longestControl))
        return broken("a control frame is in pieces or too long");
    if (head.opcode == WebsocketOpcode::continuation && m_kind == WebsocketOpcode::continuation)
        return broken("a frame goes on with nothing");
    if (!isControl(head.opcode) && head.opcode != WebsocketOpcode::continuation &&
        m_kind != WebsocketOpcode::continuation)
        return broken("a message begins within another");
    const std::size_t more = length == twoByteLength ? 2 : length == eightByteLength ? 8 : 0;
    if (bytes.size() < 2 + more)
        return std::nullopt;
    head.payload = more == 0 ? length : 0;
    for (std::size_t i = 0; i < more; ++i)
        head.payload = head.payload << 8 | byte(2 + i);
    const std::size_t before = isControl(head.opcode) ? 0 : m_message.size();
    if (head.payload > m_most - before)
        return tooLarge;
    head.size = 2 + more + maskBytes;
    return std::nullopt;
}

std::optional<Fault> WebsocketFrameReader::read(std::span<char> bytes, Listener& listener) {
    if (m_begun.empty()) {
        auto fault = readWhole(bytes, listener);
        m_begun.assign(bytes.data(), bytes.size());
        return fault;
    }
    m_begun.append(bytes.data(), bytes.size());
    if (m_begun.size() < m_needed)
        return std::nullopt;
    std::string all;
    all.swap(m_begun);
    std::span<char> left(all);
    auto fault = readWhole(left, listener);
    m_begun.assign(left.data(), left.size());
    return fault;
}

// Takes all frames that are whole from `bytes`.
std::optional<Fault> WebsocketFrameReader::readWhole(std::span<char>& bytes, Listener& listener) {
    while (!bytes.empty()) {
        Head head;
        if (const auto fault = readHead({bytes.data(), bytes.size()}, head))
            return fault;
        m_needed = head.size + static_cast<std::size_t>(head.payload);
        if (head.size == 0 || bytes.size() < m_needed)
            break;
        const auto payload = bytes.subspan(head.size, static_cast<std::size_t>(head.payload));
        unmask(payload, bytes.data() + head.size - maskBytes);
        bytes = bytes.subspan(m_needed);
        if (const auto fault = take(head, {payload.data(), payload.size()}, listener))
            return fault;
    }
    return std::nullopt;
}

std::optional<Fault> WebsocketFrameReader::take(const Head& head, std::string_view payload,
                                                Listener& listener) {
    switch (head.opcode) {
    case WebsocketOpcode::ping:
        listener.pingCame(payload);
        return std::nullopt;
    case WebsocketOpcode::pong:
        listener.pongCame();
        return std::nullopt;
    case WebsocketOpcode::close: {
        if (payload.empty()) {
            listener.closeCame(noCode);
            return std::nullopt;
        }
        const int code = payload.size() < 2 ? 0
                                            : static_cast<unsigned char>(payload[0]) << 8 |
                                                  static_cast<unsigned char>(payload[1]);
        if (!maySay(code))
            return broken("a close frame has no proper code");
        if (!fromUtf8(payload.substr(2)).ok())
            return notUtf8;
        listener.closeCame(code);
        return std::nullopt;
    }
    default:
        return takeData(head, payload, listener);
    }
}

std::optional<Fault> WebsocketFrameReader::takeData(const Head& head, std::string_view payload,
                                                    Listener& listener) {
    const WebsocketOpcode kind = head.opcode == WebsocketOpcode::continuation ? m_kind : head.opcode;
    if (!head.isFinal) {
        m_kind = kind;
        m_message.append(payload);
        return std::nullopt;
    }
    std::string whole; // only of several frames
    if (head.opcode == WebsocketOpcode::continuation) {
        m_kind = WebsocketOpcode::continuation;
        whole.swap(m_message);
        whole.append(payload);
        payload = whole;
    }
    if (kind == WebsocketOpcode::text && !fromUtf8(payload).ok())
        return notUtf8;
    listener.messageCame(payload);
    return std::nullopt;
}

} // namespace tandem
