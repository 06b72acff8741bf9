#include "integration/raw_websocket.h"

#include "integration/raw_socket.h"
#include "integration/waiting.h"

namespace tandem {

namespace {

constexpr int answerMs = 20'000;

QByteArray bigEndian(quint64 value, int bytes) {
    QByteArray result;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        result += static_cast<char>(value >> shift);
    return result;
}

quint64 fromBigEndian(const QByteArray& bytes) {
    quint64 value = 0;
    for (const char each : bytes)
        value = value << 8 | static_cast<unsigned char>(each);
    return value;
}

// Takes whole frames off `bytes` until one closes; its code.
std::optional<int> takeCloseCode(QByteArray& bytes) {
    constexpr int closing = 0x8;
    while (bytes.size() >= 2) {
        const int shortLength = bytes[1] & 0x7F;
        const int lengthBytes = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        const quint64 length =
            lengthBytes == 0 ? static_cast<quint64>(shortLength) : fromBigEndian(bytes.mid(2, lengthBytes));
        const quint64 whole = 2 + static_cast<quint64>(lengthBytes) + length;
        if (static_cast<quint64>(bytes.size()) < whole)
            return std::nullopt;
        if ((bytes[0] & 0xF) == closing)
            return static_cast<int>(fromBigEndian(bytes.mid(2, 2)));
        bytes.remove(0, static_cast<qsizetype>(whole));
    }
    return std::nullopt;
}

} // namespace

QByteArray clientFrame(int head, const QByteArray& payload, std::optional<quint64> length) {
    constexpr char masked = '\x80';
    const quint64 size = length.value_or(static_cast<quint64>(payload.size()));
    QByteArray bytes(1, static_cast<char>(head));
    if (size < 126)
        bytes += static_cast<char>(masked | static_cast<char>(size));
    else if (size <= 0xFFFF)
        bytes += static_cast<char>(masked | 126) + bigEndian(size, 2);
    else
        bytes += static_cast<char>(masked | 127) + bigEndian(size, 8);
    return bytes + QByteArray(4, '\0') + payload;
}

bool RawWebsocket::open(const QUrl& url, const QByteArray& protocol) {
    m_socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
    m_socket.write(upgradeRequest(url, protocol));
    qsizetype end = -1;
    waitUntil(
        [&] {
            m_received += m_socket.readAll();
            end = m_received.indexOf("\r\n\r\n");
            return end >= 0 || m_socket.state() == QAbstractSocket::UnconnectedState;
        },
        answerMs);
    const bool upgraded = end >= 0 && m_received.startsWith("HTTP/1.1 101 ");
    m_received.remove(0, end + 4);
    return upgraded;
}

int RawWebsocket::waitForClose() {
    std::optional<int> code;
    waitUntil(
        [&] {
            const bool ended = m_socket.state() == QAbstractSocket::UnconnectedState;
            m_received += m_socket.readAll();
            code = takeCloseCode(m_received);
            return code.has_value() || ended;
        },
        answerMs);
    return code.value_or(0);
}

void RawWebsocket::settle(int ms) {
    spin(ms);
}

} // namespace tandem
