// What must hold of the document whatever people do: a small world of replicas that edit, and changes that
// travel in any order that respects what they build on, some of them twice.
#include "crdt/replica.h"
#include "model/naive_document.h"

#include "base/random.h"
#include "base/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

namespace tandem {

namespace {

struct Peer {
    ReplicaId id = 0;
    Replica replica;
    std::u32string view; // what edits by index make of the text
    model::NaiveDocument naive;
    std::vector<bool> has; // by index in the world's history
};

class World {
public:
    explicit World(std::size_t peers, std::vector<ReplicaId> ids = {}) {
        for (std::size_t i = 0; i < peers; ++i) {
            m_peers.emplace_back();
            m_peers.back().id = ids.empty() ? 100 - i : ids[i];
        }
    }

    Peer& peer(std::size_t i) { return m_peers[i]; }
    std::size_t size() const { return m_peers.size(); }

    void edit(std::size_t who, Splice splice) {
        Peer& peer = m_peers[who];
        const auto change = peer.replica.edit(peer.id, std::span(&splice, 1));
        RC_ASSERT(change.ok());
        peer.view.replace(splice.index, splice.deleted, splice.inserted);
        if (change->ops.empty())
            return;
        peer.naive.apply(*change);
        Entry entry{*change, {}};
        entry.needs = peer.has;
        m_history.push_back(std::move(entry));
        peer.has.resize(m_history.size());
        peer.has.back() = true;
    }

    // Gives `who` one change it may take, chosen by `pick`; false when there is none.
    bool deliver(std::size_t who, std::size_t pick) {
        Peer& peer = m_peers[who];
        peer.has.resize(m_history.size());
        std::vector<std::size_t> ready;
        for (std::size_t i = 0; i < m_history.size(); ++i) {
            if (!peer.has[i] && isReady(peer, m_history[i]))
                ready.push_back(i);
        }
        if (ready.empty())
            return false;
        const std::size_t i = ready[pick % ready.size()];
        const auto change = decodeChange(encodeChange(m_history[i].change));
        RC_ASSERT(change.ok());
        TextEdits edits;
        const auto effect = peer.replica.apply(*change, &edits);
        RC_ASSERT(effect.ok());
        RC_ASSERT(*effect == Replica::Effect::applied);
        for (const TextEdit& edit : edits) {
            RC_ASSERT(utf16Length(std::u32string_view(peer.view).substr(0, edit.index)) == edit.utf16Index);
            RC_ASSERT(utf16Length(std::u32string_view(peer.view).substr(edit.index, edit.deleted)) ==
                      edit.utf16Deleted);
            peer.view.replace(edit.index, edit.deleted, edit.inserted);
        }
        peer.naive.apply(*change);
        peer.has[i] = true;
        return true;
    }

    void repeatSomething(std::size_t who, std::size_t pick) {
        Peer& peer = m_peers[who];
        peer.has.resize(m_history.size());
        std::vector<std::size_t> known;
        for (std::size_t i = 0; i < m_history.size(); ++i) {
            if (peer.has[i])
                known.push_back(i);
        }
        if (known.empty())
            return;
        TextEdits edits;
        const auto effect = peer.replica.apply(m_history[known[pick % known.size()]].change, &edits);
        RC_ASSERT(effect.ok());
        RC_ASSERT(*effect == Replica::Effect::duplicate);
        RC_ASSERT(edits.empty());
    }

    void deliverAll(Random& random) {
        for (bool more = true; more;) {
            more = false;
            for (std::size_t who = 0; who < m_peers.size(); ++who)
                more = deliver(who, random.bits() >> 1) || more;
        }
    }

    void checkPeer(std::size_t who) const {
        const Peer& peer = m_peers[who];
        peer.replica.checkInvariants();
        RC_ASSERT(peer.replica.codePoints() == peer.view);
        RC_ASSERT(peer.view == peer.naive.text());
        RC_ASSERT(peer.replica.utf16Length() == utf16Length(peer.view));
    }

    void checkAllEqual() const {
        for (std::size_t who = 0; who < m_peers.size(); ++who) {
            checkPeer(who);
            RC_ASSERT(m_peers[who].view == m_peers[0].view);
            RC_ASSERT(m_peers[who].replica.version() == m_peers[0].replica.version());
        }
    }

private:
    struct Entry {
        Change change;
        std::vector<bool> needs; // what its author had seen
    };

    static bool isReady(const Peer& peer, const Entry& entry) {
        for (std::size_t i = 0; i < entry.needs.size(); ++i) {
            if (entry.needs[i] && !peer.has[i])
                return false;
        }
        return true;
    }

    std::vector<Peer> m_peers;
    std::vector<Entry> m_history;
};

constexpr char32_t alphabet[] = {U'a', U'b', U'c', U'\n', U'\r', U'é', U'\u0301', U'😀', U'\U0010FFFF', U'\0'};

Splice randomSplice(Random& random, std::size_t length) {
    Splice splice;
    splice.index = random.below(length + 1);
    if (random.below(3) == 0)
        splice.deleted = random.below(std::min<std::size_t>(length - splice.index, 6) + 1);
    if (random.below(4) > 0) {
        const std::size_t count = 1 + random.below(5);
        for (std::size_t i = 0; i < count; ++i)
            splice.inserted.push_back(alphabet[random.below(std::size(alphabet))]);
    }
    return splice;
}

void runWorld(std::uint64_t seed, std::size_t peers, int steps) {
    SeededRandom random(seed);
    std::vector<ReplicaId> ids;
    for (std::size_t i = 0; i < peers; ++i)
        ids.push_back(1 + random.below(1000) * 100 + i);
    World world(peers, ids);
    for (int step = 0; step < steps; ++step) {
        const std::size_t who = random.below(peers);
        switch (random.below(6)) {
        case 0:
        case 1:
            world.deliver(who, random.bits() >> 1);
            break;
        case 2:
            world.repeatSomething(who, random.bits() >> 1);
            break;
        default:
            world.edit(who, randomSplice(random, world.peer(who).replica.length()));
        }
        world.checkPeer(who);
    }
    world.deliverAll(random);
    world.checkAllEqual();
}

} // namespace

TEST(CrdtPropertiesTest, ReplicasThatHaveTheSameChangesAreEqualAndAgreeWithTheModel) {
    EXPECT_TRUE(rc::check([] {
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        runWorld(seed, *rc::gen::inRange<std::size_t>(2, 6), *rc::gen::inRange(1, 60));
    }));
}

TEST(CrdtPropertiesTest, ManySmallWorldsFromSeedsEndEqual) {
    for (std::uint64_t seed = 0; seed < 1500; ++seed)
        ASSERT_NO_THROW(runWorld(seed, 2 + seed % 3, 30)) << "seed " << seed;
}

TEST(CrdtPropertiesTest, ConcurrentChangesCommute) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        Replica base;
        const Splice start{0, 0, U"common ground"};
        RC_ASSERT(base.edit(1, std::span(&start, 1)).ok());
        const std::string bytes = base.encode();
        std::vector<Change> changes;
        for (ReplicaId author = 2; author < 6; ++author) {
            auto copy = Replica::decode(bytes);
            RC_ASSERT(copy.ok());
            const Splice splice = randomSplice(random, copy->length());
            auto change = copy->edit(author, std::span(&splice, 1));
            RC_ASSERT(change.ok());
            if (!change->ops.empty())
                changes.push_back(std::move(*change));
        }
        std::string expected;
        std::sort(changes.begin(), changes.end(),
                  [](const Change& a, const Change& b) { return a.replica < b.replica; });
        do {
            auto copy = Replica::decode(bytes);
            for (const Change& change : changes)
                RC_ASSERT(copy->apply(change).ok());
            copy->checkInvariants();
            if (expected.empty())
                expected = copy->text();
            RC_ASSERT(copy->text() == expected);
        } while (std::next_permutation(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
            return a.replica < b.replica;
        }));
    }));
}

namespace {

enum class Direction { forward, backward };

// Each peer types its own word, key by key, at the same spot, not seeing the others; some letters are deleted
// again on the way.
void checkNoInterleaving(std::uint64_t seed, const std::vector<Direction>& directions) {
    SeededRandom random(seed);
    std::vector<ReplicaId> ids;
    for (std::size_t i = 0; i < directions.size(); ++i)
        ids.push_back(1 + random.below(1'000'000) * 10 + i);
    World world(directions.size(), ids);
    const std::u32string around = U"[]";
    world.edit(0, {0, 0, around});
    for (std::size_t who = 1; who < directions.size(); ++who)
        RC_ASSERT(world.deliver(who, 0));
    for (std::size_t who = 0; who < directions.size(); ++who) {
        const std::u32string letter(1, U'A' + static_cast<char32_t>(who));
        for (std::size_t i = 0; i < 8; ++i) {
            const std::size_t index = directions[who] == Direction::forward ? 1 + i : 1;
            world.edit(who, {index, 0, letter});
            if (random.below(3) == 0) {
                world.edit(who, {index, 0, letter});
                world.edit(who, {index, 1, {}});
            }
        }
    }
    world.deliverAll(random);
    world.checkAllEqual();
    const std::u32string& text = world.peer(0).view;
    RC_ASSERT(text.size() == around.size() + directions.size() * 8);
    for (std::size_t who = 0; who < directions.size(); ++who) {
        const std::u32string word(8, U'A' + static_cast<char32_t>(who));
        RC_ASSERT(text.find(word) != std::u32string::npos);
    }
}

} // namespace

TEST(CrdtPropertiesTest, WordsTypedForwardAtOneSpotNeverInterleave) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        checkNoInterleaving(seed, std::vector(*rc::gen::inRange<std::size_t>(2, 5), Direction::forward));
    }));
}

TEST(CrdtPropertiesTest, WordsTypedBackwardAtOneSpotNeverInterleave) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        checkNoInterleaving(seed, std::vector(*rc::gen::inRange<std::size_t>(2, 5), Direction::backward));
    }));
}

TEST(CrdtPropertiesTest, WordsTypedInEitherDirectionAtOneSpotNeverInterleave) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        std::vector<Direction> directions;
        const auto count = *rc::gen::inRange<std::size_t>(2, 5);
        for (std::size_t i = 0; i < count; ++i)
            directions.push_back(*rc::gen::element(Direction::forward, Direction::backward));
        checkNoInterleaving(seed, directions);
    }));
}

TEST(CrdtPropertiesTest, AnAnchorIsWhereItsElementIs) {
    EXPECT_TRUE(rc::check([](std::uint64_t seed) {
        SeededRandom random(seed);
        World world(2);
        for (int i = 0; i < 12; ++i)
            world.edit(0, randomSplice(random, world.peer(0).replica.length()));
        const Replica& replica = world.peer(0).replica;
        const std::size_t index = random.below(replica.length() + 1);
        const Side side = random.below(2) == 0 ? Side::left : Side::right;
        const Anchor anchor = replica.anchorAt(index, side);
        RC_ASSERT(*replica.indexOf(anchor) == index);
        for (int i = 0; i < 12; ++i)
            world.edit(0, randomSplice(random, replica.length()));
        // Where the model has the element, deleted or not.
        const model::NaiveDocument& naive = world.peer(0).naive;
        std::size_t expected = 0;
        for (const OpId id : naive.order()) {
            const bool visible = !naive.isDeleted(id);
            if (id == anchor.element) {
                expected += visible && anchor.side == Side::right ? 1 : 0;
                break;
            }
            expected += visible ? 1 : 0;
        }
        RC_ASSERT(*replica.indexOf(anchor) == expected);
    }));
}

} // namespace tandem
