// Text and files that come by mouse and clipboard, and text that runs from right to left.
#include "editor_fixture.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextLayout>
#include <QUrl>

#include <algorithm>
#include <numeric>

namespace tandem {

namespace {

class DropTest : public EditorFixture {
protected:
    QUrl file(const QString& name, const QByteArray& bytes) {
        QFile made(folder.filePath(name));
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            ADD_FAILURE();
        return QUrl::fromLocalFile(made.fileName());
    }
    void drop(const QList<QUrl>& urls, int position) {
        QMimeData dragged;
        dragged.setUrls(urls);
        const QPoint place = view.caretRect(position).center();
        QDragEnterEvent enter(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &enter);
        QDropEvent dropped(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view.viewport(), &dropped);
    }

    QTemporaryDir folder;
};

using TextDirectionTest = EditorFixture;

} // namespace

TEST_F(DropTest, ADroppedFileIsInsertedWhereItFallsInOneStep) {
    write(U"one\ntwo");
    drop({file("a.txt", "\xEF\xBB\xBF"
                        "first\r\n\xC2\xA0second"),
          file("b.txt", "third")},
         3);
    EXPECT_EQ(text(), U"onefirst\n\u00A0second\nthird\ntwo");
    EXPECT_TRUE(view.binding().agrees());
    undo();
    EXPECT_EQ(text(), U"one\ntwo");
}

TEST_F(DropTest, WhatIsNoTextIsRefusedInWordsAndTheRestComes) {
    QStringList reasons;
    QObject::connect(&view, &EditorView::insertionRefused, &view,
                     [&](const QString& why) { reasons += why; });
    drop({file("a.png", QByteArray("\x89PNG\0\0", 6)), file("latin.txt", "caf\xE9"),
          file("nul.txt", QByteArray("a\0b", 3)), file("b.txt", "fine"), QUrl::fromLocalFile(folder.path()),
          QUrl::fromLocalFile(folder.filePath("missing"))},
         0);
    EXPECT_EQ(text(), U"fine");
    ASSERT_EQ(reasons.size(), 5);
    EXPECT_TRUE(reasons[0].contains("a.png"));
    EXPECT_TRUE(reasons[1].contains("latin.txt"));
    EXPECT_TRUE(reasons[2].contains("nul.txt"));
    EXPECT_TRUE(reasons[3].contains("folder"));
    EXPECT_TRUE(reasons[4].contains("missing"));
}

TEST_F(DropTest, AReaderCannotDropAnything) {
    write(U"text");
    view.setReadOnly(true);
    drop({file("a.txt", "x")}, 0);
    EXPECT_EQ(text(), U"text");
}

TEST_F(DropTest, AnAddressOfThePlaceElsewhereIsText) {
    QMimeData dragged;
    dragged.setUrls({QUrl("https://example.org/")});
    dragged.setText("https://example.org/");
    const QPoint place = view.caretRect(0).center();
    QDragEnterEvent enter(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view.viewport(), &enter);
    QDropEvent dropped(place, Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view.viewport(), &dropped);
    EXPECT_EQ(text(), U"https://example.org/");
}

TEST_F(DropTest, AMegabytePastedIsOneStepOfUndo) {
    write(U"before after");
    putCaret(7);
    QString large;
    while (large.size() < 1024 * 1024)
        large += QStringLiteral("All work and no play makes a dull text.\n");
    QGuiApplication::clipboard()->setText(large);
    press(Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(static_cast<qsizetype>(mine.document.replica().utf16Length()), large.size() + 12);
    editRemotely(20, 0, U"(someone)");
    undo();
    EXPECT_EQ(text(), U"before (someone)after");
    EXPECT_FALSE(view.canUndo());
    press(Qt::Key_Y, Qt::ControlModifier);
    EXPECT_EQ(static_cast<qsizetype>(mine.document.replica().utf16Length()), large.size() + 12 + 9);
    EXPECT_TRUE(view.binding().agrees());
}

TEST_F(TextDirectionTest, EachParagraphRunsTheWayItsLettersDo) {
    write(U"left to right\nמימין לשמאל\nleft again");
    view.grab();
    const QTextBlock middle = view.document()->findBlockByNumber(1);
    EXPECT_EQ(view.document()->firstBlock().textDirection(), Qt::LeftToRight);
    EXPECT_EQ(middle.textDirection(), Qt::RightToLeft);
    const int end = middle.position() + middle.length() - 1;
    EXPECT_GT(view.caretRect(middle.position()).left(), view.caretRect(end).left());
    EXPECT_LT(view.caretRect(0).left(), view.caretRect(13).left());
    editRemotely(14, 0, U"now ");
    EXPECT_EQ(view.document()->findBlockByNumber(1).textDirection(), Qt::LeftToRight);
}

TEST_F(TextDirectionTest, AParagraphFromRightToLeftBeginsAtTheRightEdge) {
    write(U"left\nמימין לשמאל\nleft again");
    view.grab();
    const int right = view.viewport()->width();
    const int begin = view.document()->findBlockByNumber(1).position();
    EXPECT_GT(view.caretRect(begin).left(), right - 50);
    EXPECT_LT(view.caretRect(0).left(), 50);
    const std::vector<QRectF> tinted = view.textRects(begin, begin + 5); // what is painted goes along
    ASSERT_EQ(tinted.size(), 1u);
    EXPECT_GT(tinted[0].right(), right - 50);
    putCaret(begin + 3);
    QInputMethodEvent typed;
    typed.setCommitString(QStringLiteral("ש"));
    QCoreApplication::sendEvent(&view, &typed);
    EXPECT_GT(view.caretRect(begin).left(), right - 50) << "after typing in it";
    editRemotely(begin, 0, U"now ");
    EXPECT_LT(view.caretRect(begin).left(), 50) << "its first letter runs the other way";
    editRemotely(begin, 4, U"");
    EXPECT_GT(view.caretRect(begin).left(), right - 50);
}

TEST_F(TextDirectionTest, MarksOfMarkdownDoNotTellWhichWayAParagraphRuns) {
    const QStringList marks = {"- [x] ",   "- [ ] ", "* [X]  ", "12. [x] ", "> - [x] ",
                               "\t+ [x] ", "# ",     "> ",      "1. ",      "- [x] \U0001F389 "};
    for (const QString& mark : marks) {
        write((mark + QStringLiteral("מימין לשמאל abc\n")).toStdU32String());
        write((mark + QStringLiteral("left לשמאל\n")).toStdU32String());
    }
    write(U"- [x]\u05E9 not a box\n[x] \u05E9 nor a list's\n");
    view.grab();
    const int right = view.viewport()->width();
    for (int number = 0; number < view.document()->blockCount() - 1; ++number) {
        const QTextBlock block = view.document()->findBlockByNumber(number);
        const bool isHebrew = number > 1 && number % 2 == 1;
        const int begin = view.caretRect(block.position()).left();
        EXPECT_TRUE(isHebrew ? begin > right - 50 : begin < 50) << block.text().toStdString() << begin;
    }
}

TEST_F(TextDirectionTest, TheKeysGoTheWayThatATaskIsShown) {
    write(U"- [x] שלום עולם\nnext");
    view.grab();
    putCaret(6);
    const int place = view.caretRect(6).left();
    press(Qt::Key_Left);
    EXPECT_EQ(view.textCursor().position(), 7);
    EXPECT_LT(view.caretRect(7).left(), place);
    press(Qt::Key_Right);
    EXPECT_EQ(view.textCursor().position(), 6);
    press(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(view.textCursor().selectedText(), QStringLiteral("ש"));
    editRemotely(6, 9, U"hello");
    view.grab();
    EXPECT_LT(view.caretRect(0).left(), 50) << "it has no letter from right to left any more";
}

TEST_F(TextDirectionTest, ALineBeyondTheEdgeIsReachedByScrolling) {
    view.setWrapsLines(false);
    QString line;
    while (line.size() < 500)
        line += QStringLiteral("מימין לשמאל ");
    write(line.toStdU32String());
    view.grab();
    view.horizontalScrollBar()->setValue(0);
    const int end = static_cast<int>(line.size());
    EXPECT_GE(view.caretRect(end).left(), 0) << "nothing stands left of where one can scroll to";
    EXPECT_GT(view.caretRect(0).left(), view.viewport()->width());
}

// Each character of a part is in its tint, and no other one, wherever in its line it stands.
TEST_F(TextDirectionTest, OfALineThatRunsBothWaysJustThePartIsTinted) {
    const QStringList lines = {"left לשמאל 2027 again (both: דרך) end", "מימין left again 12:30, סוף",
                               "- [x] עוד\tדבר one", "عند البواب K 12", "only the left"};
    for (const QString& text : lines) {
        write((text + u'\n').toStdU32String());
        view.grab();
        const QTextLayout& layout = *view.document()->firstBlock().layout();
        const QTextLine line = layout.lineAt(0);
        const auto widthOf = [](const std::vector<QRectF>& rects) {
            return std::accumulate(rects.begin(), rects.end(), 0.0,
                                   [](qreal sum, const QRectF& rect) { return sum + rect.width(); });
        };
        const auto length = static_cast<int>(text.size());
        EXPECT_NEAR(widthOf(view.textRects(0, length)), line.naturalTextWidth(), 1) << text.toStdString();
        std::vector<qreal> middles;
        for (int at = 0; at < length; ++at) {
            const std::vector<QRectF> rects = view.textRects(at, at + 1);
            ASSERT_EQ(rects.size(), 1u) << text.toStdString() << at;
            middles.push_back(rects[0].center().x());
        }
        for (int start = 0; start < length; ++start) {
            for (int end = start + 1; end <= length; ++end) {
                const std::vector<QRectF> rects = view.textRects(start, end);
                for (int at = 0; at < length; ++at) {
                    const qreal middle = middles[static_cast<std::size_t>(at)];
                    const auto covering = std::count_if(rects.begin(), rects.end(), [&](const QRectF& rect) {
                        return rect.left() < middle && middle < rect.right();
                    });
                    ASSERT_EQ(covering, start <= at && at < end ? 1 : 0)
                        << text.toStdString() << ": " << at << " of " << start << " to " << end;
                }
            }
        }
    }
}

// The same picture as the one that a selection makes, which Qt paints.
TEST_F(TextDirectionTest, TheTintIsWhereASelectionWouldBe) {
    write(U"left לשמאל 2027 again (both: דרך) end\n");
    const auto at = [&](const std::vector<QRectF>& rects, qreal x) {
        return std::any_of(rects.begin(), rects.end(),
                           [x](const QRectF& rect) { return rect.left() < x && x < rect.right(); });
    };
    QPalette colors = view.palette();
    colors.setColor(QPalette::Highlight, Qt::red);
    view.setPalette(colors);
    for (const auto& [start, end] : {std::pair(0, 7), std::pair(2, 13), std::pair(7, 9), std::pair(9, 31)}) {
        select(start, end);
        const QImage picture = view.viewport()->grab().toImage();
        const std::vector<QRectF> rects = view.textRects(start, end);
        const int y = static_cast<int>(rects[0].top()) + 1;
        int differing = 0;
        for (int x = 0; x < picture.width(); ++x)
            differing += (picture.pixelColor(x, y) == QColor(Qt::red)) != at(rects, x + 0.5) ? 1 : 0;
        EXPECT_LE(differing, 8) << start << " to " << end << ": some at the edges";
    }
}

TEST_F(TextDirectionTest, ABreakIsTintedWhereItsLineEnds) {
    write(U"left\nמימין לשמאל\nleft again");
    view.grab();
    const QTextBlock middle = view.document()->findBlockByNumber(1);
    const int end = middle.position() + middle.length() - 1;
    const std::vector<QRectF> rects = view.textRects(end, end + 1);
    ASSERT_EQ(rects.size(), 1u);
    EXPECT_NEAR(rects[0].right(), view.caretRect(end).left(), 2) << "left of the last letter";
    const std::vector<QRectF> first = view.textRects(4, 5);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_NEAR(first[0].left(), view.caretRect(4).left(), 2);
}

TEST_F(TextDirectionTest, AllMayRunOneWay) {
    write(U"left to right");
    view.setTextDirection(Qt::RightToLeft);
    view.grab();
    EXPECT_GT(view.caretRect(0).left(), view.viewport()->width() / 2);
    view.setTextDirection(Qt::LayoutDirectionAuto);
    view.grab();
    EXPECT_LT(view.caretRect(0).left(), 50);
    EXPECT_TRUE(mine.document.outbox().empty());
}

} // namespace tandem
