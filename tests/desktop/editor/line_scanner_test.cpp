#include "editor/highlight/line_scanner.h"

#include "base/random.h"
#include "theme/theme.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tandem {

namespace {

const LanguageSet& languages() {
    static const LanguageSet all;
    return all;
}

const QHash<TokenStyle, QString>& names() {
    static const QHash<TokenStyle, QString> all = {
        {TokenStyle::keyword, "keyword"},     {TokenStyle::type, "type"},
        {TokenStyle::constant, "constant"},   {TokenStyle::number, "number"},
        {TokenStyle::string, "string"},       {TokenStyle::escape, "escape"},
        {TokenStyle::comment, "comment"},     {TokenStyle::function, "function"},
        {TokenStyle::property, "property"},   {TokenStyle::tag, "tag"},
        {TokenStyle::directive, "directive"}, {TokenStyle::variable, "variable"},
        {TokenStyle::heading, "heading"},     {TokenStyle::emphasis, "emphasis"},
        {TokenStyle::strong, "strong"},       {TokenStyle::strike, "strike"},
        {TokenStyle::code, "code"},           {TokenStyle::link, "link"},
        {TokenStyle::mark, "mark"},           {TokenStyle::quote, "quote"},
    };
    return all;
}

// Each part of the lines as style:text.
QStringList parts(const QString& language, const QString& text) {
    const LineScanner scanner(languages(), languages().find(language));
    QStringList all;
    int state = LineScanner::initialState;
    const QStringList lines = text.split(u'\n');
    for (const QString& line : lines) {
        Tokens tokens;
        state = scanner.scan(line, state, &tokens);
        for (const Token& token : tokens)
            all += names().value(token.style) + u':' + line.mid(token.start, token.length);
    }
    return all;
}

double luminance(const QColor& color) {
    const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}
double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

TEST(LanguageSetTest, EveryLanguageThatIsPromisedIsThere) {
    for (const char* name : {"markdown", "c", "cpp", "python", "javascript", "typescript", "java", "go",
                             "rust", "shell", "sql", "json", "yaml", "xml", "html", "css"})
        EXPECT_NE(languages().find(name), nullptr) << name;
}

TEST(LanguageSetTest, TheTitlesEndingNamesTheLanguageAndProseIsMarkdown) {
    const auto named = [](const char* title) {
        const Language* language = languages().forTitle(title);
        return language ? language->id : QString();
    };
    EXPECT_EQ(named("main.CPP"), "cpp");
    EXPECT_EQ(named("a.b.py "), "python");
    EXPECT_EQ(named("Moving day"), "markdown");
    EXPECT_EQ(named("Is it 5 p.m. already"), "markdown");
    EXPECT_EQ(named("notes.txt"), "");
    EXPECT_EQ(named("README"), "markdown");
    EXPECT_EQ(named(""), "markdown");
}

TEST(LanguageSetTest, ADamagedDefinitionIsNone) {
    EXPECT_EQ(readLanguage("x", "{"), nullptr);
    EXPECT_EQ(readLanguage("x", "[]"), nullptr);
    EXPECT_NE(readLanguage("x", "{\"spans\": [5, {}]}"), nullptr);
}

TEST(LineScannerTest, CppIsToldApart) {
    EXPECT_EQ(parts("cpp", "#include <a>\nconst int x = 0x1F; // c\nf(\"a\\n\"); /* d\n e */ return;"),
              (QStringList{"directive:#include", "keyword:const", "type:int", "number:0x1F", "comment:// c",
                           "function:f", "string:\"a", "escape:\\n", "string:\"", "comment:/* d",
                           "comment: e */", "keyword:return"}));
}

TEST(LineScannerTest, AStringThatEndsNowhereEndsWithItsLineWhereTheLanguageSaysSo) {
    EXPECT_EQ(parts("cpp", "\"open\nint x;"), (QStringList{"string:\"open", "type:int"}));
    EXPECT_EQ(parts("rust", "\"open\nint\" let"),
              (QStringList{"string:\"open", "string:int\"", "keyword:let"}));
}

TEST(LineScannerTest, PythonHasLongStringsAndDecorators) {
    EXPECT_EQ(parts("python", "@cached\ndef f(x): # c\n  '''a\n b''' + None"),
              (QStringList{"directive:@cached", "keyword:def", "function:f", "comment:# c", "string:'''a",
                           "string: b'''", "constant:None"}));
}

TEST(LineScannerTest, RustNestsCommentsAndKnowsLifetimes) {
    EXPECT_EQ(parts("rust", "/* a /* b */ c */ fn f<'a>(x: &'a str) { 'x' }"),
              (QStringList{"comment:/* a /* b */ c */", "keyword:fn", "type:str", "string:'x'"}));
}

TEST(LineScannerTest, OtherLanguagesAreToldApart) {
    EXPECT_EQ(parts("sql", "SELECT count(x) FROM t -- c"),
              (QStringList{"keyword:SELECT", "function:count", "keyword:FROM", "comment:-- c"}));
    EXPECT_EQ(parts("json", "{\"a\": [true, \"b\", 1.5e-3]}"),
              (QStringList{"property:\"a\"", "constant:true", "string:\"b\"", "number:1.5e-3"}));
    EXPECT_EQ(parts("yaml", "a-b: yes # c\nurl: x#y"),
              (QStringList{"property:a-b", "constant:yes", "comment:# c", "property:url"}));
    EXPECT_EQ(parts("shell", "if [ \"$x\" ]; then echo ${y} # c\nfi"),
              (QStringList{"keyword:if", "string:\"$x\"", "keyword:then", "function:echo", "variable:${y}",
                           "comment:# c", "keyword:fi"}));
    EXPECT_EQ(parts("css", "a.b { color: red; }"), (QStringList{"variable:.b", "property:color"}));
    EXPECT_EQ(parts("go", "func f() error { return nil }"),
              (QStringList{"keyword:func", "function:f", "type:error", "keyword:return", "constant:nil"}));
    EXPECT_EQ(parts("java", "@Override public int x;"),
              (QStringList{"directive:@Override", "keyword:public", "type:int"}));
    EXPECT_EQ(parts("typescript", "let a: string = `x\ny`"),
              (QStringList{"keyword:let", "type:string", "string:`x", "string:y`"}));
}

TEST(LineScannerTest, HtmlHasTagsAttributesAndScripts) {
    EXPECT_EQ(parts("html", "<a href=\"x\">t &amp; u</a><!-- c\n d --><script>\nlet x;\n</script><b>"),
              (QStringList{"tag:<a", "property:href", "string:\"x\"", "tag:>", "escape:&amp;", "tag:</a",
                           "tag:>", "comment:<!-- c", "comment: d -->", "tag:<script", "tag:>", "keyword:let",
                           "tag:</script", "tag:>", "tag:<b", "tag:>"}));
}

TEST(LineScannerTest, MarkdownHasHeadingsListsAndEmphasis) {
    EXPECT_EQ(
        parts("markdown", "# Title\n- [x] a *b* **c `d`** ~~e~~\n2. [l](u) https://x.org/ \\*\n> q\n---"),
        (QStringList{"heading:# Title", "mark:-", "mark:[x]", "emphasis:*", "emphasis:b", "emphasis:*",
                     "strong:**", "strong:c ", "code:`d`", "strong:**", "strike:~~", "strike:e", "strike:~~",
                     "mark:2.", "link:[l](u)", "link:https://x.org/", "escape:\\*", "mark:>", "mark:---"}));
    EXPECT_TRUE(parts("markdown", "snake_case_word 2 * 3 * 4 #tag").isEmpty());
}

TEST(LineScannerTest, FencedBlocksAreInTheirOwnLanguage) {
    EXPECT_EQ(parts("markdown", "```py\nreturn '''\n# x\n''' # y\n```\nreturn"),
              (QStringList{"mark:```py", "keyword:return", "string:'''", "string:# x", "string:'''",
                           "comment:# y", "mark:```"}));
    EXPECT_EQ(parts("markdown", "~~~~\n*a*\n~~~\n~~~~\n*b*"),
              (QStringList{"mark:~~~~", "code:*a*", "code:~~~", "mark:~~~~", "emphasis:*", "emphasis:b",
                           "emphasis:*"}));
}

TEST(LineScannerTest, NoLineOfAnyLanguageBreaksTheScanner) {
    SeededRandom random(11);
    const std::u16string signs = u"<>!-[](){}`'\"*_~#/\\|&;:=ab 0.$@\t\u00E4";
    for (const auto& language : languages().all()) {
        const LineScanner scanner(languages(), language.get());
        int state = LineScanner::initialState;
        for (int i = 0; i < 3'000; ++i) {
            QString line;
            for (std::uint64_t n = random.below(40); n > 0; --n)
                line += QChar(signs[random.below(signs.size())]);
            Tokens tokens;
            const int next = scanner.scan(line, state, &tokens);
            ASSERT_EQ(scanner.scan(line, state, nullptr), next)
                << qPrintable(language->name) << qPrintable(line);
            int end = 0;
            for (const Token& token : tokens) {
                ASSERT_GE(token.start, end) << qPrintable(language->name + u' ' + line);
                ASSERT_GT(token.length, 0);
                end = token.start + token.length;
            }
            ASSERT_LE(end, line.size()) << qPrintable(language->name + u' ' + line);
            ASSERT_GE(next, 0);
            state = next;
        }
    }
}

TEST(LineScannerTest, AVeryLongLineHasNoPartsAndLeavesTheStateAsItWas) {
    const LineScanner scanner(languages(), languages().find("cpp"));
    Tokens tokens;
    const int inComment = scanner.scan(u"/*", LineScanner::initialState, nullptr);
    EXPECT_NE(inComment, LineScanner::initialState);
    EXPECT_EQ(scanner.scan(QString(LineScanner::longestLine + 1, u'"'), inComment, &tokens), inComment);
    EXPECT_TRUE(tokens.empty());
}

TEST(LineScannerTest, EveryColourCanBeReadInLightAndDarkAndOnTheCurrentLine) {
    for (const theme::Scheme scheme : {theme::Scheme::light, theme::Scheme::dark}) {
        const QPalette palette = theme::paletteOf(scheme);
        for (int i = 0; i < tokenStyleCount; ++i) {
            const QColor color = theme::tokenColor(static_cast<TokenStyle>(i), palette);
            EXPECT_GE(contrast(color, palette.color(QPalette::Base)), 4.5) << i;
            EXPECT_GE(contrast(color, theme::currentLine(palette)), 4.5) << i;
        }
    }
}

} // namespace tandem
