#include "editor/find/text_search.h"

#include "editor_fixture.h"

#include "base/random.h"

#include <QRegularExpression>

namespace tandem {

namespace {

using Hit = TextSearch::Hit;
using Range = PendingRanges::Range;

class TextSearchTest : public EditorFixture {
protected:
    void search(const QString& text, SearchPattern::Options options = {}) {
        searched.setPattern({text, options});
        searched.finish();
    }
    QStringList found() {
        QStringList texts;
        for (const Hit& hit : searched.hits())
            texts += view.binding().text(hit.start, hit.end);
        return texts;
    }

    TextSearch searched{view};
};

} // namespace

TEST(SearchPatternTest, AWrongRegularExpressionSaysWhatIsWrongAndWhere) {
    const SearchPattern pattern(QStringLiteral("a(b"), {.isRegex = true});
    EXPECT_FALSE(pattern.isValid());
    EXPECT_TRUE(pattern.problem().contains(QStringLiteral("parenthes"))) << qPrintable(pattern.problem());
    EXPECT_TRUE(pattern.problem().contains(u'4'));
}

TEST(SearchPatternTest, SpecialCharactersOfATextMeanThemselves) {
    const SearchPattern pattern(QStringLiteral("a.*(b"), {});
    SearchPattern::Match match;
    const QString text = QStringLiteral("axx(b a.*(b");
    ASSERT_EQ(pattern.next(text, 0, text.size(), match), SearchPattern::Outcome::found);
    EXPECT_EQ(match.start, 6);
}

TEST(SearchPatternTest, CaseCountsOnlyWhenItIsAskedForInEveryScript) {
    const QString text = QStringLiteral("ÄRGER ärger ΣΊΣΥΦΟΣ");
    SearchPattern::Match match;
    EXPECT_EQ(SearchPattern(QStringLiteral("ärger"), {}).next(text, 0, text.size(), match),
              SearchPattern::Outcome::found);
    EXPECT_EQ(match.start, 0);
    EXPECT_EQ(
        SearchPattern(QStringLiteral("ärger"), {.isCaseSensitive = true}).next(text, 0, text.size(), match),
        SearchPattern::Outcome::found);
    EXPECT_EQ(match.start, 6);
    EXPECT_EQ(SearchPattern(QStringLiteral("σίσυφος"), {}).next(text, 0, text.size(), match),
              SearchPattern::Outcome::found);
}

TEST(SearchPatternTest, APatternThatTriesForEverGivesUp) {
    const SearchPattern pattern(QStringLiteral("(a+)+$"), {.isRegex = true});
    const QString text = QString(2'000, u'a') + u'!';
    SearchPattern::Match match;
    EXPECT_EQ(pattern.next(text, 0, text.size(), match), SearchPattern::Outcome::tooMuch);
}

TEST(SearchPatternTest, AReplacementUsesWhatWasMatched) {
    const SearchPattern pattern(QStringLiteral("(\\w+) (?<last>\\w+)"), {.isRegex = true});
    const QString text = QStringLiteral("x Ada Lovelace!");
    QString problem;
    EXPECT_EQ(pattern.replacement(text, {2, 14}, QStringLiteral("${last},\\n$1"), &problem).value_or(problem),
              QStringLiteral("Lovelace,\nAda"));
    EXPECT_FALSE(pattern.replacement(text, {2, 14}, QStringLiteral("${nobody}"), &problem));
    EXPECT_FALSE(problem.isEmpty());
}

TEST(PendingRangesTest, RangesThatTouchBecomeOneAndMoveWithTheText) {
    PendingRanges pending;
    pending.add({10, 20});
    pending.add({30, 40});
    pending.add({20, 25});
    EXPECT_EQ(pending.all(), (std::vector<Range>{{10, 25}, {30, 40}}));
    pending.follow({0, 0, 5});
    EXPECT_EQ(pending.all(), (std::vector<Range>{{15, 30}, {35, 45}}));
    pending.follow({28, 10, 0});
    EXPECT_EQ(pending.all(), (std::vector<Range>{{15, 35}}));
    pending.remove({20, 30});
    EXPECT_EQ(pending.all(), (std::vector<Range>{{15, 20}, {30, 35}}));
    EXPECT_EQ(pending.next(21, 2), (Range{30, 32}));
    EXPECT_EQ(pending.next(50, 100), (Range{15, 20}));
}

TEST_F(TextSearchTest, EveryHitIsFoundInOrder) {
    write(U"one two one\nONE");
    search("one");
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 3}, {8, 11}, {12, 15}}));
    search("one", {.isCaseSensitive = true});
    EXPECT_EQ(searched.hits().size(), 2u);
}

TEST_F(TextSearchTest, WholeWordsOnlyWhenThatIsAskedFor) {
    write(U"cat concat cats cat_ (cat) übercat");
    search("cat", {.isWholeWord = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 3}, {22, 25}}));
}

TEST_F(TextSearchTest, WhatTheViewShowsOtherwiseIsFoundAsItIs) {
    write(U"a\u00A0b\u2028c\rd\U0001F600e");
    search(QStringLiteral("\u00A0"));
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{1, 2}}));
    search(QStringLiteral("\u2028c"));
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{3, 5}}));
    search(QStringLiteral("\\r"), {.isRegex = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{5, 6}}));
    search(QStringLiteral("\u240D"));
    EXPECT_TRUE(searched.hits().empty()) << "the stand-in is not in the text";
    search(QStringLiteral("😀e"));
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{7, 10}}));
}

TEST_F(TextSearchTest, ARegularExpressionMayReachOverLines) {
    write(U"begin\n a\n b\nend begin x end\n");
    search(QStringLiteral("begin[\\s\\S]*?end"), {.isRegex = true});
    EXPECT_EQ(found(), (QStringList{"begin\n a\n b\nend", "begin x end"}));
    search(QStringLiteral("^ .$"), {.isRegex = true});
    EXPECT_EQ(found(), (QStringList{" a", " b"}));
}

TEST_F(TextSearchTest, HitsStayTrueWhileOthersEdit) {
    write(U"one two one two one");
    search("one");
    editRemotely(0, 0, U"one ");
    editRemotely(6, 1, U"");
    editRemotely(text().size(), 0, U" on");
    editRemotely(text().size(), 0, U"e");
    searched.finish();
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 3}, {11, 14}, {19, 22}, {23, 26}}));
    EXPECT_EQ(found(), (QStringList{"one", "one", "one", "one"}));
}

TEST_F(TextSearchTest, AWordThatGrowsIsNoWholeWordAnyMore) {
    write(U"cat cat");
    search("cat", {.isWholeWord = true});
    editRemotely(3, 0, U"s");
    searched.finish();
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{5, 8}}));
    editRemotely(3, 1, U"");
    searched.finish();
    EXPECT_EQ(searched.hits().size(), 2u);
}

TEST_F(TextSearchTest, RandomEditsLeaveTheHitsThatANewSearchFinds) {
    SeededRandom random(7);
    write(U"abab\nba b\nab\n");
    for (const char* each : {"ab", "a+\\s?b", "b*", "^"}) {
        const QString pattern = QString::fromLatin1(each);
        const bool isRegex = pattern != QLatin1String("ab");
        search(pattern, {.isRegex = isRegex});
        for (int i = 0; i < 300; ++i) {
            const std::size_t length = text().size();
            const std::size_t at = random.below(length + 1);
            const std::size_t deleted = random.below(std::min<std::size_t>(4, length - at) + 1);
            std::u32string inserted;
            for (std::uint64_t n = random.below(5); n > 0; --n)
                inserted += U"ab\n \U0001F600"[random.below(5)];
            editRemotely(at, deleted, inserted);
            searched.finish();
            const std::vector<Hit> kept = searched.hits();
            search(pattern, {.isRegex = isRegex});
            ASSERT_EQ(kept, searched.hits()) << "edit " << i;
        }
    }
}

TEST_F(TextSearchTest, PlacesWithoutTextAreFoundButNotRightBehindAHit) {
    write(U"baab");
    search("a*", {.isRegex = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 0}, {1, 3}, {4, 4}}));
    search("|aa", {.isRegex = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 0}, {1, 1}, {1, 3}, {4, 4}}));
    editRemotely(0, 4, U"a\n\nb\n");
    search("^", {.isRegex = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{0, 0}, {2, 2}, {3, 3}, {5, 5}}));
    search("$", {.isRegex = true});
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{1, 1}, {2, 2}, {4, 4}, {5, 5}}));
}

TEST_F(TextSearchTest, OnlyASelectionIsSearchedWhereverItGoes) {
    write(U"x one x one x one x");
    searched.searchWithin(
        Selection{view.binding().anchorAt(6, Side::right), view.binding().anchorAt(13, Side::left)});
    search("one");
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{8, 11}}));
    editRemotely(0, 0, U"one one ");
    searched.finish();
    EXPECT_EQ(searched.hits(), (std::vector<Hit>{{16, 19}}));
    editRemotely(14, 0, U"one ");
    searched.finish();
    EXPECT_EQ(searched.hits().size(), 2u);
}

TEST_F(TextSearchTest, APatternThatTakesTooLongSaysSoAndStops) {
    write(std::u32string(5'000, U'a') + U"!");
    search(QStringLiteral("(a+)+$"), {.isRegex = true});
    EXPECT_FALSE(searched.problem().isEmpty());
    EXPECT_TRUE(searched.isComplete());
    search(QStringLiteral("a!"), {.isRegex = true});
    EXPECT_TRUE(searched.problem().isEmpty());
    EXPECT_EQ(searched.hits().size(), 1u);
}

TEST_F(TextSearchTest, AHitIsNotTakenForTheNextOneBeforeAllBeforeItIsLookedThrough) {
    write(U"needle " + std::u32string(300'000, U'x') + U" needle");
    putCaret(200'000);
    searched.setPattern({"needle", {}});
    EXPECT_FALSE(searched.hitFrom(0));
    searched.finish();
    EXPECT_EQ(searched.hitFrom(0), (Hit{0, 6}));
    EXPECT_EQ(searched.hitFrom(1), (Hit{300'008, 300'014}));
    EXPECT_EQ(searched.hitBefore(300'000), (Hit{0, 6}));
}

TEST_F(TextSearchTest, TenMegabytesAreSearchedInSlices) {
    std::u32string large;
    while (large.size() < 10'000'000)
        large += U"All work and no play makes a dull text, said the needle.\n";
    write(large);
    searched.setPattern({"needle", {}});
    EXPECT_FALSE(searched.isComplete()) << "it was done within the key";
    ASSERT_TRUE(QTest::qWaitFor([&] { return searched.isComplete(); }, 60'000));
    EXPECT_EQ(searched.hits().size(), large.size() / 57);
}

} // namespace tandem
