#include "load/websocket_frames.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tandem::load {

namespace {

using Taken = std::vector<std::pair<Opcode, std::string>>;

std::string serverFrame(Opcode opcode, const std::string& payload) {
    std::string frame;
    frame.push_back(static_cast<char>(0x80U | static_cast<unsigned>(opcode)));
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame += {126, static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size() & 0xff)};
    } else {
        frame.push_back(127);
        for (int shift = 56; shift >= 0; shift -= 8)
            frame.push_back(static_cast<char>(payload.size() >> shift & 0xff));
    }
    return frame + payload;
}

} // namespace

TEST(WebsocketFrames, FramesOfAnyLengthComeWholeHoweverTheyAreCut) {
    const Taken sent = {{Opcode::binary, std::string(5, 'a')},
                        {Opcode::text, std::string()},
                        {Opcode::binary, std::string(125, 'b')},
                        {Opcode::binary, std::string(126, 'c')},
                        {Opcode::ping, "now"},
                        {Opcode::binary, std::string(70'000, 'd')}};
    std::string bytes;
    for (const auto& [opcode, payload] : sent)
        bytes += serverFrame(opcode, payload);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1000}, bytes.size()}) {
        ServerFrames frames;
        Taken taken;
        for (std::size_t i = 0; i < bytes.size(); i += piece) {
            ASSERT_TRUE(frames.read(std::string_view(bytes).substr(i, piece),
                                    [&](auto opcode, auto payload) { taken.emplace_back(opcode, payload); }));
        }
        EXPECT_EQ(taken, sent) << piece;
    }
}

TEST(WebsocketFrames, MaskedReservedAndContinuedFramesOfAServerAreErrors) {
    for (const std::string& bytes : {std::string("\x82\x81\0\0\0\0a", 7), std::string("\xc2\x01x"),
                                     std::string("\x02\x01x"), std::string("\x80\x01x")}) {
        ServerFrames frames;
        EXPECT_FALSE(frames.read(bytes, [](Opcode, std::string_view) {})) << bytes;
    }
}

TEST(WebsocketFrames, AClientsFrameIsMaskedWithItsKey) {
    std::string frame;
    appendClientFrame(frame, Opcode::text, "Hello", 0x3d21fa37U); // RFC 6455, 5.7
    EXPECT_EQ(frame, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    std::string large;
    appendClientFrame(large, Opcode::binary, std::string(70'000, 'x'), 0);
    EXPECT_EQ(large.substr(0, 10), std::string("\x82\xff\0\0\0\0\0\1\x11\x70", 10));
    EXPECT_EQ(large.size(), 70'014U);
}

} // namespace tandem::load
