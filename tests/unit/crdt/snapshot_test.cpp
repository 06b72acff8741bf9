#include "crdt/replica.h"

#include "base/base64url.h"
#include "base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <fstream>
#include <optional>

namespace tandem {

namespace {

// Some people typing and deleting at random, all seeing everything.
Replica randomReplica(std::uint64_t seed, int edits) {
    SeededRandom random(seed);
    Replica replica;
    for (int i = 0; i < edits; ++i) {
        const std::size_t index = random.below(replica.length() + 1);
        Splice splice{index, 0, {}};
        if (random.below(3) == 0)
            splice.deleted = random.below(std::min<std::size_t>(replica.length() - index, 5) + 1);
        else
            splice.inserted =
                std::u32string(1 + random.below(6), random.below(9) == 0 ? U'😀' : U'a' + random.below(26));
        static_cast<void>(replica.edit(1 + random.below(4), std::span(&splice, 1)));
    }
    return replica;
}

} // namespace

TEST(SnapshotTest, AReplicaComesBackFromItsBytesAndGoesOn) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Replica replica = randomReplica(seed, 120);
        const std::string bytes = replica.encode();
        auto back = Replica::decode(bytes);
        ASSERT_TRUE(back.ok()) << seed;
        back->checkInvariants();
        EXPECT_EQ(back->text(), replica.text());
        EXPECT_EQ(back->version(), replica.version());
        EXPECT_TRUE(back->encode() == bytes) << seed;

        const Splice splice{replica.length() / 2, 0, U"on"};
        const auto change = replica.edit(9, std::span(&splice, 1));
        ASSERT_TRUE(back->apply(*change).ok());
        EXPECT_EQ(back->text(), replica.text());
    }
}

TEST(SnapshotTest, TheBytesAreThoseOfTheFormatPage) {
    Replica replica;
    const Splice hello{0, 0, U"Hi 😀!"};
    const Splice there{3, 1, U"there"};
    const Splice cut{0, 2, {}};
    ASSERT_TRUE(replica.edit(7, std::span(&hello, 1)).ok());
    ASSERT_TRUE(replica.edit(300, std::span(&there, 1)).ok());
    ASSERT_TRUE(replica.edit(7, std::span(&cut, 1)).ok());
    EXPECT_EQ(replica.text(), " there!");
    const std::string stored = "VERTMgIHBqwCBgUNCBEECAAFAQAEAAACAAECAAACAAEgdGhlcmUh";
    EXPECT_EQ(toBase64Url(replica.encode()), stored);
    const auto back = Replica::decode(*fromBase64Url(stored));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->text(), " there!");
    EXPECT_EQ(toBase64Url(replica.encodeDeletedText()), "VEREMgEDSGnwn5iA");
}

TEST(SnapshotTest, TheBytesOfFormat1AreStillRead) {
    const auto back = Replica::decode(*fromBase64Url("VERTMQIHBqwCBgIAAQABBAUCIAMCIQECAQQAAQp0aGVyZQ"));
    ASSERT_TRUE(back.ok());
    back->checkInvariants();
    EXPECT_EQ(back->text(), " there!");
}

// Three people who wrote at once, as a program of format 1 kept it.
TEST(SnapshotTest, ADocumentOfFormat1OpensFromItsSnapshotAndFromItsLog) {
    std::ifstream file(TANDEM_GOLDEN "/format_1.txt");
    std::string kind;
    std::string value;
    std::string text;
    std::optional<Replica> opened;
    Replica replayed;
    std::size_t changes = 0;
    while (file >> kind >> value) {
        const std::string bytes = *fromBase64Url(value);
        if (kind == "text") {
            text = bytes;
        } else if (kind == "snapshot") {
            auto replica = Replica::decode(bytes);
            ASSERT_TRUE(replica.ok());
            opened = std::move(*replica);
        } else {
            const auto change = decodeChange(bytes);
            ASSERT_TRUE(change.ok());
            ASSERT_EQ(*opened->apply(*change), Replica::Effect::duplicate);
            ASSERT_EQ(*replayed.apply(*change), Replica::Effect::applied);
            ++changes;
        }
    }
    EXPECT_EQ(changes, 120u);
    opened->checkInvariants();
    EXPECT_EQ(opened->text(), text);
    EXPECT_EQ(replayed.text(), text);
    EXPECT_EQ(opened->version(), replayed.version());
    EXPECT_EQ(toBase64Url(opened->encode()), toBase64Url(replayed.encode()));
}

TEST(SnapshotTest, DeletedTextComesBackWhateverWasEditedSince) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        Replica replica = randomReplica(seed, 120);
        const std::string snapshot = replica.encode();
        const std::string deleted = replica.encodeDeletedText();
        auto back = Replica::decode(snapshot);
        ASSERT_TRUE(back.ok());
        const Splice cut{0, replica.length() / 2, U"new"};
        ASSERT_TRUE(replica.edit(9, std::span(&cut, 1)).ok());
        ASSERT_TRUE(back->edit(9, std::span(&cut, 1)).ok());
        EXPECT_NE(back->encodeDeletedText(), replica.encodeDeletedText());
        for (int twice = 0; twice < 2; ++twice) {
            ASSERT_TRUE(back->restoreDeletedText(snapshot, deleted).ok()) << seed;
            EXPECT_EQ(back->encodeDeletedText(), replica.encodeDeletedText()) << seed;
        }
    }
}

TEST(SnapshotTest, DamagedDeletedTextIsRefusedOrTaken) {
    const Replica replica = randomReplica(3, 80);
    const std::string snapshot = replica.encode();
    const std::string deleted = replica.encodeDeletedText();
    auto back = Replica::decode(snapshot);
    for (std::size_t length = 0; length < deleted.size(); ++length)
        EXPECT_FALSE(back->restoreDeletedText(snapshot, std::string_view(deleted).substr(0, length)).ok());
    SeededRandom random(1);
    for (int i = 0; i < 3000; ++i) {
        std::string damaged = deleted;
        damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
        static_cast<void>(back->restoreDeletedText(snapshot, damaged));
    }
    EXPECT_FALSE(Replica().restoreDeletedText(snapshot, deleted).ok());
}

TEST(SnapshotTest, AnEmptyReplicaHasBytes) {
    const auto back = Replica::decode(Replica().encode());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->length(), 0u);
}

TEST(SnapshotTest, DamagedBytesAreRefusedOrGiveASoundReplica) {
    const std::string bytes = randomReplica(7, 60).encode();
    for (std::size_t length = 0; length < bytes.size(); ++length)
        EXPECT_FALSE(Replica::decode(std::string_view(bytes).substr(0, length)).ok());
    SeededRandom random(1);
    for (int i = 0; i < 20'000; ++i) {
        std::string damaged = bytes;
        for (std::uint64_t flips = 1 + random.below(3); flips > 0; --flips)
            damaged[random.below(damaged.size())] = static_cast<char>(random.bits());
        const auto back = Replica::decode(damaged);
        if (back.ok())
            back->checkInvariants();
    }
}

} // namespace tandem
