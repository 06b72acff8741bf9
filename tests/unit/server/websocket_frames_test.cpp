#include "http/websocket_frames.h"

#include <gtest/gtest.h>

#include <vector>

namespace tandem {
namespace {

constexpr int final = 0x80;
constexpr int text = 1;
constexpr int binary = 2;
constexpr int closing = 8;
constexpr int ping = 9;

struct Events final : WebsocketFrameReader::Listener {
    std::vector<std::string> all;

    void messageCame(std::string_view message) override { all.push_back("message " + std::string(message)); }
    void pingCame(std::string_view payload) override { all.push_back("ping " + std::string(payload)); }
    void pongCame() override { all.push_back("pong"); }
    void closeCame(int code) override { all.push_back("close " + std::to_string(code)); }
};

std::string frame(int head, const std::string& payload, const std::string& mask = "\x11\x22\x33\x44") {
    std::string bytes(1, static_cast<char>(head));
    if (payload.size() < 126) {
        bytes += static_cast<char>(0x80U | payload.size());
    } else if (payload.size() <= 0xffff) {
        bytes += {static_cast<char>(0xfe), static_cast<char>(payload.size() >> 8),
                  static_cast<char>(payload.size() & 0xff)};
    } else {
        bytes += static_cast<char>(0xff);
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes += static_cast<char>(payload.size() >> shift & 0xff);
    }
    bytes += mask;
    for (std::size_t i = 0; i < payload.size(); ++i)
        bytes += static_cast<char>(payload[i] ^ mask[i % mask.size()]);
    return bytes;
}

// What comes of these bytes in pieces of this size, and the fault's code at its end.
std::vector<std::string> eventsOf(std::string bytes, std::size_t piece, std::size_t most = 1'000'000) {
    Events events;
    WebsocketFrameReader reader(most);
    for (std::size_t i = 0; i < bytes.size(); i += piece) {
        const auto fault =
            reader.read(std::span(bytes).subspan(i, std::min(piece, bytes.size() - i)), events);
        if (!fault)
            continue;
        events.all.push_back("fault " + std::to_string(fault->code));
        break;
    }
    return events.all;
}

using Expected = std::vector<std::string>;

} // namespace

TEST(WebsocketFrames, MessagesComeWholeHoweverTheirBytesAreCut) {
    const std::string middle(300, 'm');
    const std::string large(70'000, 'l');
    const std::string bytes = frame(final | text, "Grüße") + frame(final | binary, "") +
                              frame(final | binary, middle) + frame(binary, "one ") +
                              frame(final | ping, "now") + frame(0, "message ") + frame(final | 0, "only") +
                              frame(final | 0xa, "") + frame(final | text, large) +
                              frame(final | closing, "\x0f\xa0"
                                                     "bye");
    const Expected expected = {
        "message Grüße", "message ",         "message " + middle, "ping now", "message one message only",
        "pong",          "message " + large, "close 4000"};
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{1000}, bytes.size()})
        EXPECT_EQ(eventsOf(bytes, piece), expected) << piece;
}

TEST(WebsocketFrames, WhatBreaksTheRulesIsAFaultAsSoonAsItShows) {
    std::string notMasked = frame(final | text, "a");
    notMasked[1] = '\1';
    for (const std::string& bytes :
         {frame(final | 0x40 | text, "a"), frame(final | 3, "a"), frame(final | 0, "a"), frame(ping, "a"),
          frame(final | ping, std::string(126, 'a')), notMasked, frame(final | closing, "x"),
          frame(final | closing, std::string("\x03\xed", 2))}) { // 1005
        EXPECT_EQ(eventsOf(bytes, bytes.size()), Expected{"fault 1002"});
        EXPECT_EQ(eventsOf(bytes, 1), Expected{"fault 1002"});
    }
    EXPECT_EQ(eventsOf(frame(text, "a") + frame(final | text, "b"), 1'000), Expected{"fault 1002"});
    // Of the frame no more than its head has come.
    EXPECT_EQ(eventsOf(frame(final | 0x40 | text, "").substr(0, 2), 1), Expected{"fault 1002"});
}

TEST(WebsocketFrames, TextIsUtf8AndBinaryWhateverItIs) {
    EXPECT_EQ(eventsOf(frame(final | text, "\xed\xa0\x80"), 1'000), Expected{"fault 1007"});
    EXPECT_EQ(eventsOf(frame(final | binary, "\xed\xa0\x80"), 1'000), Expected{"message \xed\xa0\x80"});
    EXPECT_EQ(eventsOf(frame(final | closing, "\x03\xe8\xff"), 1'000), Expected{"fault 1007"});
    // A character may be cut between two frames.
    EXPECT_EQ(eventsOf(frame(text, "\xc3") + frame(final | 0, "\xbc"), 1'000), Expected{"message ü"});
    EXPECT_EQ(eventsOf(frame(text, "\xc3") + frame(final | 0, "a"), 1'000), Expected{"fault 1007"});
}

TEST(WebsocketFrames, AMessageMayBeSoLongAndNotLongerInPiecesAsWell) {
    EXPECT_EQ(eventsOf(frame(final | binary, "1234"), 100, 4), Expected{"message 1234"});
    EXPECT_EQ(eventsOf(frame(final | binary, "12345"), 100, 4), Expected{"fault 1009"});
    EXPECT_EQ(eventsOf(frame(binary, "12") + frame(final | 0, "34"), 100, 4), Expected{"message 1234"});
    EXPECT_EQ(eventsOf(frame(binary, "12") + frame(final | 0, "345"), 100, 4), Expected{"fault 1009"});
    // Before any of its bytes has come.
    EXPECT_EQ(eventsOf(std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10), 1),
              Expected{"fault 1009"});
    // A ping between two pieces is no part of the message.
    EXPECT_EQ(eventsOf(frame(binary, "1234") + frame(final | ping, "abcd") + frame(final | 0, ""), 100, 4),
              (Expected{"ping abcd", "message 1234"}));
}

TEST(WebsocketFrames, AFrameIsWrittenWithTheShortestLength) {
    for (const auto& [size, head] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 2}, {125, 2}, {126, 4}, {65'535, 4}, {65'536, 10}}) {
        std::string out = "before";
        appendFrame(out, WebsocketOpcode::binary, std::string(size, 'x'));
        EXPECT_EQ(out.size(), 6 + head + size);
        EXPECT_TRUE(out.starts_with("before\x82"));
    }
}

TEST(WebsocketFrames, AReasonIsCutBetweenTwoCharacters) {
    EXPECT_EQ(closePayload(1013, "slow"), "\x03\xf5slow");
    std::string umlauts;
    for (int i = 0; i < 100; ++i)
        umlauts += "ü";
    EXPECT_EQ(closePayload(1000, umlauts), "\x03\xe8" + umlauts.substr(0, 122));
    EXPECT_EQ(closePayload(1000, "a" + umlauts), "\x03\xe8"
                                                 "a" +
                                                     umlauts.substr(0, 122));
}

TEST(WebsocketFrames, AnUpgradeIsAnsweredAsTheStandardHasIt) {
    const std::string answer = upgradeAnswer("dGhlIHNhbXBsZSBub25jZQ==", "tandem.v1"); // RFC 6455, 1.3
    EXPECT_NE(answer.find("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos);
    EXPECT_NE(answer.find("\r\nSec-WebSocket-Protocol: tandem.v1\r\n"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
    EXPECT_EQ(upgradeAnswer("dGhlIHNhbXBsZSBub25jZQ==", "").find("Sec-WebSocket-Protocol"), std::string::npos);
}

} // namespace tandem
