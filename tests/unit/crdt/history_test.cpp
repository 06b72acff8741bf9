#include "crdt/history.h"

#include "base/random.h"
#include "fakes/memory_history.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

// What each version said and who wrote it, kept as it came.
struct Kept {
    std::u32string text;
    std::vector<ReplicaId> authors; // of each code point
};

// Some people who edit at once; the log is one of the orders in which their changes may come.
class Past {
public:
    explicit Past(std::uint64_t seed, Seq interval = 16) : m_random(seed), source(interval) {
        kept.push_back({});
        m_sites.resize(3);
        for (std::size_t i = 0; i < m_sites.size(); ++i)
            m_sites[i].id = 10 + i;
    }

    void grow(int edits) {
        for (int i = 0; i < edits; ++i) {
            Site& site = m_sites[m_random.below(m_sites.size())];
            if (m_random.below(3) == 0)
                receive(site);
            edit(site);
        }
    }

private:
    struct Site {
        ReplicaId id = 0;
        Replica replica;
        Seq seen = 0;
    };

    void receive(Site& site) {
        for (; site.seen < m_log.size(); ++site.seen)
            ASSERT_TRUE(site.replica.apply(m_log[site.seen]).ok());
    }
    void edit(Site& site) {
        const std::size_t length = site.replica.length();
        const std::size_t index = m_random.below(length + 1);
        const std::size_t deleted =
            m_random.below(2) * m_random.below(std::min<std::size_t>(length - index, 6) + 1);
        std::u32string text(m_random.below(4), U'a');
        for (char32_t& c : text)
            c = m_random.below(9) == 0 ? U'\U0001F600' : U'a' + static_cast<char32_t>(m_random.below(26));
        const auto change = site.replica.edit(site.id, std::vector<Splice>{{index, deleted, text}});
        ASSERT_TRUE(change.ok());
        if (!change->ops.empty())
            log(*change);
    }
    void log(const Change& change) {
        TextEdits edits;
        ASSERT_TRUE(m_server.apply(change, &edits).ok());
        m_log.push_back(change);
        source.append(encodeChange(change), m_server);
        Kept now = kept.back();
        for (const TextEdit& edit : edits) {
            const auto at = static_cast<std::ptrdiff_t>(edit.index);
            now.text.replace(edit.index, edit.deleted, edit.inserted);
            now.authors.erase(now.authors.begin() + at,
                              now.authors.begin() + at + static_cast<std::ptrdiff_t>(edit.deleted));
            now.authors.insert(now.authors.begin() + at, edit.inserted.size(), change.replica);
        }
        kept.push_back(std::move(now));
    }

    SeededRandom m_random;
    std::vector<Site> m_sites;
    Replica m_server;
    std::vector<Change> m_log;

public:
    MemoryHistory source;
    std::vector<Kept> kept; // by version
};

std::vector<ReplicaId> spread(const std::vector<AuthorRange>& ranges) {
    std::vector<ReplicaId> authors;
    for (const AuthorRange& range : ranges)
        authors.insert(authors.end(), range.length, range.replica);
    return authors;
}

} // namespace

TEST(History, EveryVersionSaysWhatItSaidAndWhoWroteIt) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        Past past(seed);
        past.grow(120);
        ASSERT_GT(past.source.checkpointCount(), 3u);
        History history(past.source);
        for (Seq version = 0; version < past.kept.size(); ++version) {
            SCOPED_TRACE(version);
            const auto replica = history.at(version);
            ASSERT_TRUE(replica.ok()) << replica.error().detail;
            EXPECT_EQ(replica->codePoints(), past.kept[version].text);
            EXPECT_EQ(spread(replica->authors()), past.kept[version].authors);
            const auto ranges = replica->authors();
            for (std::size_t i = 1; i < ranges.size(); ++i)
                EXPECT_NE(ranges[i].replica, ranges[i - 1].replica);
        }
    }
}

TEST(History, WhatChangedBetweenTwoVersionsMakesOneOfTheOther) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        SCOPED_TRACE(seed);
        Past past(seed);
        past.grow(90);
        History history(past.source);
        SeededRandom random(seed);
        for (int i = 0; i < 80; ++i) {
            const Seq from = random.below(past.kept.size());
            const Seq to = random.below(past.kept.size());
            SCOPED_TRACE(testing::Message() << from << " to " << to);
            const auto replacements = history.between(from, to);
            ASSERT_TRUE(replacements.ok()) << replacements.error().detail;
            std::u32string text = past.kept[from].text;
            std::size_t reached = 0;
            for (const Replacement& replacement : *replacements) {
                ASSERT_FALSE(replacement.removed.empty() && replacement.inserted.empty());
                ASSERT_GE(replacement.index, reached);
                ASSERT_EQ(text.substr(replacement.index, replacement.removed.size()), replacement.removed);
                text.replace(replacement.index, replacement.removed.size(), replacement.inserted);
                reached = replacement.index + replacement.inserted.size() + 1;
            }
            EXPECT_EQ(text, past.kept[to].text);
        }
    }
}

TEST(History, WhatCameAndWentBetweenIsNoChange) {
    Replica replica;
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{0, 0, U"hello"}}).ok());
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{4, 1, U""}}).ok());
    const Replica::Moment then = replica.moment();
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{2, 0, U"xyz"}, {3, 1, U""}, {2, 2, U""}}).ok());
    EXPECT_TRUE(replica.changesSince(then).empty());
    // A deletion beside one from before.
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{3, 1, U""}}).ok());
    EXPECT_EQ(replica.changesSince(then), (std::vector<Replacement>{{3, U"l", U""}}));
}

TEST(History, AMomentDoesNotEndWithTheNextOne) {
    Replica replica;
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{0, 0, U"abcdef"}}).ok());
    const Replica::Moment first = replica.moment();
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{5, 1, U""}}).ok());
    const Replica::Moment second = replica.moment();
    ASSERT_TRUE(replica.edit(1, std::vector<Splice>{{4, 1, U"!"}}).ok());
    EXPECT_EQ(replica.changesSince(first), (std::vector<Replacement>{{4, U"ef", U"!"}}));
    EXPECT_EQ(replica.changesSince(second), (std::vector<Replacement>{{4, U"e", U"!"}}));
}

TEST(History, ALogThatEndsTooSoonOrDoesNotFitIsAnError) {
    Past past(1, 1'000);
    past.grow(20);
    History history(past.source);
    const Seq version = past.source.version();
    EXPECT_EQ(history.at(version + 1).error().code, ErrorCode::internal);
    past.source.forgetAfter(version - 1);
    EXPECT_FALSE(history.at(version).ok());
    EXPECT_FALSE(history.between(0, version).ok());
    EXPECT_TRUE(history.at(version - 1).ok());
}

} // namespace tandem
