// Documents as HTML, OpenDocument and PDF: what people wrote is there, and what strangers wrote does nothing.
#include "export/html_page.h"
#include "export/markdown_shape.h"
#include "export/markdown_tree.h"
#include "export/odt_content.h"
#include "export/odt_file.h"
#include "export/pdf_file.h"
#include "export/printable_text.h"
#include "export/zip_file.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <thread>

namespace tandem {

namespace {

constexpr const char* strangersTitle = "\"><script>alert('t')</script>";

std::string htmlOf(std::string_view text, const std::string& title = "Notes") {
    return htmlPage(title, "2026-11-22", MarkdownTree(printableText(text)));
}

std::string bodyOf(const std::string& html) {
    const std::size_t begin = html.find("<main>");
    return html.substr(begin, html.find("</main>") - begin);
}

std::string outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    EXPECT_TRUE(process.waitForFinished()) << program.toStdString();
    EXPECT_EQ(process.exitCode(), 0) << process.readAllStandardError().toStdString();
    return process.readAllStandardOutput().toStdString();
}

class ExportTest : public testing::Test {
protected:
    QString save(const char* name, const std::string& bytes) {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return file.fileName();
    }
    std::string pdfTextOf(std::string_view text, const std::string& title = "Notes") {
        const auto pdf = pdfFile(title, MarkdownTree(printableText(text)), [](int) { return true; });
        EXPECT_TRUE(pdf) << pdf.error().detail;
        return pdf ? outputOf(QStringLiteral("pdftotext"),
                              {QStringLiteral("-raw"), save("it.pdf", *pdf), QStringLiteral("-")})
                   : std::string();
    }
    // Of the PDF made last.
    QByteArray bytesOfPdf() const {
        QFile pdf(m_folder.filePath(QStringLiteral("it.pdf")));
        EXPECT_TRUE(pdf.open(QIODevice::ReadOnly));
        return pdf.readAll();
    }
    std::string partOf(const QString& odt, const char* part) {
        return outputOf(QStringLiteral("unzip"), {QStringLiteral("-p"), odt, QString::fromLatin1(part)});
    }
    QTemporaryDir m_folder;
};

const std::string strangersText = R"(# <script>alert(1)</script>

<script>alert(2)</script>

<img src=x onerror=alert(3)> [a](javascript:alert(4)) [b](JaVaScRiPt:alert(5)) [c](data:text/html,x)
![d](https://elsewhere.example/d.png) ![e](data:image/png;base64,AAAA) <https://elsewhere.example/"onclick=>
[f](//elsewhere.example/f) [g](vbscript:x) [h][h] <javascript:alert(6)>

[h]: javascript:alert(7) "title"

```"><script>
</code></pre><script>alert(8)</script>
```
)";

} // namespace

TEST_F(ExportTest, TextThatIsWrittenAsMarkdownIsShownSo) {
    const std::string body =
        bodyOf(htmlOf("# Plan\n\n- [x] one\n- ~~two~~ **three**\n\n|a|b|\n|-|-:|\n|1|2|\n\n"
                      "www.example.org and [there](https://example.org/?a&b)\n"));
    EXPECT_NE(body.find("<h1>Plan</h1>"), std::string::npos);
    EXPECT_NE(body.find("<input type=\"checkbox\" checked=\"\" disabled=\"\" /> one"), std::string::npos)
        << body;
    EXPECT_NE(body.find("<del>two</del> <strong>three</strong>"), std::string::npos);
    EXPECT_NE(body.find("<td align=\"right\">2</td>"), std::string::npos);
    EXPECT_NE(body.find("<a href=\"http://www.example.org\">www.example.org</a>"), std::string::npos);
    EXPECT_NE(body.find("<a href=\"https://example.org/?a&amp;b\">there</a>"), std::string::npos);
}

TEST_F(ExportTest, MarkupOfStrangersIsTextInHtml) {
    const std::string html = htmlOf(strangersText, strangersTitle);
    EXPECT_EQ(html.find("<script"), std::string::npos) << html;
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("src="), html.find("src=x onerror")) << "as text";
    EXPECT_NE(html.find("&lt;img src=x onerror=alert(3)&gt;"), std::string::npos);
    EXPECT_NE(html.find("<title>&quot;&gt;&lt;script&gt;"), std::string::npos);
    for (const char* address :
         {"href=\"javascript", "href=\"JaVa", "href=\"data", "href=\"vbscript", "href=\"//"})
        EXPECT_EQ(html.find(address), std::string::npos) << address;
    EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

TEST_F(ExportTest, PicturesAreLinksToThemAndNothingIsLoaded) {
    const std::string body =
        bodyOf(htmlOf("![a cat](https://elsewhere.example/cat.png)\n\n"
                      "[![badge](https://elsewhere.example/b.svg)](https://ci.example/)\n\n"
                      "![](https://elsewhere.example/nameless.png)\n"));
    EXPECT_NE(body.find("<a href=\"https://elsewhere.example/cat.png\">a cat</a>"), std::string::npos);
    EXPECT_NE(body.find("<a href=\"https://ci.example/\">badge (https://elsewhere.example/b.svg)</a>"),
              std::string::npos)
        << body;
    EXPECT_NE(body.find(">https://elsewhere.example/nameless.png</a>"), std::string::npos);
}

TEST_F(ExportTest, AFileThatADocumentNamesIsNeverRead) {
    const std::string marker = "MARKER-8f3a1c";
    const std::string path = save("secret.png", marker).toStdString();
    const std::string text = "![p](file://" + path + ")\n\n![q](" + path + ")\n\n[r](file://" + path +
                             ")\n\n<img src=\"file://" + path + "\">\n\n<iframe src=\"" + path +
                             "\"></iframe>\n";
    const MarkdownTree tree(printableText(text));
    const std::string html = htmlPage("t", "d", tree);
    EXPECT_EQ(html.find(marker), std::string::npos);
    EXPECT_EQ(html.find("href"), std::string::npos);
    const QString odt = save("it.odt", odtFile("t", tree));
    EXPECT_EQ(partOf(odt, "content.xml").find(marker), std::string::npos);
    EXPECT_EQ(partOf(odt, "content.xml").find("href=\"file"), std::string::npos);
    const std::string pdfText = pdfTextOf(text);
    EXPECT_EQ(pdfText.find(marker), std::string::npos);
    EXPECT_NE(pdfText.find("secret.png"), std::string::npos) << "its name is text";
    const QByteArray bytes = bytesOfPdf();
    EXPECT_FALSE(bytes.contains("/URI (file"));
    EXPECT_FALSE(bytes.contains("/Subtype /Image")) << "there are no pictures in it";
}

TEST_F(ExportTest, AnOpenDocumentFileIsAZipOfXmlWithTheTextInIt) {
    const std::string text = strangersText +
                             "\n\n  two  spaces\n\n1. one\n   - deeper\n\n5) five\n\n|a|\n|-|\n|b|\n\n- c\n\n"
                             "  |in|list|\n  |-|-|\n  |d|e|\n\n> quoted\n\n***\n\nZero\x01width\n";
    const std::string file = odtFile(strangersTitle, MarkdownTree(printableText(text)));
    EXPECT_EQ(file.substr(30, 47), "mimetypeapplication/vnd.oasis.opendocument.text");
    const QString odt = save("it.odt", file);
    outputOf(QStringLiteral("unzip"), {QStringLiteral("-t"), odt});
    for (const char* part : {"content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"}) {
        QXmlStreamReader reader(QByteArray::fromStdString(partOf(odt, part)));
        QString words;
        int tables = 0;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isCharacters())
                words += reader.text();
            tables += reader.isStartElement() && reader.name() == QStringLiteral("table") ? 1 : 0;
        }
        EXPECT_FALSE(reader.hasError()) << part << ": " << reader.errorString().toStdString();
        if (std::string_view(part) == "content.xml") {
            EXPECT_TRUE(words.contains(QStringLiteral("<script>alert(2)</script>"))) << words.toStdString();
            EXPECT_TRUE(words.contains(QStringLiteral("Zero\uFFFDwidth")));
            EXPECT_EQ(tables, 1) << "lists hold no tables";
        }
        if (std::string_view(part) == "meta.xml") {
            EXPECT_TRUE(words.contains(QString::fromLatin1(strangersTitle)));
        }
    }
    const std::string content = partOf(odt, "content.xml");
    EXPECT_EQ(content.find("javascript:alert(4)\""), std::string::npos);
    EXPECT_NE(content.find("text:outline-level=\"1\""), std::string::npos);
}

TEST_F(ExportTest, ListsAsDeepAsAnyoneNestsThemStayWithinWhatWordProcessorsKnow) {
    std::string text;
    for (int depth = 0; depth < 40; ++depth)
        text += std::string(2 * static_cast<std::size_t>(depth), ' ') + "- " + std::to_string(depth) + "\n";
    const std::string content = partOf(save("it.odt", odtFile("t", MarkdownTree(text))), "content.xml");
    QXmlStreamReader reader(QByteArray::fromStdString(content));
    int depth = 0;
    int deepest = 0;
    while (!reader.atEnd()) {
        reader.readNext();
        const bool isList = reader.name() == QStringLiteral("list");
        depth += isList && reader.isStartElement() ? 1 : isList && reader.isEndElement() ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    EXPECT_FALSE(reader.hasError());
    EXPECT_EQ(deepest, 9);
    EXPECT_NE(content.find(">39<"), std::string::npos);
    EXPECT_NE(pdfTextOf(text).find("39"), std::string::npos);
}

TEST_F(ExportTest, ThePdfHasTheTextOfManyScripts) {
    const std::string text = pdfTextOf(
        "# Überschrift\n\nΚαλημέρα and Привет.\n\n中文文本。日本語 한국어\n\nשלום\n\n`a </b> != c`\n");
    for (const char* words : {"Überschrift", "Привет", "中文文本", "日本語", "한국어", "a </b> != c"})
        EXPECT_NE(text.find(words), std::string::npos) << words << " in " << text;
    EXPECT_NE(outputOf(QStringLiteral("pdftotext"),
                       {QStringLiteral("-layout"), m_folder.filePath(QStringLiteral("it.pdf")),
                        QStringLiteral("-")})
                  .find("שלום"),
              std::string::npos);
}

TEST_F(ExportTest, MarkupOfStrangersIsTextInThePdf) {
    const std::string text = pdfTextOf(strangersText, strangersTitle);
    EXPECT_NE(text.find("<script>alert(2)</script>"), std::string::npos) << text;
    EXPECT_NE(text.find("<script>alert('t')</script>"), std::string::npos) << "the title below";
    const QByteArray bytes = bytesOfPdf();
    EXPECT_FALSE(bytes.contains("/URI (javascript"));
    EXPECT_TRUE(bytes.contains("elsewhere.example")) << "links are links";
}

TEST_F(ExportTest, ThePdfHasNumberedPagesAndEmbeddedFonts) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "Paragraph " + std::to_string(i) + " `code`\n\n";
    const std::string words = pdfTextOf(text);
    EXPECT_NE(words.find("Paragraph 299"), std::string::npos);
    EXPECT_NE(words.find("1 / "), std::string::npos) << words.substr(0, 2'000);
    const std::string fonts =
        outputOf(QStringLiteral("pdffonts"), {m_folder.filePath(QStringLiteral("it.pdf"))});
    EXPECT_NE(fonts.find("Inter-Regular"), std::string::npos) << fonts;
    EXPECT_NE(fonts.find("JetBrainsMono-Regular"), std::string::npos) << fonts;
    EXPECT_EQ(fonts.find("  no  no "), std::string::npos) << fonts;
}

TEST_F(ExportTest, ItsFontsComeWithTheProgram) {
    for (const char* name : {"Inter-Regular.otf", "Inter-Italic.otf", "Inter-SemiBold.otf",
                             "Inter-SemiBoldItalic.otf", "JetBrainsMono-Regular.ttf"})
        EXPECT_TRUE(QFile::exists(QStringLiteral(":/tandem/fonts/") + QString::fromLatin1(name))) << name;
    EXPECT_TRUE(QFile::exists(QStringLiteral(":/tandem/fonts-licences/fonts-inter.txt")));
}

// Pieces of Markdown in any order and nesting: each file can be read, and holds no markup of the author's.
TEST_F(ExportTest, WhateverIsWrittenTheFilesAreWellFormed) {
    const std::vector<std::string> pieces{"# ",
                                          "## ",
                                          "> ",
                                          "- ",
                                          "* ",
                                          "1. ",
                                          "7) ",
                                          "- [x] ",
                                          "  ",
                                          "    ",
                                          "\n",
                                          "\n\n",
                                          "```\n",
                                          "~~~ x\n",
                                          "`",
                                          "``",
                                          "*",
                                          "**",
                                          "~~",
                                          "_",
                                          "[",
                                          "](",
                                          ")",
                                          "](https://a.example/\"b)",
                                          "![",
                                          "](javascript:x)",
                                          "][r]",
                                          "[r]: ",
                                          "https://b.example/&?",
                                          "www.c.example",
                                          "|",
                                          "|-|-|\n",
                                          "|a|b|\n",
                                          "---\n",
                                          "===\n",
                                          "<b>",
                                          "</b>",
                                          "<!-- ",
                                          " -->",
                                          "<script>",
                                          "</script>",
                                          "<x y='",
                                          "&amp;",
                                          "&#0;",
                                          "&",
                                          "\\",
                                          "\t",
                                          "word",
                                          "\"",
                                          "'",
                                          "\xD7\xA9",
                                          "\xF0\x9F\x98\x80",
                                          "]]>",
                                          "<?",
                                          "<![CDATA[",
                                          std::string(1, '\0'),
                                          "\x1B",
                                          "  \n",
                                          "\\\n",
                                          "a@d.example"};
    EXPECT_TRUE(rc::check([&] {
        const auto picks =
            *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, pieces.size()));
        std::string text;
        for (const std::size_t pick : picks)
            text += pieces[pick];
        const MarkdownTree tree(printableText(text));
        const std::string body = tree.html();
        for (const char* markup : {"<script", "<b>", "<x", "<img", "href=\"j", "<!--"})
            RC_ASSERT(body.find(markup) == std::string::npos);
        const QString content =
            QStringLiteral("<x xmlns:text='t' xmlns:xlink='l' xmlns:table='a' xmlns:office='o'>%1</x>")
                .arg(QString::fromStdString(odtContent(tree)));
        QXmlStreamReader reader(content);
        while (!reader.atEnd())
            reader.readNext();
        if (reader.hasError())
            RC_FAIL(reader.errorString().toStdString() + ": " + content.toStdString());
        RC_ASSERT(pdfFile("t", tree, [](int) { return true; }).ok());
    }));
}

TEST_F(ExportTest, APdfIsDrawnOnAnyThreadAndStopsWhenAsked) {
    std::string text;
    for (int i = 0; i < 3'000; ++i)
        text += "Paragraph\n\n";
    std::thread([&text] {
        int asked = 0;
        const auto pdf = pdfFile("t", MarkdownTree(text), [&asked](int) { return ++asked < 20; });
        ASSERT_FALSE(pdf);
        EXPECT_EQ(pdf.error().code, ErrorCode::unavailable);
        EXPECT_EQ(asked, 20) << "and nothing is drawn then";
    }).join();
}

TEST_F(ExportTest, VeryManyPiecesAndBoxesAreWholeInThePdf) {
    std::string text;
    for (int i = 0; i < 1'000; ++i)
        text += "*piece" + std::to_string(i) + "* ";
    for (int i = 0; i < 1'100; ++i)
        text += "\n\n```\nbox" + std::to_string(i) + "\n```";
    const std::string words = pdfTextOf(text);
    for (const char* word :
         {"piece0 ", "piece299", "piece300", "piece999", "box0", "box999", "box1000", "box1099"})
        EXPECT_NE(words.find(word), std::string::npos) << word;
}

TEST_F(ExportTest, AVeryLongTableIsWholeInThePdf) {
    std::string text = "|name|amount|\n|-|-|\n";
    for (int row = 0; row < 5'400; ++row)
        text += "|row" + std::to_string(row) + "|x|\n";
    const std::string words = pdfTextOf(text);
    for (const char* row : {"row0", "row99", "row100", "row4999", "row5001", "row5399"})
        EXPECT_NE(words.find(row), std::string::npos) << row;
}

TEST(PrintableTextTest, WhatHasNoPlaceInXmlIsStoodInFor) {
    EXPECT_EQ(printableText("a\tb\r\nc\rd\n"), "a\tb\nc\nd\n");
    EXPECT_EQ(printableText(std::string("\0\x1B\x7F", 3)), "\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(printableText("\uFDD0\uFFFE\U0001FFFF😀"), "\uFFFD\uFFFD\uFFFD😀");
    EXPECT_EQ(escapedText("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
}

namespace {

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += part;
    return text;
}

} // namespace

TEST(MarkdownShapeTest, WhatPeopleWriteIsReadWhole) {
    const auto isWhole = [](const std::string& text) {
        const MarkdownShape shape = markdownShapeOf(text);
        return shape.isReadable && shape.hasTables && shape.hasAddresses;
    };
    EXPECT_TRUE(isWhole(""));
    EXPECT_TRUE(
        isWhole(repeated("Words *and* [links](https://a.example/b) go on.\n\n- and\n- lists\n", 50'000)));
    EXPECT_TRUE(isWhole("|a|b|\n|-|-|\n" + repeated("|c|d|\n", 50'000)));
    std::string references;
    for (int i = 0; i < 2'000; ++i)
        references += "[" + std::to_string(i) + "]: https://example.org/a/long/address/of/some/page\n";
    EXPECT_TRUE(isWhole(repeated("See [1] and [2].\n", 10'000) + "\n" + references));
}

// Each needs minutes or gigabytes if it is read as it is.
TEST(MarkdownShapeTest, TextsThatCostTooMuchAreNotReadWhole) {
    constexpr std::size_t many = 200'000;
    EXPECT_FALSE(markdownShapeOf("|" + repeated("x|", 2'000) + "\n|" + repeated("-|", 2'000) + "\n" +
                                 repeated("a\n", many))
                     .hasTables);
    EXPECT_FALSE(markdownShapeOf("|a|b|\n|-|-|\n" + repeated("a\n", many * 2)).hasTables);
    EXPECT_FALSE(markdownShapeOf(repeated("a\n", many) + "|b|\n|-|").hasTables);
    EXPECT_FALSE(markdownShapeOf(repeated("(", many) + "www.a.bb" + repeated(")", many)).hasAddresses);
    EXPECT_FALSE(markdownShapeOf(repeated("a@", many)).hasAddresses);
    EXPECT_FALSE(
        markdownShapeOf("[x]: /" + repeated("u", many) + "\n\n" + repeated("[x]\n", many)).isReadable);
    EXPECT_FALSE(markdownShapeOf("[x]:\n/u\n'" + repeated("t\n", many) + "'\n\n" + repeated("[x]\n", many))
                     .isReadable);
    EXPECT_FALSE(markdownShapeOf(repeated(">", 4'000'000)).isReadable);
    EXPECT_FALSE(markdownShapeOf(repeated("*a*", 2'000'000)).isReadable);
}

TEST(MarkdownTreeTest, WhatIsNotReadIsShownAsItStands) {
    const std::string text = repeated("*", 3'000'001) + "<script>";
    const std::string html = MarkdownTree(text).html();
    EXPECT_TRUE(html.starts_with("<pre><code>***"));
    EXPECT_TRUE(html.ends_with("&lt;script&gt;</code></pre>\n"));
}

TEST(MarkdownTreeTest, HeadingsAreFoundWithTheirLines) {
    const auto found =
        MarkdownTree("# One *two*\n\ntext\n```\n# no\n```\nThree\n-----\n> # quoted\n\n### Four\n")
            .headings();
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].title, "One two");
    EXPECT_EQ(found[1].title, "Three");
    EXPECT_EQ(found[1].line, 6u);
    EXPECT_EQ(found[1].level, 2);
    EXPECT_EQ(found[2].line, 10u);
}

TEST(ZipFileTest, EqualContentGivesEqualFiles) {
    const auto make = [] {
        ZipFile file;
        file.add("a", "stored", ZipFile::Packing::stored);
        file.add("b/c", std::string(100'000, 'x'));
        file.add("empty", "");
        return std::move(file).finish();
    };
    EXPECT_EQ(make(), make());
    EXPECT_LT(make().size(), 1'000u);
}

} // namespace tandem
