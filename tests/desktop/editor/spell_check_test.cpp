#include "editor/spelling/spell_check.h"

#include "editor_fixture.h"

#include <QFile>
#include <QMenu>
#include <QTemporaryDir>

namespace tandem {

namespace {

class SpellCheckTest : public EditorFixture {
protected:
    void SetUp() override {
        EditorFixture::SetUp();
        ASSERT_TRUE(Dictionary::languages().contains("en_US")) << "the package hunspell-en-us is missing";
        check.setLanguage("en_US");
        highlighter.setLanguage(languages.find("markdown"));
    }

    QStringList wrongIn(int line) {
        highlighter.finish();
        const QTextBlock block = view.document()->findBlockByNumber(line);
        QStringList words;
        for (const BlockNotes::Range& range : check.misspelledIn(block))
            words += block.text().mid(range.start, range.length);
        return words;
    }
    QStringList shownIn(int line) {
        view.grab();
        check.finish();
        const QTextBlock block = view.document()->findBlockByNumber(line);
        QStringList words;
        if (const BlockNotes* notes = notesOf(block))
            for (const BlockNotes::Range& range : notes->misspelled)
                words += block.text().mid(range.start, range.length);
        return words;
    }
    QAction* choice(QMenu& menu, const QString& text) {
        for (QAction* action : menu.actions())
            if (action->text().contains(text))
                return action;
        return nullptr;
    }

    QTemporaryDir folder;
    LanguageSet languages;
    Highlighter highlighter{view, languages};
    Dictionary dictionary{folder.filePath("words.txt")};
    SpellCheck check{view, highlighter, dictionary};
};

} // namespace

TEST_F(SpellCheckTest, WrongWordsAreFoundAndRightOnesAreNot) {
    write(U"This is an excelent sentence, isn\u2019t it? Teh end. \u05E9\u05DC\u05D5\u05DD");
    EXPECT_EQ(wrongIn(0), (QStringList{"excelent", "Teh"})) << "what another script writes is not English";
    EXPECT_EQ(shownIn(0), (QStringList{"excelent", "Teh"}));
}

TEST_F(SpellCheckTest, CodeAddressesNamesAndNumbersAreNoProse) {
    write(U"See `exampel` https://exmaple.org/pth me@exmaple.org camelCsae snake_csae 12thh x1y ABCDE\n"
          U"```\nexampel\n```\n[lnk](http://x.y) exampel");
    EXPECT_EQ(wrongIn(0), QStringList());
    EXPECT_EQ(wrongIn(2), QStringList());
    EXPECT_EQ(wrongIn(4), QStringList{"exampel"});
}

TEST_F(SpellCheckTest, InProgramsOnlyCommentsAreProse) {
    write(U"int foobaar = 1; // a foobaar comment\n\"strng\"");
    highlighter.setLanguage(languages.find("cpp"));
    EXPECT_EQ(wrongIn(0), QStringList{"foobaar"});
    EXPECT_EQ(wrongIn(1), QStringList());
}

TEST_F(SpellCheckTest, WhatOthersTypeIsLookedThroughToo) {
    write(U"good words");
    EXPECT_EQ(shownIn(0), QStringList());
    editRemotely(5, 0, U"baad ");
    EXPECT_EQ(shownIn(0), QStringList{"baad"});
    editRemotely(6, 1, U"");
    EXPECT_EQ(shownIn(0), QStringList());
}

TEST_F(SpellCheckTest, ASuggestionReplacesTheWordInOneStepWhereverItIsByThen) {
    write(U"an excelent idea");
    QMenu menu;
    check.addTo(menu, 6);
    QAction* suggestion = choice(menu, "excellent");
    ASSERT_TRUE(suggestion);
    editRemotely(0, 0, U"this is ");
    suggestion->trigger();
    EXPECT_EQ(text(), U"this is an excellent idea");
    undo();
    EXPECT_EQ(text(), U"this is an excelent idea");
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(SpellCheckTest, ASuggestionForAWordThatSomeoneHasChangedDoesNothing) {
    write(U"an excelent idea");
    QMenu menu;
    check.addTo(menu, 6);
    editRemotely(5, 2, U"");
    choice(menu, "excellent")->trigger();
    EXPECT_EQ(text(), U"an exlent idea");
}

TEST_F(SpellCheckTest, OwnWordsStayAndIgnoredOnesAreForNow) {
    write(U"Zorblax likes quuxing");
    QMenu menu;
    check.addTo(menu, 2);
    choice(menu, "Your Words")->trigger();
    QMenu other;
    check.addTo(other, 15);
    choice(other, "Ignore")->trigger();
    EXPECT_EQ(shownIn(0), QStringList());
    Dictionary next(folder.filePath("words.txt"));
    next.setLanguage("en_US");
    EXPECT_TRUE(next.isRight("Zorblax"));
    EXPECT_FALSE(next.isRight("quuxing"));
}

TEST_F(SpellCheckTest, TheLanguageFollowsThePersonsAndNoneIsNoMistake) {
    EXPECT_EQ(Dictionary::languageOf({"xx-YY", "en-US"}), "en_US");
    EXPECT_EQ(Dictionary::languageOf({"en-GB"}).left(3), "en_");
    EXPECT_EQ(Dictionary::languageOf({"xx"}), "");
    write(U"zzxxy");
    check.setLanguage("");
    EXPECT_EQ(wrongIn(0), QStringList());
    check.setLanguage("../../etc/passwd");
    EXPECT_EQ(wrongIn(0), QStringList());
}

TEST_F(SpellCheckTest, TheMenuOfARightWordHasNothingOfIt) {
    write(U"good wrod");
    QMenu menu;
    check.addTo(menu, 2);
    EXPECT_TRUE(menu.actions().isEmpty());
    check.setOn(false);
    check.addTo(menu, 6);
    EXPECT_TRUE(menu.actions().isEmpty());
}

TEST_F(SpellCheckTest, OneGoesFromWrongWordToWrongWord) {
    write(U"good wrod\n\nmroe good");
    highlighter.finish();
    EXPECT_TRUE(check.goToNext());
    EXPECT_EQ(view.textCursor().selectedText(), "wrod");
    EXPECT_TRUE(check.goToNext());
    EXPECT_EQ(view.textCursor().selectedText(), "mroe");
    EXPECT_FALSE(check.goToNext());
}

TEST_F(SpellCheckTest, LookingIsNoEditAndOnlyWhatIsInSightIsLookedThrough) {
    std::u32string text;
    for (int i = 0; i < 1'000; ++i)
        text += U"wrod\n";
    write(text);
    EXPECT_EQ(shownIn(0), QStringList{"wrod"});
    EXPECT_EQ(notesOf(view.document()->findBlockByNumber(900)), nullptr);
    EXPECT_TRUE(mine.document.outbox().empty());
}

} // namespace tandem
