#include "editor/highlight/highlighter.h"

#include "editor_fixture.h"

#include <QInputMethodEvent>
#include <QScrollBar>

namespace tandem {

namespace {

class HighlighterTest : public EditorFixture {
protected:
    void SetUp() override {
        EditorFixture::SetUp();
        highlighter.setLanguage(languages.find("cpp"));
    }

    QColor colorAt(int line, int column) {
        const QTextBlock block = view.document()->findBlockByNumber(line);
        for (const QTextLayout::FormatRange& range : block.layout()->formats())
            if (column >= range.start && column < range.start + range.length)
                return range.format.foreground().color();
        return {};
    }
    QColor colorOf(TokenStyle style) { return theme::tokenColor(style, view.palette()); }
    void paint() {
        highlighter.finish();
        view.grab();
    }

    LanguageSet languages;
    Highlighter highlighter{view, languages};
};

} // namespace

TEST_F(HighlighterTest, WhatIsTypedHasItsColourWithTheKey) {
    QTest::keyClicks(&view, "return x;");
    EXPECT_EQ(colorAt(0, 0), colorOf(TokenStyle::keyword));
    press(Qt::Key_Home);
    QTest::keyClicks(&view, "// ");
    EXPECT_EQ(colorAt(0, 5), colorOf(TokenStyle::comment));
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(HighlighterTest, AnOpenedCommentColoursTheLinesBelowAndAClosedOneNoMore) {
    write(U"int a;\nint b;\nint c;");
    paint();
    EXPECT_EQ(colorAt(2, 0), colorOf(TokenStyle::type));
    putCaret(0);
    QTest::keyClicks(&view, "/*");
    paint();
    EXPECT_EQ(colorAt(2, 0), colorOf(TokenStyle::comment));
    editRemotely(9, 0, U"*/");
    paint();
    EXPECT_EQ(colorAt(2, 0), colorOf(TokenStyle::type));
}

TEST_F(HighlighterTest, OthersEditsAreColouredToo) {
    write(U"abc\nabc\nabc");
    paint();
    editRemotely(4, 3, U"while (1) {}\nreturn 0;\n");
    paint();
    EXPECT_EQ(colorAt(1, 0), colorOf(TokenStyle::keyword));
    EXPECT_EQ(colorAt(2, 7), colorOf(TokenStyle::number));
    EXPECT_EQ(colorAt(0, 0), QColor());
}

TEST_F(HighlighterTest, OnlyLinesInSightAreGivenColoursAndTheOthersAreInTimeWhenTheyCome) {
    std::u32string text = U"/*\n";
    for (int i = 0; i < 5'000; ++i)
        text += U"return;\n";
    write(text);
    EXPECT_FALSE(highlighter.isComplete()) << "it was all done within the edit";
    paint();
    EXPECT_EQ(colorAt(1, 0), colorOf(TokenStyle::comment));
    EXPECT_EQ(colorAt(4'000, 0), QColor());
    view.verticalScrollBar()->setValue(4'000);
    view.grab();
    EXPECT_EQ(colorAt(4'000, 0), colorOf(TokenStyle::comment));
}

TEST_F(HighlighterTest, TheStateOfEveryLineIsTheOneThatALookFromTheStartFinds) {
    SeededRandom random(5);
    write(U"int a; /* b\n c */ \"d\" R\"(e\nf)\" g\n");
    const LineScanner scanner(languages, languages.find("cpp"));
    for (int i = 0; i < 400; ++i) {
        const std::size_t length = text().size();
        const std::size_t at = random.below(length + 1);
        const std::size_t deleted = random.below(std::min<std::size_t>(6, length - at) + 1);
        std::u32string inserted;
        for (std::uint64_t n = random.below(6); n > 0; --n)
            inserted += U"/*\"\nR()x"[random.below(8)];
        editRemotely(at, deleted, inserted);
        if (i % 7 == 0)
            QTest::keyClick(&view, Qt::Key_Return);
        highlighter.finish();
        int state = LineScanner::initialState;
        for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next()) {
            state = scanner.scan(block.text(), state, nullptr);
            ASSERT_EQ(block.userState(), state) << "edit " << i << ", line " << block.blockNumber();
        }
    }
}

TEST_F(HighlighterTest, AnotherLanguageOrThemeColoursAnew) {
    write(U"# return");
    paint();
    highlighter.setLanguage(languages.find("markdown"));
    paint();
    EXPECT_EQ(colorAt(0, 3), colorOf(TokenStyle::heading));
    const QColor before = colorAt(0, 3);
    view.setPalette(theme::paletteOf(theme::Scheme::dark));
    paint();
    EXPECT_NE(colorAt(0, 3), before);
    EXPECT_EQ(colorAt(0, 3), colorOf(TokenStyle::heading));
    highlighter.setLanguage(nullptr);
    paint();
    EXPECT_EQ(colorAt(0, 3), QColor());
}

TEST_F(HighlighterTest, ColouringIsNoEdit) {
    write(U"return 1;");
    paint();
    highlighter.setLanguage(languages.find("markdown"));
    paint();
    EXPECT_TRUE(mine.document.outbox().empty());
    EXPECT_FALSE(view.canUndo());
}

TEST_F(HighlighterTest, WhatIsComposedStaysWhileColoursCome) {
    write(U"return 1;\nreturn 2;");
    putCaret(7);
    QInputMethodEvent compose(QStringLiteral("にほん"), {{QInputMethodEvent::Cursor, 3, 1}});
    QCoreApplication::sendEvent(&view, &compose);
    editRemotely(0, 0, U"/* */ ");
    paint();
    EXPECT_EQ(view.textCursor().block().layout()->preeditAreaText(), QStringLiteral("にほん"));
    QInputMethodEvent commit;
    commit.setCommitString(QStringLiteral("日本"));
    QCoreApplication::sendEvent(&view, &commit);
    EXPECT_EQ(text(), U"/* */ return 日本1;\nreturn 2;");
    paint();
    EXPECT_EQ(colorAt(0, 0), colorOf(TokenStyle::comment));
}

TEST_F(HighlighterTest, ALineOfAMegabyteIsShownWithoutColours) {
    write(std::u32string(1'000'000, U'"'));
    paint();
    EXPECT_TRUE(view.document()->firstBlock().layout()->formats().isEmpty());
    QTest::keyClicks(&view, "x");
    EXPECT_TRUE(view.binding().agrees());
}

} // namespace tandem
