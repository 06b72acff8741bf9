#include "crdt/change_stream.h"

#include "base/random.h"
#include "crdt/replica.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

std::string written(ChangeStream& stream, const Change& change) {
    std::string bytes;
    stream.writeHead(change.replica, change.first, change.counterCount(), bytes);
    writeOps(change, bytes);
    return bytes;
}

Change typed(ReplicaId replica, Counter first) {
    const OpId before{replica, first - 1};
    return {replica, first, {InsertOp{first == 1 ? OpId::root() : before, Side::right, U"x"}}};
}

} // namespace

TEST(ChangeStreamTest, ChangesComeBackInOrderWhoeverMadeThem) {
    SeededRandom random(4);
    ChangeStream out;
    ChangeStream in;
    std::map<ReplicaId, Counter> next;
    for (int i = 0; i < 500; ++i) {
        const ReplicaId author = 1 + random.below(5) * 1'000'000'007;
        Counter& first = next[author];
        first += 1 + (random.below(10) == 0 ? static_cast<Counter>(random.below(1000)) : 0);
        const Change change = typed(author, first);
        const std::string bytes = written(out, change);
        const auto encoded = in.readHead(bytes);
        ASSERT_TRUE(encoded.ok()) << i;
        EXPECT_EQ(*decodeChange(*encoded), change);
        in.advance(change.counterCount());
    }
}

TEST(ChangeStreamTest, AKeyOfSomebodyWhoTypesOnTakesThreeBytes) {
    ChangeStream out;
    written(out, typed(77'777'777'777, 1));
    EXPECT_EQ(written(out, typed(77'777'777'777, 2)).size(), 3u);
}

TEST(ChangeStreamTest, AChangeThatWasLostOnTheWayIsFoundOut) {
    ChangeStream out;
    ChangeStream in;
    const std::string first = written(out, typed(5, 1));
    written(out, typed(5, 2));
    const std::string third = written(out, typed(5, 3));
    ASSERT_TRUE(in.readHead(first).ok());
    in.advance(1);
    EXPECT_FALSE(in.readHead(third).ok());
}

TEST(ChangeStreamTest, RefusesWhatNamesNobody) {
    for (const std::string& bytes :
         {std::string(), std::string("\x00", 1), std::string("\x00\x00x", 3), std::string("\x01\x01\x00x", 4),
          std::string("\x03\x00\x01\x05\x00x", 6)})
        EXPECT_FALSE(ChangeStream().readHead(bytes).ok());
}

} // namespace tandem
