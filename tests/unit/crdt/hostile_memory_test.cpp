// What bytes from anyone may cost in memory: at most 64 times their size, for the shapes that cost most.
// A program of its own, since it counts every allocation.
#include "base/byte_writer.h"
#include "bench/heap_count.h"
#include "crdt/replica.h"
#include "crdt/snapshot_format.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

using namespace snapshot_format;

constexpr std::size_t inputBytes = 1024 * 1024;
constexpr std::size_t most = 64 * inputBytes;

std::string varint(std::uint64_t value) {
    ByteWriter out;
    out.varint(value);
    return std::move(out).take();
}

char flags(Kind kind, bool deleted, unsigned step) {
    return static_cast<char>(kind | (deleted ? deletedFlag : 0u) | step << stepShift);
}

// The parts of a snapshot, column by column.
struct Columns {
    std::string authors;
    std::uint64_t authorCount = 0;
    std::string pieces;
    std::string lengths;
    std::string runAuthors;
    std::string ranks;
    std::string gaps;
    std::string text;

    void addAuthor(ReplicaId replica, Counter highest) {
        authors += varint(replica) + varint(highest);
        ++authorCount;
    }
    std::size_t size() const {
        return authors.size() + pieces.size() + lengths.size() + runAuthors.size() + ranks.size() +
               gaps.size() + text.size();
    }
    bool isFull() const { return size() >= inputBytes - 64; }
    std::string bytes() const {
        std::string out = std::string(magic) + varint(authorCount) + authors;
        for (const std::string& column : {pieces, std::string(), lengths, runAuthors, ranks, gaps})
            out += varint(column.size()) + column;
        return out + text;
    }
};

// The most that `use` had on the heap at one time.
template <typename Use>
std::size_t peakOf(Use&& use) {
    const std::size_t before = bench::liveHeapBytes();
    bench::resetHeapPeak();
    use();
    return bench::peakHeapBytes() - before;
}

void expectBounded(const Columns& columns) {
    const std::string bytes = columns.bytes();
    ASSERT_LE(bytes.size(), inputBytes);
    EXPECT_LE(peakOf([&] { EXPECT_TRUE(Replica::decode(bytes).ok()); }), most);
}

// Both ways into a replica: with a Change in between, and without.
void expectBounded(const std::string& ops) {
    const std::string bytes = std::string(1, '\0') + varint(5) + varint(1) + ops;
    ASSERT_GE(bytes.size(), inputBytes - 64);
    ASSERT_LE(bytes.size(), inputBytes);
    EXPECT_LE(peakOf([&] {
                  const auto change = decodeChange(bytes);
                  ASSERT_TRUE(change.ok());
                  Replica replica;
                  static_cast<void>(replica.apply(*change));
              }),
              most);
    EXPECT_LE(peakOf([&] {
                  const auto change = splitChange(bytes);
                  ASSERT_TRUE(change.ok());
                  Replica replica;
                  TextEdits edits;
                  static_cast<void>(replica.apply(*change, &edits));
              }),
              most);
}

// An insertion of one letter as the root's child, then `op` until the bytes are full.
std::string rootAnd(std::string_view op) {
    std::string ops("\1\0x", 3);
    while (ops.size() + op.size() + 16 < inputBytes)
        ops += op;
    return ops;
}

} // namespace

TEST(HostileMemory, ASnapshotOfOneRunThatIsDeletedElementByElement) {
    Columns columns;
    columns.addAuthor(5, inputBytes);
    for (bool deleted = false; !columns.isFull(); deleted = !deleted) {
        columns.pieces += flags(columns.pieces.empty() ? head : continuation, deleted, 1);
        columns.lengths += '\0';
        columns.text += deleted ? "" : "x";
    }
    columns.ranks = columns.gaps = varint(0);
    expectBounded(columns);
}

TEST(HostileMemory, ASnapshotOfDeletedLettersTypedBackwards) {
    constexpr std::size_t count = inputBytes / 4 - 64;
    Columns columns;
    columns.addAuthor(5, inputBytes);
    for (std::size_t i = 0; i < count; ++i) {
        columns.pieces += flags(head, true, 1);
        columns.lengths += '\0';
        columns.ranks += i == 0 ? varint(2 * (count - 1)) : varint(3);
        columns.gaps += '\0';
    }
    expectBounded(columns);
}

TEST(HostileMemory, ASnapshotOfSiblings) {
    Columns columns;
    columns.addAuthor(5, inputBytes);
    while (!columns.isFull()) {
        if (!columns.pieces.empty())
            columns.pieces += flags(border, false, 1);
        columns.pieces += flags(head, true, 1);
        columns.lengths += '\0';
        columns.ranks += '\0';
        columns.gaps += '\1';
    }
    expectBounded(columns);
}

TEST(HostileMemory, ASnapshotOfManyReplicasWithNothingOrOneLetterEach) {
    for (const bool typed : {false, true}) {
        Columns columns;
        while (!columns.isFull()) {
            if (typed) {
                columns.pieces += flags(head, true, 1);
                columns.lengths += '\0';
                columns.runAuthors += varint(columns.authorCount);
                columns.ranks += '\0';
                columns.gaps += '\0';
            }
            columns.addAuthor(columns.authorCount + 1, 1);
        }
        expectBounded(columns);
    }
}

TEST(HostileMemory, AFewBytesThatTellOfAThousandMillionDeletedElements) {
    Columns columns;
    columns.addAuthor(5, maxCounter - 1);
    for (int i = 0; i < 4'000; ++i) {
        columns.pieces += flags(head, true, 1);
        columns.lengths += varint(0x3'FFF0);
        columns.ranks += '\0';
        columns.gaps += '\1';
    }
    EXPECT_LE(peakOf([&] { EXPECT_TRUE(Replica::decode(columns.bytes()).ok()); }), 4 * inputBytes);
}

TEST(HostileMemory, AChangeOfSingleLetters) {
    expectBounded(rootAnd(std::string_view("\0y", 2)));
}

TEST(HostileMemory, AChangeOfLettersThatAllStandAtTheStart) {
    expectBounded(rootAnd(std::string_view("\1\0y", 3)));
}

TEST(HostileMemory, AChangeOfLettersTypedBackwards) {
    expectBounded(rootAnd(std::string_view("\2\2y", 3)));
}

TEST(HostileMemory, AChangeOfLettersEachTypedBackwardsAndDeleted) {
    expectBounded(rootAnd(std::string_view("\3\2\2\4y", 5)));
}

TEST(HostileMemory, AChangeOfDeletions) {
    expectBounded(rootAnd("\3\2"));
}

TEST(HostileMemory, ADeletionOfManyRanges) {
    constexpr std::size_t count = inputBytes / 2 - 20;
    std::string ops("\1\0x\xFF", 4);
    ops += varint(count - 1);
    for (std::size_t i = 0; i < count; ++i)
        ops += std::string_view("\2\0", 2);
    expectBounded(ops);
}

} // namespace tandem
