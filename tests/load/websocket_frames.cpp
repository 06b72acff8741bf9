#include "load/websocket_frames.h"

#include <array>

namespace tandem::load {

namespace {

constexpr unsigned finalBit = 0x80;
constexpr unsigned maskBit = 0x80;
constexpr unsigned opcodeBits = 0x0f;
constexpr std::size_t twoByteLength = 126;
constexpr std::size_t eightByteLength = 127;

void appendLength(std::string& out, std::uint64_t length, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(length >> shift & 0xff));
}

struct Head {
    std::size_t size = 0; // 0: not whole yet
    std::uint64_t payload = 0;
};

Head headOf(std::string_view bytes) {
    if (bytes.size() < 2)
        return {};
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const std::size_t length = byte(1) & ~maskBit;
    const std::size_t more = length == twoByteLength ? 2 : length == eightByteLength ? 8 : 0;
    if (bytes.size() < 2 + more)
        return {};
    Head head{2 + more, more == 0 ? length : 0};
    for (std::size_t i = 0; i < more; ++i)
        head.payload = head.payload << 8 | byte(2 + i);
    return head;
}

} // namespace

void appendClientFrame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask) {
    out.push_back(static_cast<char>(finalBit | static_cast<unsigned>(opcode)));
    if (payload.size() < twoByteLength) {
        out.push_back(static_cast<char>(maskBit | payload.size()));
    } else if (payload.size() <= 0xffff) {
        out.push_back(static_cast<char>(maskBit | twoByteLength));
        appendLength(out, payload.size(), 2);
    } else {
        out.push_back(static_cast<char>(maskBit | eightByteLength));
        appendLength(out, payload.size(), 8);
    }
    std::array<char, 4> key{};
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<char>(mask >> (8 * i) & 0xff);
    out.append(key.data(), key.size());
    const std::size_t begin = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[begin + i] = static_cast<char>(out[begin + i] ^ key[i % key.size()]);
}

bool ServerFrames::read(std::string_view bytes, const Take& take) {
    std::string begun;
    if (!m_begun.empty()) {
        m_begun.append(bytes);
        begun.swap(m_begun); // whoever takes a frame may end the connection, which clears m_begun
        bytes = begun;
    }
    for (;;) {
        const Head head = headOf(bytes);
        if (head.size == 0 || bytes.size() - head.size < head.payload)
            break;
        const auto first = static_cast<unsigned char>(bytes[0]);
        const auto second = static_cast<unsigned char>(bytes[1]);
        if ((first & ~opcodeBits) != finalBit || (first & opcodeBits) == 0 || (second & maskBit) != 0)
            return false;
        take(static_cast<Opcode>(first & opcodeBits), bytes.substr(head.size, head.payload));
        bytes.remove_prefix(head.size + head.payload);
    }
    m_begun.assign(bytes);
    return true;
}

} // namespace tandem::load
