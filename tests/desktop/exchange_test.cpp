// Files that become documents, and documents that become files and paper.
#include "documents/document_page.h"
#include "editor/editor_view.h"
#include "exchange/exporting.h"
#include "exchange/importing.h"
#include "exchange/odt_text.h"
#include "exchange/paper.h"
#include "exchange/zip_entry.h"
#include "export/markdown_tree.h"
#include "export/odt_file.h"
#include "integration/http_client.h"
#include "integration/server_process.h"
#include "integration/waiting.h"
#include "settings/preferences.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QMessageBox>
#include <QMimeData>
#include <QPrinter>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <csignal>
#include <sys/resource.h>

namespace tandem {

namespace {

using Outcome = ImportedFile::Outcome;

class ImportedFileTest : public testing::Test {
protected:
    QString write(const QString& name, const QByteArray& bytes) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }

    QTemporaryDir folder;
};

class ExportingTest : public ImportedFileTest {
protected:
    QString exported(const QString& name, ExportFormat format) {
        QSignalSpy finished(&exporting, &Exporting::finished);
        exporting.exportTo(folder.filePath(name), format);
        EXPECT_TRUE(finished.count() == 1 || finished.wait(60'000));
        return finished.value(0).value(1).toString();
    }
    QByteArray read(const QString& name) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name.toStdString();
        return file.readAll();
    }

    Preferences preferences{folder.filePath("settings.ini")};
    // Nobody listens there: it is offline.
    DocumentPage page{{QUrl("http://127.0.0.1:9"), "abcdefghijklmnopqrstuv"}, preferences};
    Exporting exporting{page};
};

class ImportingTest : public ImportedFileTest {
protected:
    void SetUp() override {
        ASSERT_TRUE(server.start()) << server.output().toStdString();
        QObject::connect(&importing, &Importing::imported, &window,
                         [this](const DocumentUrl& document) { made = document; });
        QObject::connect(&importing, &Importing::refused, &window,
                         [this](const QString& sentence) { refusal = sentence; });
    }
    QString textOfMade() {
        EXPECT_TRUE(waitUntil([this] { return made || !refusal.isEmpty(); }));
        EXPECT_EQ(refusal, "");
        return made ? HttpClient(server.url()).textOf(made->id) : QString();
    }

    ServerProcess server;
    QWidget window;
    Importing& importing = *new Importing(window, [this] { return server.url(); });
    std::optional<DocumentUrl> made;
    QString refusal;
};

std::string odtOf(std::string_view markdown) {
    return odtFile("Plan", MarkdownTree(markdown));
}

} // namespace

TEST_F(ImportedFileTest, TextIsReadInTheEncodingsThatItsBytesTell) {
    const QString text = QStringLiteral("Grüße, 你好 🎹\nEnde");
    const QByteArray utf16 = QByteArray(reinterpret_cast<const char*>(text.utf16()), text.size() * 2);
    QByteArray swapped = "\xFE\xFF";
    for (qsizetype i = 0; i < utf16.size(); i += 2) {
        swapped += utf16[i + 1];
        swapped += utf16[i];
    }
    for (const QByteArray& bytes :
         {text.toUtf8(), "\xEF\xBB\xBF" + text.toUtf8(), "\xFF\xFE" + utf16, swapped}) {
        const ImportedFile file = readImportedFile(write("Notes.txt", bytes));
        ASSERT_EQ(file.outcome, Outcome::ready) << file.problem.toStdString();
        EXPECT_EQ(QString::fromUtf8(file.content), text);
        EXPECT_EQ(file.title, "Notes");
        EXPECT_EQ(file.type, "text/plain; charset=utf-8");
    }
}

TEST_F(ImportedFileTest, WhatIsNotUtf8IsLatin1OnlyWhenThePersonSaysSo) {
    const QString path = write("Brief.md", "Gr\xFC\xDF"
                                           "e");
    const ImportedFile asked = readImportedFile(path);
    EXPECT_EQ(asked.outcome, Outcome::unknownEncoding);
    EXPECT_EQ(asked.beginning, QStringLiteral("Grüße"));
    const ImportedFile told = readImportedFile(path, ImportedFile::Encoding::latin1);
    EXPECT_EQ(told.outcome, Outcome::ready);
    EXPECT_EQ(QString::fromUtf8(told.content), QStringLiteral("Grüße"));
    EXPECT_EQ(told.type, "text/markdown; charset=utf-8");
}

TEST_F(ImportedFileTest, OfAWebPageTheTextIsRead) {
    const QByteArray page =
        "\xEF\xBB\xBF<!DOCTYPE html>\r\n<title>Rome</title><style>p { color: red }</style>"
        "<h1>Four &amp; a half</h1>\r\n<p>days<script>no()</script></p>";
    for (const QString& name : {QStringLiteral("Trip.html"), QStringLiteral("Trip.HTM")}) {
        const ImportedFile file = readImportedFile(write(name, page));
        ASSERT_EQ(file.outcome, Outcome::ready) << file.problem.toStdString();
        EXPECT_TRUE(file.isItsText);
        EXPECT_EQ(file.content, "Four & a half\ndays");
        EXPECT_EQ(file.title, "Trip");
        EXPECT_EQ(file.type, "text/plain; charset=utf-8");
    }
    EXPECT_EQ(readImportedFile(write("Trip.txt", "<p>days</p>")).content, "<p>days</p>");
}

TEST_F(ImportedFileTest, AWebPageInLatin1IsReadAsItSays) {
    const QByteArray text = "<p>Gr\xFC\xDF"
                            "e</p>";
    const ImportedFile told = readImportedFile(write("a.html", "<meta charset=\"iso-8859-1\">" + text));
    ASSERT_EQ(told.outcome, Outcome::ready);
    EXPECT_EQ(QString::fromUtf8(told.content), QStringLiteral("Grüße"));
    EXPECT_EQ(readImportedFile(write("b.html", text)).outcome, Outcome::unknownEncoding);
    const ImportedFile wrong = readImportedFile(
        write("c.html", "<meta charset=\"iso-8859-1\"><p>" + QStringLiteral("Grüße").toUtf8()));
    EXPECT_EQ(QString::fromUtf8(wrong.content), QStringLiteral("Grüße")) << "its bytes are UTF-8";
}

TEST_F(ImportedFileTest, LineEndsOfOtherSystemsBecomeLineFeeds) {
    EXPECT_EQ(readImportedFile(write("a.txt", "one\r\ntwo\rthree\n")).content, "one\ntwo\nthree\n");
}

TEST_F(ImportedFileTest, WhatIsNoTextIsRefusedInASentence) {
    const ImportedFile picture = readImportedFile(write("a.png", QByteArray("\x89PNG\0\0\0\rIHDR", 12)));
    EXPECT_EQ(picture.outcome, Outcome::refused);
    EXPECT_TRUE(picture.problem.contains("“a.png” cannot be imported: it is not text"))
        << picture.problem.toStdString();
    EXPECT_TRUE(
        readImportedFile(write("b.txt", QByteArray("\xFF\xFE\x00\xD8", 4))).problem.contains("damaged"));
    EXPECT_TRUE(readImportedFile(folder.path()).problem.contains("a folder"));
    EXPECT_EQ(readImportedFile(folder.filePath("none.txt")).outcome, Outcome::refused);
    EXPECT_TRUE(readImportedFile(write("c.odt", "PK no")).problem.contains("not an OpenDocument text"));
}

TEST_F(ImportedFileTest, AHugeFileIsRefusedBeforeItIsRead) {
    const QString path = write("huge.txt", "x");
    ASSERT_TRUE(QFile::resize(path, qint64{5} * 1024 * 1024 * 1024)); // of nothing on the disk
    const ImportedFile file = readImportedFile(path);
    EXPECT_EQ(file.outcome, Outcome::refused);
    EXPECT_TRUE(file.problem.contains("5 GB")) << file.problem.toStdString();
    EXPECT_TRUE(file.problem.contains("16 MB at most")) << file.problem.toStdString();
}

TEST(OdtTextTest, AnOpenDocumentTextComesBackAsMarkdown) {
    const auto text = textOfOdt(QByteArray::fromStdString(
        odtOf("# Plan\n\nSome *soft* and **hard** words, [a link](https://example.org/).\n\n- one\n- two\n\n"
              "| a | b |\n|---|---|\n| 1 | 2 |\n")));
    ASSERT_TRUE(text) << text.error().detail;
    for (const char* part : {"# Plan\n", "*soft*", "**hard**", "[a link](https://example.org/)", "- one\n",
                             "- two\n", "| --- | --- |\n| 1 | 2 |\n"})
        EXPECT_TRUE(text->contains(part)) << part << " in " << text->toStdString();
}

TEST(OdtTextTest, CutOrDamagedFilesAreRefused) {
    const std::string whole = odtOf("# Plan\n\nText");
    for (std::size_t length = 0; length < whole.size(); length += 7)
        EXPECT_FALSE(textOfOdt(QByteArray::fromStdString(whole.substr(0, length)))) << length;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
        static_cast<void>(textOfOdt(QByteArray::fromStdString(damaged))); // does no harm
    }
}

TEST(ZipEntryTest, AFileThatClaimsToBeLargerThanAllowedIsRefused) {
    EXPECT_EQ(zipEntry(odtOf("text"), "content.xml", 10).error().code, ErrorCode::limitExceeded);
    EXPECT_EQ(zipEntry(odtOf("text"), "other.xml", 10'000).error().code, ErrorCode::notFound);
}

TEST_F(ExportingTest, EveryFormatIsWrittenWithoutAServerFromWhatIsOnTheScreen) {
    page.document().setTitle("Moving day");
    page.editor().textCursor().insertText("# Heading\n\nSome **words** <b>here</b>\n");
    EXPECT_EQ(exported("a.txt", ExportFormat::text), "");
    EXPECT_EQ(read("a.txt"), "# Heading\n\nSome **words** <b>here</b>\n");
    EXPECT_EQ(exported("a.md", ExportFormat::markdown), "");
    EXPECT_EQ(read("a.md"), read("a.txt"));
    EXPECT_EQ(exported("a.html", ExportFormat::html), "");
    EXPECT_TRUE(read("a.html").contains("<strong>words</strong> &lt;b&gt;here"));
    EXPECT_EQ(exported("a.odt", ExportFormat::odt), "");
    EXPECT_TRUE(textOfOdt(read("a.odt"))->contains("# Heading"));
    EXPECT_EQ(exported("a.pdf", ExportFormat::pdf), "");
    EXPECT_TRUE(read("a.pdf").startsWith("%PDF-"));
}

TEST_F(ExportingTest, TheExtensionOfAFileTellsItsFormat) {
    EXPECT_EQ(exportFormatOfFile("/a/b.PDF"), ExportFormat::pdf);
    EXPECT_EQ(exportFormatOfFile("b.htm"), ExportFormat::html);
    EXPECT_EQ(exportFormatOfFile("b.markdown"), ExportFormat::markdown);
    EXPECT_EQ(exportFormatOfFile("b.doc"), std::nullopt);
    EXPECT_EQ(exportFormatOfFile("b"), std::nullopt);
}

TEST_F(ExportingTest, WhatCannotBeWrittenIsToldAndLeavesTheOldFileAsItWas) {
    page.editor().textCursor().insertText("new");
    const QString problem = exported("no/such/folder/a.txt", ExportFormat::text);
    EXPECT_TRUE(problem.contains("could not be written")) << problem.toStdString();
    EXPECT_TRUE(problem.contains("The document itself is safe."));

    // A disk that is full: no file may be longer.
    const QString path = write("old.txt", "old");
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit full{100'000, before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
    const QString told = writeWholeFile(path, std::string(1'000'000, 'x'));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    EXPECT_TRUE(told.contains("could not be written")) << told.toStdString();
    EXPECT_TRUE(told.contains("as it was before"));
    EXPECT_EQ(read("old.txt"), "old");
}

TEST_F(ExportingTest, PaperHasThePagesOfThePdf) {
    QString text;
    for (int i = 0; i < 150; ++i)
        text += QStringLiteral("## Part %1\n\nSome words.\n\n").arg(i);
    page.editor().textCursor().insertText(text);
    ASSERT_EQ(exported("a.pdf", ExportFormat::pdf), "");
    QPrinter printer(QPrinter::HighResolution);
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setPageSize(QPageSize(QPageSize::A4));
    printer.setOutputFileName(folder.filePath("printed.pdf"));
    ASSERT_TRUE(printDocument(exporting.content(), printer));
    const auto pages = [](const QByteArray& pdf) { return pdf.count("/Type /Page\n"); };
    EXPECT_GT(pages(read("a.pdf")), 3);
    EXPECT_EQ(pages(read("printed.pdf")), pages(read("a.pdf")));

    QPrinter some(QPrinter::HighResolution);
    some.setOutputFormat(QPrinter::PdfFormat);
    some.setFromTo(2, 3);
    some.setOutputFileName(folder.filePath("some.pdf"));
    ASSERT_TRUE(printDocument(exporting.content(), some));
    EXPECT_EQ(pages(read("some.pdf")), 2);
}

TEST_F(ImportingTest, AFileBecomesADocumentOfTheServer) {
    importing.importFile(write("Trip to Rome.md", "# Rome\r\n\r\nfour days"));
    EXPECT_EQ(textOfMade(), "# Rome\n\nfour days");
    EXPECT_EQ(HttpClient(server.url()).get("/v1/docs/" + made->id.toUtf8()).json()["title"].toString(),
              "Trip to Rome");
}

TEST_F(ImportingTest, AFileDroppedIntoTheWindowIsImportedAndOtherThingsAreLeftToTheText) {
    const QString path = write("Dropped.html", "<h1>Hello</h1><script>no()</script><p>there</p>");
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enters({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enters);
    EXPECT_TRUE(enters.isAccepted());
    QDropEvent drops({5, 5}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drops);
    const QString text = textOfMade();
    EXPECT_TRUE(text.contains("Hello") && text.contains("there") && !text.contains("no()"))
        << text.toStdString();

    QMimeData words;
    words.setText("words");
    QDragEnterEvent other({5, 5}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    other.ignore();
    QCoreApplication::sendEvent(&window, &other);
    EXPECT_FALSE(other.isAccepted());
}

TEST_F(ImportingTest, AFileInAnUnknownEncodingAsksFirst) {
    importing.importFile(write("Brief.txt", "Gr\xFC\xDF"
                                            "e"));
    auto* question = window.findChild<QMessageBox*>();
    ASSERT_TRUE(question);
    EXPECT_TRUE(question->informativeText().contains(QStringLiteral("Grüße")));
    question->defaultButton()->click();
    EXPECT_EQ(textOfMade(), QStringLiteral("Grüße"));
}

TEST_F(ImportingTest, AnArchiveThatIsNoneIsRefusedInTheServersWords) {
    importing.importFile(write("a.tandem", "not one"));
    ASSERT_TRUE(waitUntil([this] { return !refusal.isEmpty(); }));
    EXPECT_TRUE(refusal.contains("refused:")) << refusal.toStdString();
    EXPECT_FALSE(made);
}

TEST_F(ImportingTest, WithoutAServerTextsAreReadHere) {
    QStringList here;
    QObject::connect(&importing, &Importing::importedHere, &window,
                     [&](const QString& title, const QString& text) { here += title + ": " + text; });
    server.kill();
    importing.importFile(write("Plan.odt", QByteArray::fromStdString(odtOf("# Plan\n\nmore"))));
    ASSERT_TRUE(waitUntil([&] { return !here.isEmpty() || !refusal.isEmpty(); }));
    EXPECT_EQ(refusal, "");
    EXPECT_TRUE(here.value(0).startsWith("Plan: ") && here.value(0).contains("more"))
        << here.value(0).toStdString();

    Importing& local = *new Importing(window, [] { return QUrl(); });
    QObject::connect(&local, &Importing::importedHere, &window,
                     [&](const QString& title, const QString& text) { here += title + ": " + text; });
    local.importFile(write("Notes.md", "# Notes\r\n"));
    EXPECT_EQ(here.value(1), "Notes: # Notes\n");
    local.importFile(write("Page.html", "<p>1 &lt; 2</p><script>no()</script><p>3</p>"));
    EXPECT_EQ(here.value(2), "Page: 1 < 2\n3");
}

TEST_F(ImportingTest, WithoutTheServerItSaysThatTheFileIsAsItWas) {
    server.kill();
    importing.importFile(write("a.tandem", "an archive"));
    ASSERT_TRUE(waitUntil([this] { return !refusal.isEmpty(); }));
    EXPECT_TRUE(refusal.contains("Nothing answers at")) << refusal.toStdString();
    EXPECT_TRUE(refusal.contains("The file is as it was")) << refusal.toStdString();
}

} // namespace tandem
