#include "editor/preview/markdown_preview.h"

#include "editor/preview/markdown_rendering.h"
#include "editor_fixture.h"

#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>

namespace tandem {

namespace {

class MarkdownPreviewTest : public EditorFixture {
protected:
    void SetUp() override {
        EditorFixture::SetUp();
        preview.resize(500, 400);
        preview.setOpener([this](const QUrl& link) { opened.append(link); });
        preview.show();
    }
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor([&] { return preview.isCurrent(); }, 20'000));
        QTest::qWait(100); // it is laid out in steps
    }
    QString shownText() {
        settle();
        return preview.toPlainText();
    }
    QMessageBox* question() { return preview.findChild<QMessageBox*>(); }

    QList<QUrl> opened;
    MarkdownPreview preview{view};
};

} // namespace

TEST_F(MarkdownPreviewTest, WhatIsTypedShowsWithoutItsMarks) {
    QTest::keyClicks(&view, "# Hi");
    press(Qt::Key_Return);
    QTest::keyClicks(&view, "*so* `it` is");
    EXPECT_EQ(shownText(), "Hi\nso it is");
    editRemotely(text().size(), 0, U"\n\n- [x] done\n- [ ] open\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    const QString shownNow = shownText();
    EXPECT_TRUE(shownNow.contains("done")) << qPrintable(shownNow);
    using Marker = QTextBlockFormat::MarkerType;
    EXPECT_EQ(preview.document()->find("done").blockFormat().marker(), Marker::Checked);
    EXPECT_EQ(preview.document()->find("open").blockFormat().marker(), Marker::Unchecked);
}

TEST_F(MarkdownPreviewTest, NothingOfAStrangersTextRunsOrIsFetched) {
    const QString html =
        markdownToHtml("<script>alert(1)</script>\n\n![pic](http://evil.example/x.png)\n\n"
                       "[a](javascript:alert(1)) [b](file:///etc/passwd) [c](https://fine.example/)\n\n"
                       "<img src=\"http://evil.example/y.png\">\n\n<a name=\"l1\">x</a>",
                       0);
    EXPECT_FALSE(html.contains("<script", Qt::CaseInsensitive)) << qPrintable(html);
    EXPECT_FALSE(html.contains("<img", Qt::CaseInsensitive));
    EXPECT_FALSE(html.contains("javascript:"));
    EXPECT_FALSE(html.contains("file:"));
    EXPECT_TRUE(html.contains("href=\"https://fine.example/\""));
    EXPECT_TRUE(html.contains("href=\"http://evil.example/x.png\""))
        << "a picture is a link that one may follow";
    EXPECT_FALSE(
        preview.loadResource(QTextDocument::ImageResource, QUrl("http://evil.example/x.png")).isValid());
}

TEST_F(MarkdownPreviewTest, ALinkShowsWhereItLeadsAndOpensOnlyWhenThatIsWanted) {
    write(U"[click me](https://example.org/there?a=1)");
    settle();
    emit preview.anchorClicked(QUrl("https://example.org/there?a=1"));
    ASSERT_TRUE(question());
    EXPECT_TRUE(question()->informativeText().contains("https://example.org/there?a=1"));
    question()->reject();
    EXPECT_TRUE(opened.isEmpty());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    emit preview.anchorClicked(QUrl("https://example.org/there?a=1"));
    for (QAbstractButton* button : question()->buttons())
        if (question()->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    EXPECT_EQ(opened, QList<QUrl>{QUrl("https://example.org/there?a=1")});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    emit preview.anchorClicked(QUrl("file:///etc/passwd"));
    EXPECT_FALSE(question());
}

TEST_F(MarkdownPreviewTest, TheTwoScrollTogether) {
    std::u32string all;
    for (int i = 0; i < 300; ++i)
        all += U"paragraph " + QString::number(i).toStdU32String() + U"\n\n";
    write(all);
    settle();
    view.verticalScrollBar()->setValue(200); // paragraph 100
    EXPECT_NEAR(preview.firstLineInSight(), 200, 4);
    preview.verticalScrollBar()->setValue(0);
    EXPECT_LE(view.verticalScrollBar()->value(), 1);
    preview.verticalScrollBar()->setValue(preview.verticalScrollBar()->maximum() / 2);
    EXPECT_NEAR(view.document()->findBlock(view.visibleSpan().start).blockNumber(),
                preview.firstLineInSight(), 4);
}

TEST_F(MarkdownPreviewTest, ThePreviewStaysWhereItIsWhileOthersEditBelow) {
    std::u32string all;
    for (int i = 0; i < 300; ++i)
        all += U"paragraph\n\n";
    write(all);
    settle();
    view.verticalScrollBar()->setValue(200);
    const int before = preview.verticalScrollBar()->value();
    editRemotely(text().size(), 0, U"# more\n");
    settle();
    EXPECT_EQ(preview.verticalScrollBar()->value(), before);
}

TEST_F(MarkdownPreviewTest, OfALargeTextWhatIsInSightIsShown) {
    std::u32string all;
    for (int i = 0; i < 60'000; ++i)
        all += U"paragraph " + QString::number(i).toStdU32String() + U"\n\n";
    write(all);
    settle();
    EXPECT_TRUE(preview.toPlainText().contains("paragraph 0\n"));
    EXPECT_LT(preview.toPlainText().size(), 2 * MarkdownPreview::largestWhole);
    view.verticalScrollBar()->setValue(100'000); // paragraph 50000
    settle();
    EXPECT_TRUE(preview.toPlainText().contains("paragraph 50000\n"));
    EXPECT_NEAR(preview.firstLineInSight(), 100'000, 20);
}

TEST_F(MarkdownPreviewTest, AHiddenPreviewDoesNothing) {
    preview.hide();
    write(U"text");
    QTest::qWait(MarkdownPreview::delayMs + 50);
    EXPECT_EQ(preview.toPlainText(), "");
    preview.show();
    EXPECT_EQ(shownText(), "text");
}

} // namespace tandem
