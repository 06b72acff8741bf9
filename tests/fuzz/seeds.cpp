#include "fuzz/seeds.h"

#include "base/random.h"
#include "crdt/change_stream.h"
#include "crdt/replica.h"
#include "protocol/codec.h"

namespace tandem::fuzz {

namespace {

const std::string key = "AAECAwQFBgcICQoLDA0ODw";
const message::AnchorRange anchors{{{5, 2}, Side::left}, {OpId::root(), Side::right}};
const message::Member member{"s", "Ana", 3, anchors, true};

std::vector<Change> changes() {
    return {
        {3, 1, {InsertOp{OpId::root(), Side::right, U"Hi😀"}}},
        {3, 1, {InsertOp{{1, 4}, Side::left, U"x"}, InsertOp{{3, 1}, Side::right, U"yz"}}},
        {1, 20, {InsertOp{{1, 19}, Side::right, U" jumps"}, DeleteOp{{{{1, 2}, 3}, {{2, 2}, 1}}}}},
        {2, 8, {DeleteOp{{{{2, 2}, 4}}}, InsertOp{{2, 7}, Side::right, U"\n"}}},
    };
}

// Large enough to be taken in by subtrees: what someone writes here and there, back and forth, in one change.
Change largeChange() {
    constexpr ReplicaId author = 3;
    SeededRandom random(1);
    Replica replica;
    Change large{author, 1, {}};
    LocalEdit made;
    for (int i = 0; i < 250; ++i) {
        const std::size_t length = replica.length();
        const bool deletes = length > 4 && random.below(4) == 0;
        static_cast<void>(replica.edit(author, random.below(length + (deletes ? 0 : 1)), deletes ? 1 : 0,
                                       deletes ? U"" : U"ab", made));
        const auto change = decodeChange(encodeChange(made));
        large.ops.insert(large.ops.end(), change->ops.begin(), change->ops.end());
    }
    return large;
}

} // namespace

std::vector<std::string> messageSeeds() {
    std::vector<std::string> seeds;
    for (const auto encoding : {codec::Encoding::json, codec::Encoding::binary}) {
        using From = message::FromOperationsClient;
        for (const From& from : {From(message::Hello{"n", 0, {{7, key}}, "epoch", 9, "c", "token"}),
                                 From(message::OpSubmit{7, key, {"abc", "de"}}),
                                 From(message::CursorUpdate{anchors}), From(message::Ping{})})
            seeds.push_back(codec::encode(from, encoding));
        using To = message::ToOperationsClient;
        for (const To& to :
             {To(message::Welcome{"s", "editor", "e", 5, "T", message::announcedLimits(), "v", {member}}),
              To(message::Snapshot{5, 1, 3, "bytes"}),
              To(message::DocUpdate{4, {{1, 99, {"a", "b"}}, {2, 100, {"c"}}}}), To(message::Ack{1, 2, 3}),
              To(message::Nack{"c", "d", true, OpId{1, 2}}), To(message::PresenceJoin{"s", "n", 1}),
              To(message::PresenceCursor{member}), To(message::PresenceLeave{"s"}),
              To(message::AccessChanged{"owner"}), To(message::TitleChanged{"T"}), To(message::Pong{})})
            seeds.push_back(codec::encode(to, encoding));
    }
    using Plain = message::FromPlainClient;
    for (const Plain& plain :
         {Plain(message::PlainHello{"n", 1, message::ReplicaKey{7, key}}),
          Plain(message::EditInsert{"e", 3, U"é😀", 8}), Plain(message::EditDelete{"e", 3, 2, std::nullopt}),
          Plain(message::CursorUpdate{message::IndexRange{1, 2}})})
        seeds.push_back(codec::encode(plain));
    return seeds;
}

std::vector<std::string> changeSeeds() {
    std::vector<std::string> seeds;
    for (const Change& change : changes())
        seeds.push_back(encodeChange(change));
    seeds.push_back(encodeChange(largeChange()));
    return seeds;
}

std::vector<std::string> changeStreamSeeds() {
    ChangeStream stream;
    std::string all;
    const auto add = [&](const Change& change) {
        std::string bytes;
        stream.writeHead(change.replica, change.first, change.counterCount(), bytes);
        writeOps(change, bytes);
        all += static_cast<char>(bytes.size());
        all += bytes;
    };
    for (const Change& change : changes())
        add(change);
    add({3, 20, {DeleteOp{{{{1, 2}, 3}}}}});
    add({3, 21, {InsertOp{{3, 20}, Side::right, U"t"}}});
    add({2, 10, {InsertOp{{3, 21}, Side::left, U"u"}}});
    return {all};
}

std::vector<std::string> snapshotSeeds() {
    std::vector<std::string> seeds{Replica().encode()};
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        SeededRandom random(seed);
        Replica replica;
        for (std::uint64_t i = 0; i < 3 + seed * 2; ++i) {
            const std::size_t index = random.below(replica.length() + 1);
            Splice splice{index, random.below(replica.length() - index + 1) / 2, U"ab😀"};
            static_cast<void>(replica.edit(1 + random.below(3), std::span(&splice, 1)));
        }
        seeds.push_back(replica.encode());
    }
    return seeds;
}

std::vector<std::string> replicaSeeds() {
    std::string all;
    for (const Change& change : changes()) {
        const std::string bytes = encodeChange(change);
        all += static_cast<char>(bytes.size());
        all += bytes;
    }
    return {all};
}

} // namespace tandem::fuzz
