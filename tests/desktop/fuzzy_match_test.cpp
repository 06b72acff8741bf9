#include "commands/fuzzy_match.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {
int score(const QString& typed, const QString& text) {
    const std::optional<FuzzyMatch> match = fuzzyMatch(typed, text);
    return match ? match->score : -1000;
}
} // namespace

TEST(FuzzyMatchTest, LettersHaveToStandThereInTheirOrder) {
    EXPECT_TRUE(fuzzyMatch("mvd", "Moving day"));
    EXPECT_FALSE(fuzzyMatch("dvm", "Moving day"));
    EXPECT_FALSE(fuzzyMatch("movingdays", "Moving day"));
    EXPECT_FALSE(fuzzyMatch("x", ""));
}

TEST(FuzzyMatchTest, AnEmptyOneMatchesEverything) {
    EXPECT_TRUE(fuzzyMatch("", "Moving day"));
    EXPECT_TRUE(fuzzyMatch("  ", ""));
}

TEST(FuzzyMatchTest, CaseAccentsAndSpacesDoNotMatter) {
    EXPECT_TRUE(fuzzyMatch("CAFE", "le café"));
    EXPECT_TRUE(fuzzyMatch("cafés", "Cafe society"));
    EXPECT_TRUE(fuzzyMatch("moving  day", "Moving day"));
}

TEST(FuzzyMatchTest, ThePositionsAreThoseOfTheLettersFound) {
    EXPECT_EQ(fuzzyMatch("md", "Moving day")->positions, QList<int>({0, 7}));
    EXPECT_EQ(fuzzyMatch("day", "dad's day")->positions, QList<int>({6, 7, 8}));
}

TEST(FuzzyMatchTest, StartsOfWordsAndLettersInARowComeFirst) {
    EXPECT_GT(score("md", "Moving day"), score("md", "Amid"));
    EXPECT_GT(score("note", "Notes"), score("note", "No tea"));
    EXPECT_GT(score("net", "Share on This Network"), score("net", "Next Tab"));
    EXPECT_GT(score("plan", "Plan"), score("plan", "Plan of the house and the garden"));
}

TEST(FuzzyMatchTest, LongTitlesCostLittle) {
    EXPECT_TRUE(fuzzyMatch("aaaa", QString(100'000, 'a')));
    EXPECT_FALSE(fuzzyMatch(QString(400, 'a') + "b", QString(100'000, 'a')));
}

} // namespace tandem
