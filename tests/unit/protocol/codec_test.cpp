#include "protocol/codec.h"

#include "base/random.h"
#include "protocol/limits.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

const message::AnchorRange anchors{{{5, 2}, Side::left}, {OpId::root(), Side::right}};
const message::Member member{"s1", "Ana <b>\xE2\x80\xAE", 3, anchors, true};
const std::string key = "AAECAwQFBgcICQoLDA0ODw";

template <typename Any>
void expectBack(const Any& message, Result<Any> (*decode)(std::string_view), const std::string& frame) {
    const auto back = decode(frame);
    ASSERT_TRUE(back.ok()) << frame << back.error().detail;
    EXPECT_EQ(*back, message) << frame;
}

// Operations clients and their server: in both encodings.
template <typename Any>
requires requires(const Any& any) {
    codec::encode(any, codec::Encoding::json);
}
void expectBack(const Any& message, Result<Any> (*decode)(std::string_view)) {
    expectBack(message, decode, codec::encode(message, codec::Encoding::json));
    expectBack(message, decode, codec::encode(message, codec::Encoding::binary));
}

template <typename Any>
void expectBack(const Any& message, Result<Any> (*decode)(std::string_view)) {
    expectBack(message, decode, codec::encode(message));
}

std::vector<std::string> everyFrameFromOperationsClients() {
    using Any = message::FromOperationsClient;
    std::vector<std::string> frames;
    for (const auto encoding : {codec::Encoding::json, codec::Encoding::binary}) {
        for (const Any& message : {Any(message::Hello{"n", 0, {{7, key}}, "epoch", 9, "c", "token"}),
                                   Any(message::OpSubmit{7, key, {"abc", std::string("\0\xff", 2)}}),
                                   Any(message::CursorUpdate{anchors}), Any(message::Ping{})})
            frames.push_back(codec::encode(message, encoding));
    }
    return frames;
}

std::vector<std::string> everyBinaryFrameToOperationsClients() {
    using Any = message::ToOperationsClient;
    std::vector<std::string> frames;
    for (const Any& message :
         {Any(message::Welcome{"s", "editor", "e", 5, "T", message::announcedLimits(), "v", {member}}),
          Any(message::Snapshot{5, 1, 3, "bytes"}),
          Any(message::DocUpdate{4, {{1, 99, {"a", "b"}}, {2, 100, {"c"}}}}), Any(message::Ack{1, 2, 3}),
          Any(message::Nack{"c", "d", true, OpId{1, 2}}), Any(message::PresenceJoin{"s", "n", 1}),
          Any(message::PresenceCursor{member}), Any(message::PresenceLeave{"s"}),
          Any(message::AccessChanged{"owner"}), Any(message::TitleChanged{"T"}), Any(message::Pong{})})
        frames.push_back(codec::encode(message));
    return frames;
}

std::vector<std::string> everyFrameFromPlainClients() {
    using Any = message::FromPlainClient;
    return {codec::encode(Any(message::PlainHello{"n", 1, message::ReplicaKey{7, key}})),
            codec::encode(Any(message::EditInsert{"e", 3, U"é😀", 8})),
            codec::encode(Any(message::EditDelete{"e", 3, 2, std::nullopt})),
            codec::encode(Any(message::CursorUpdate{message::IndexRange{1, 2}}))};
}

} // namespace

TEST(CodecTest, MessagesFromOperationsClientsComeBack) {
    using Any = message::FromOperationsClient;
    const auto decode = codec::decodeFromOperationsClient;
    expectBack(Any(message::Hello{"Ana", 11, {{1, key}, {maxReplicaId, key}}, "e", 0, "c", std::nullopt}),
               decode);
    expectBack(Any(message::Hello{"", 0, {}, std::nullopt, std::nullopt, "", "t"}), decode);
    expectBack(Any(message::Hello{"", 0, {}, std::nullopt, std::nullopt, "", "t", true}), decode);
    expectBack(Any(message::OpSubmit{9, std::nullopt, {std::string("\0\1\xff", 3), ""}}), decode);
    expectBack(Any(message::OpSubmit{9, key, {}}), decode);
    expectBack(Any(message::CursorUpdate{anchors}), decode);
    expectBack(Any(message::CursorUpdate{std::monostate{}}), decode);
    expectBack(Any(message::Ping{}), decode);
}

TEST(CodecTest, MessagesFromPlainClientsComeBack) {
    using Any = message::FromPlainClient;
    const auto decode = codec::decodeFromPlainClient;
    expectBack(Any(message::PlainHello{std::nullopt, std::nullopt, std::nullopt}), decode);
    expectBack(Any(message::PlainHello{"n", 4, message::ReplicaKey{5, key}}), decode);
    expectBack(Any(message::PlainHello{"n", std::nullopt, std::nullopt, "token"}), decode);
    const std::u32string text{U'\0', U'\r', U'\u2028', U'\u00A0', U'😀', U'\u202E'};
    expectBack(Any(message::EditInsert{"id", 0, text, 3}), decode);
    expectBack(Any(message::EditDelete{"id", 1, 2, std::nullopt}), decode);
    expectBack(Any(message::CursorUpdate{message::IndexRange{0, 7}}), decode);
}

TEST(CodecTest, MessagesToOperationsClientsComeBack) {
    using Any = message::ToOperationsClient;
    const auto decode = codec::decodeToOperationsClient;
    expectBack(
        Any(message::Welcome{"s", "editor", "e", 5, "T", message::announcedLimits(), "v", {member, member}}),
        decode);
    expectBack(Any(message::Snapshot{5, 1, 3, "bytes"}), decode);
    expectBack(Any(message::Snapshot{5, 1, 3, "bytes", true}), decode);
    expectBack(Any(message::DocUpdate{4, {{1, 99, {"a", "b"}}, {2, 100, {"c"}}}}), decode);
    expectBack(Any(message::Ack{1, 2, 3}), decode);
    expectBack(Any(message::Nack{"c", "d", true, OpId{1, 2}}), decode);
    expectBack(Any(message::Nack{"c", "d", false, std::monostate{}}), decode);
    expectBack(Any(message::PresenceJoin{"s", "n", 1}), decode);
    expectBack(Any(message::PresenceCursor{member}), decode);
    expectBack(Any(message::PresenceLeave{"s"}), decode);
    expectBack(Any(message::AccessChanged{"viewer"}), decode);
    expectBack(Any(message::TitleChanged{"Täglich"}), decode);
    expectBack(Any(message::Pong{}), decode);
}

TEST(CodecTest, MessagesToPlainClientsComeBack) {
    using Any = message::ToPlainClient;
    const auto decode = codec::decodeToPlainClient;
    message::PlainSnapshot snapshot;
    snapshot.session = "s";
    snapshot.role = "editor";
    snapshot.author = {4, key};
    snapshot.epoch = "e";
    snapshot.version = 5;
    snapshot.title = "T";
    snapshot.text = "text\n😀";
    snapshot.limits = message::announcedLimits();
    expectBack(Any(snapshot), decode);
    expectBack(Any(message::PlainDocUpdate{4, 6, {{1, 2, "é", 3}}}), decode);
    expectBack(Any(message::PlainAck{"id", 3}), decode);
    expectBack(Any(message::Nack{"c", "d", false, std::string("id")}), decode);
}

TEST(CodecTest, RefusesFramesThatAreNotWhatTheProtocolSays) {
    for (
        const char* frame : {
            "",
            "null",
            "[]",
            "{",
            "{}",
            "\"ping\"",
            "{\"type\":5}",
            "{\"type\":\"none\"}",
            "\xff",
            "{\"type\":\"ping\"} x",
            R"({"type":"hello","name":5,"color":0,"replicas":[],"client":"c"})",
            R"({"type":"hello","name":"n","color":12,"replicas":[],"client":"c"})",
            R"({"type":"hello","name":"n","color":-1,"replicas":[],"client":"c"})",
            R"({"type":"hello","name":"n","color":0,"replicas":{},"client":"c"})",
            R"({"type":"hello","name":"n","color":0,"replicas":[5],"client":"c"})",
            R"({"type":"hello","name":"n","color":0,"replicas":[{"id":0,"key":"AAECAwQFBgcICQoLDA0ODw"}],"client":"c"})",
            R"({"type":"hello","name":"n","color":0,"replicas":[{"id":1,"key":"short"}],"client":"c"})",
            R"({"type":"hello","name":"n","color":0,"replicas":[],"client":"c","after":5})",
            R"({"type":"hello","name":"\ud800","color":0,"replicas":[],"client":"c"})",
            R"({"type":"op.submit","replica":9007199254740992,"changes":[]})",
            R"({"type":"op.submit","replica":1.5,"changes":[]})",
            R"({"type":"op.submit","replica":1,"changes":["*"]})",
            R"({"type":"op.submit","replica":1,"changes":[7]})",
            R"({"type":"cursor.update","tail":{"replica":1,"counter":1,"side":"left"},"head":null})",
            R"({"type":"cursor.update","tail":{"replica":1,"counter":1,"side":"up"},"head":{"replica":1,"counter":1,"side":"left"}})",
            R"({"type":"cursor.update","tail":{"replica":0,"counter":0,"side":"left"},"head":{"replica":0,"counter":0,"side":"left"}})",
        })
        EXPECT_FALSE(codec::decodeFromOperationsClient(frame).ok()) << frame;
    for (const char* frame : {
             R"({"type":"edit.insert","id":"","index":0,"text":"x"})",
             R"({"type":"edit.insert","id":"e","index":-1,"text":"x"})",
             R"({"type":"edit.insert","id":"e","index":0})",
             R"({"type":"edit.insert","id":"e","index":0,"text":"\udc00"})",
             R"({"type":"edit.delete","id":"e","index":0,"length":"3"})",
             R"({"type":"edit.delete","id":"e","index":1e30,"length":3})",
         })
        EXPECT_FALSE(codec::decodeFromPlainClient(frame).ok()) << frame;
}

TEST(CodecTest, RefusesWhatIsNestedTooDeepOrTooLarge) {
    EXPECT_FALSE(codec::decodeFromPlainClient(std::string(500'000, '[')).ok());
    std::string deep = R"({"type":"ping","x":)";
    deep += std::string(8, '[') + std::string(8, ']') + "}";
    EXPECT_FALSE(codec::decodeFromPlainClient(deep).ok());
    const std::string brackets = R"({"type":"edit.insert","id":"e","index":0,"text":"[[[[[[[[[[\"[[["})";
    EXPECT_TRUE(codec::decodeFromPlainClient(brackets).ok());
    const std::string large = R"({"type":"ping","x":")" + std::string(limits::frameBytes, 'x') + "\"}";
    EXPECT_EQ(codec::decodeFromPlainClient(large).error().code, ErrorCode::limitExceeded);
}

TEST(CodecTest, TheBytesOfBinaryFramesAreThoseOfTheProtocolPage) {
    using From = message::FromOperationsClient;
    using To = message::ToOperationsClient;
    const auto hex = [](const std::string& bytes) {
        std::string text;
        for (const char c : bytes) {
            constexpr std::string_view digits = "0123456789abcdef";
            text += digits[static_cast<unsigned char>(c) >> 4];
            text += digits[c & 15];
        }
        return text;
    };
    EXPECT_EQ(hex(codec::encode(From(message::Hello{"Ana", 3, {{7, key}}, "e", 300, "c", std::nullopt}))),
              "0103416e61030107000102030405060708090a0b0c0d0e0f010165ac02016300");
    EXPECT_EQ(hex(codec::encode(From(message::OpSubmit{4101, std::nullopt, {"abc"}}))), "0285200001036162"
                                                                                        "63");
    EXPECT_EQ(hex(codec::encode(From(message::CursorUpdate{anchors}))), "0301050200000001");
    EXPECT_EQ(hex(codec::encode(From(message::Ping{}))), "04");
    EXPECT_EQ(hex(codec::encode(To(message::Snapshot{5, 0, 1, "xy"}))), "42050001027879");
    EXPECT_EQ(hex(codec::encode(To(message::Snapshot{5, 0, 1, "xy", true}))), "4b050001027879");
    EXPECT_EQ(hex(codec::encode(
                  From(message::Hello{"A", 3, {}, std::nullopt, std::nullopt, "t", std::nullopt, true}))),
              "0101410300000174"
              "0001");
    EXPECT_EQ(hex(codec::encode(To(message::DocUpdate{4, {{1, 99, {"a", "b"}}}}))), "43040101630201610162");
    EXPECT_EQ(hex(codec::encode(To(message::Ack{1, 2, 300}))), "440102ac02");
    EXPECT_EQ(hex(codec::encode(To(message::Nack{"c", "d", true, OpId{1, 2}}))), "45016301640101"
                                                                                 "0102");
    EXPECT_EQ(hex(codec::encode(To(message::PresenceJoin{"s", "n", 1}))), "460173016e01");
    EXPECT_EQ(hex(codec::encode(To(message::PresenceLeave{"s"}))), "480173");
    EXPECT_EQ(hex(codec::encode(To(message::AccessChanged{"viewer"}))), "4a06766965776572");
    EXPECT_EQ(hex(codec::encode(To(message::TitleChanged{"T"}))), "4c0154");
}

TEST(CodecTest, DamagedFramesGiveAMessageOrAnError) {
    SeededRandom random(11);
    for (const std::string& frame : everyFrameFromOperationsClients()) {
        for (int i = 0; i < 3000; ++i) {
            std::string damaged = frame;
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
            if (random.below(3) == 0)
                damaged.resize(random.below(damaged.size() + 1));
            static_cast<void>(codec::decodeFromOperationsClient(damaged));
            static_cast<void>(codec::decodeToOperationsClient(damaged));
        }
    }
    for (const std::string& frame : everyBinaryFrameToOperationsClients()) {
        for (std::size_t length = 0; length < frame.size(); ++length)
            EXPECT_FALSE(codec::decodeToOperationsClient(std::string_view(frame).substr(0, length)).ok());
        EXPECT_FALSE(codec::decodeToOperationsClient(frame + '\0').ok());
        for (int i = 0; i < 3000; ++i) {
            std::string damaged = frame;
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
            static_cast<void>(codec::decodeToOperationsClient(damaged));
        }
    }
    for (const std::string& frame : everyFrameFromPlainClients()) {
        for (int i = 0; i < 3000; ++i) {
            std::string damaged = frame;
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
            static_cast<void>(codec::decodeFromPlainClient(damaged));
            static_cast<void>(codec::decodeToPlainClient(damaged));
        }
    }
}

} // namespace tandem
