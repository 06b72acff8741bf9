#include "editor/peer_cursors.h"

#include "editor/editor_view.h"
#include "fake_clock.h"
#include "shared_log.h"
#include "theme/person_colors.h"

#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

class PeerCursorsTest : public testing::Test {
protected:
    void SetUp() override {
        view.resize(600, 400);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
        ASSERT_TRUE(mine.document.edit(0, 0, std::u32string_view()).ok());
        QTest::keyClicks(&view, "first line");
        for (int i = 0; i < 10; ++i) {
            QTest::keyClick(&view, Qt::Key_Return);
            QTest::keyClicks(&view, "another line");
        }
    }

    void place(const std::string& session, int tail, int head, const std::string& name = "Ana") {
        const DocumentBinding& binding = view.binding();
        mine.document.mutablePeers().put(
            {session, name, 3,
             Selection{binding.anchorAt(tail, Side::right), binding.anchorAt(head, Side::right)}, false});
        view.showPeers();
    }

    const Peer& peer(std::size_t i = 0) const { return mine.document.peers().all().at(i); }
    PeerCursors& cursors() { return view.peerCursors(); }

    void putOwnCaret(int position) {
        QTextCursor cursor = view.textCursor();
        cursor.setPosition(position);
        view.setTextCursor(cursor);
    }

    bool shows(const QColor& color, const QRectF& where) {
        const QImage picture = view.viewport()->grab().toImage();
        const QRect area = where.toAlignedRect().intersected(picture.rect());
        for (int y = area.top(); y <= area.bottom(); ++y)
            for (int x = area.left(); x <= area.right(); ++x)
                if (picture.pixelColor(x, y) == color)
                    return true;
        return false;
    }

    FakeClock clock;
    OtherCopy mine{1};
    EditorView view{mine.document, clock};
};

const QColor caretColor = theme::personColors(3, theme::Scheme::light).caret;

} // namespace

TEST_F(PeerCursorsTest, ACaretIsPaintedTwoPixelsWideWhereThePersonIs) {
    place("a", 30, 30);
    const QRectF caret = cursors().caretRect(peer()).value();
    EXPECT_EQ(caret.width(), 2);
    EXPECT_EQ(caret.topLeft(), QPointF(view.caretRect(30).topLeft()));
    EXPECT_TRUE(shows(caretColor, caret));
}

TEST_F(PeerCursorsTest, ACaretStaysWithItsTextWhileIEdit) {
    place("a", 30, 30);
    const QRectF before = cursors().caretRect(peer()).value();
    putOwnCaret(0);
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(cursors().caretRect(peer())->top(), before.top() + before.height());
}

TEST_F(PeerCursorsTest, TheFlagShowsOnMovementAndFadesAfterThreeSeconds) {
    place("a", 30, 30);
    EXPECT_EQ(cursors().flagOpacity("a"), 1.0);
    clock.nowMs += PeerCursors::flagShownMs;
    EXPECT_EQ(cursors().flagOpacity("a"), 1.0);
    clock.nowMs += PeerCursors::flagFadingMs / 2;
    EXPECT_NEAR(cursors().flagOpacity("a"), 0.5, 0.01);
    clock.nowMs += PeerCursors::flagFadingMs;
    EXPECT_EQ(cursors().flagOpacity("a"), 0.0);
    view.showPeers(); // news, but not of a movement
    EXPECT_EQ(cursors().flagOpacity("a"), 0.0);
    place("a", 31, 31);
    EXPECT_EQ(cursors().flagOpacity("a"), 1.0);
}

TEST_F(PeerCursorsTest, TheFlagComesBackUnderTheMouse) {
    place("a", 30, 30);
    clock.nowMs += 60'000;
    ASSERT_EQ(cursors().flagOpacity("a"), 0.0);
    QTest::mouseMove(view.viewport(), cursors().caretRect(peer())->center().toPoint());
    cursors().hover(cursors().caretRect(peer())->center());
    EXPECT_EQ(cursors().flagOpacity("a"), 1.0);
    cursors().hover({0, 0});
    EXPECT_EQ(cursors().flagOpacity("a"), 0.0);
}

TEST_F(PeerCursorsTest, AFlagNeverCoversTheLineBeingTyped) {
    const int lineLength = 13;
    for (const int line : {0, 1, 2, 5}) {
        place("a", line * lineLength + 2, line * lineLength + 2);
        for (int own = 0; own < 8; ++own) {
            putOwnCaret(own * lineLength + 1);
            const QRectF typed(0, view.cursorRect().top(), 600, view.cursorRect().height());
            EXPECT_FALSE(cursors().flagRect(peer())->intersects(typed)) << line << " " << own;
            EXPECT_GE(cursors().flagRect(peer())->top(), 0);
        }
    }
}

TEST_F(PeerCursorsTest, ASelectionIsTintedUnderTheText) {
    place("a", 12, 22);
    clock.nowMs += 60'000;
    const std::vector<QRectF> rects = view.textRects(12, 22);
    ASSERT_EQ(rects.size(), 1u);
    const QImage picture = view.viewport()->grab().toImage();
    const QPoint corner = rects[0].topLeft().toPoint() + QPoint(2, 1);
    EXPECT_NE(picture.pixelColor(corner), view.palette().color(QPalette::Base));
}

TEST_F(PeerCursorsTest, ASelectionOverLinesHasARectangleForEach) {
    EXPECT_EQ(view.textRects(5, 30).size(), 3u);
    EXPECT_EQ(view.textRects(5, 11).size(), 1u); // with its line's end
    EXPECT_TRUE(view.textRects(5, 5).empty());
}

TEST_F(PeerCursorsTest, NamesAreShownAsTheyAreAndNotTooWide) {
    place("a", 30, 30, "<b>" + std::string(5'000, 'x') + "\n</b>");
    EXPECT_LT(cursors().flagRect(peer())->width(), 250);
    view.viewport()->grab();
}

TEST_F(PeerCursorsTest, SomeoneWithoutACaretOrWithAnUnknownPlaceIsNotPainted) {
    mine.document.mutablePeers().put({"b", "Bo", 1, std::nullopt, false});
    mine.document.mutablePeers().put(
        {"c", "Cy", 1, Selection{{{77, 5}, Side::left}, {{77, 5}, Side::left}}, false});
    view.showPeers();
    EXPECT_FALSE(cursors().caretRect(peer(0)));
    EXPECT_FALSE(cursors().caretRect(peer(1)));
    EXPECT_FALSE(cursors().flagRect(peer(1)));
    view.viewport()->grab();
}

TEST_F(PeerCursorsTest, SomeoneWhoLeavesIsForgotten) {
    place("a", 30, 30);
    mine.document.mutablePeers().remove("a");
    view.showPeers();
    EXPECT_EQ(cursors().flagOpacity("a"), 0.0);
}

TEST_F(PeerCursorsTest, WithoutMotionAFlagGoesAtOnce) {
    place("s1", 3, 3);
    cursors().setFades(false);
    clock.nowMs += PeerCursors::flagShownMs + PeerCursors::flagFadingMs / 2;
    EXPECT_EQ(cursors().flagOpacity("s1"), 1);
    clock.nowMs += PeerCursors::flagFadingMs / 2;
    EXPECT_EQ(cursors().flagOpacity("s1"), 0);
}

} // namespace tandem
