// What shows of the others beside their carets: marks on the scroll bar, chips, tints, what is new, what is
// told.
#include "editor/access/edit_announcer.h"
#include "editor/find/text_search.h"
#include "editor/together/author_tints.h"
#include "editor/together/people_out_of_sight.h"
#include "editor/together/recent_changes.h"
#include "editor/together/scroll_marks.h"
#include "theme/person_colors.h"

#include "editor_fixture.h"

#include <QScrollBar>

namespace tandem {

namespace {

class TogetherMarksTest : public EditorFixture {
protected:
    void place(const std::string& session, int tail, int head, int color = 3) {
        const DocumentBinding& binding = view.binding();
        mine.document.mutablePeers().put(
            {session, session, color,
             Selection{binding.anchorAt(tail, Side::right), binding.anchorAt(head, Side::right)}, false});
        view.showPeers();
    }
    bool has(const QImage& picture, int y, const QColor& color) {
        for (int x = 0; x < picture.width(); ++x)
            if (picture.pixelColor(x, y) == color)
                return true;
        return false;
    }
    QColor colorOf(int index) { return theme::personColors(index, theme::Scheme::light).caret; }
};

class Names final : public AuthorNames {
public:
    std::optional<Author> authorOf(ReplicaId replica) const override {
        const auto found = authors.find(replica);
        return found == authors.end() ? std::nullopt : std::optional(found->second);
    }
    std::map<ReplicaId, Author> authors;
};

} // namespace

TEST_F(TogetherMarksTest, CaretsAreMarkedOnTheScrollBarWhereTheyAreInTheText) {
    fill(1'000);
    ScrollMarks marks(view, mine.document.peers(), nullptr);
    place("Ana", positionOf("line 500"), positionOf("line 500"), 3);
    place("Ben", positionOf("line 900"), positionOf("line 900"), 1);
    const int ana = marks.heightOf(positionOf("line 500"));
    EXPECT_NEAR(ana, marks.height() / 2, 2);
    const QImage picture = marks.grab().toImage();
    EXPECT_TRUE(has(picture, ana + 1, colorOf(3)));
    EXPECT_TRUE(has(picture, marks.heightOf(positionOf("line 900")) + 1, colorOf(1)));
    EXPECT_FALSE(has(picture, marks.height() / 4, colorOf(3)));
}

TEST_F(TogetherMarksTest, WhatWasFoundIsMarkedOnTheScrollBar) {
    fill(1'000);
    TextSearch search(view);
    ScrollMarks marks(view, mine.document.peers(), &search);
    search.setPattern({"line 250\\b", {.isRegex = true}});
    search.finish();
    ASSERT_EQ(search.hits().size(), 1u);
    const QImage picture = marks.grab().toImage();
    const QColor color = theme::toneColor(theme::Tone::warning, view.palette());
    int marked = 0;
    for (int y = 0; y < picture.height(); ++y)
        marked += has(picture, y, color);
    EXPECT_GE(marked, 1);
    EXPECT_LE(marked, 4);
    EXPECT_TRUE(has(picture, marks.height() / 4, color) || has(picture, marks.height() / 4 - 1, color) ||
                has(picture, marks.height() / 4 + 1, color));
}

TEST_F(TogetherMarksTest, WhoIsOutOfSightHasAChipThatLeadsThere) {
    fill(1'000);
    PeopleOutOfSight people(view, mine.document.peers());
    place("Ana", positionOf("line 3"), positionOf("line 3"));
    EXPECT_TRUE(people.chips().empty()) << "she is in sight";
    place("Ben", positionOf("line 900"), positionOf("line 900"));
    ASSERT_EQ(people.chips().size(), 1u);
    EXPECT_EQ(people.chips()[0]->accessibleName(), "Ben is below. Go there");
    EXPECT_GT(people.chips()[0]->y(), view.viewport()->height() / 2);
    QTest::mouseClick(people.chips()[0], Qt::LeftButton);
    QCoreApplication::processEvents();
    ASSERT_EQ(people.chips().size(), 1u);
    EXPECT_EQ(people.chips()[0]->accessibleName(), "Ana is above. Go there");
    EXPECT_LT(people.chips()[0]->y(), view.viewport()->height() / 2);
    const EditorView::Span shown = view.visibleSpan();
    EXPECT_LT(shown.start, positionOf("line 900"));
    EXPECT_GT(shown.end, positionOf("line 900"));
}

TEST_F(TogetherMarksTest, AChipStaysAtItsEdgeWhileTypingScrolls) {
    write(U"first");
    PeopleOutOfSight people(view, mine.document.peers());
    place("Ana", 0, 0);
    putCaret(5);
    for (int i = 0; i < 60; ++i)
        press(Qt::Key_Return);
    ASSERT_EQ(people.chips().size(), 1u);
    EXPECT_GE(people.chips()[0]->y(), 0);
    EXPECT_LT(people.chips()[0]->y(), view.viewport()->height() / 4);
}

TEST_F(TogetherMarksTest, ManyPeopleOutOfSightDoNotCoverTheText) {
    fill(1'000);
    PeopleOutOfSight people(view, mine.document.peers());
    for (int i = 0; i < 30; ++i)
        place("Person " + std::to_string(i), positionOf("line 900"), positionOf("line 900"));
    EXPECT_EQ(people.chips().size(), static_cast<std::size_t>(PeopleOutOfSight::mostAtAnEdge));
    mine.document.mutablePeers().reset({});
    view.showPeers();
    EXPECT_TRUE(people.chips().empty());
}

TEST_F(TogetherMarksTest, EachCharacterHasTheTintOfItsAuthor) {
    write(U"theirs \U0001F600 ");
    putCaret(10);
    QTest::keyClicks(&view, "mine");
    editRemotely(10, 0, U"!");
    AuthorTints tints(view, mine.document, nullptr);
    const std::vector<AuthorTints::Part> parts = tints.partsOf(0, 100);
    ASSERT_EQ(parts.size(), 4u);
    EXPECT_EQ(parts[0].end, 10);
    EXPECT_EQ(parts[1].end, 11);
    EXPECT_EQ(parts[2].end, 12);
    EXPECT_EQ(parts[3].end, 15);
    EXPECT_EQ(parts[0].author, parts[2].author);
    EXPECT_EQ(parts[1].author, parts[3].author);
    EXPECT_NE(parts[0].author, parts[1].author);
}

TEST_F(TogetherMarksTest, TintsAreShownAtWillAndInTheColourThatTheNamesSay) {
    write(U"a long line of words");
    Names names;
    AuthorTints tints(view, mine.document, &names);
    const ReplicaId author = tints.partsOf(0, 1).front().author;
    names.authors[author] = {"Ana", 5};
    EXPECT_EQ(tints.colorOf(author), 5);
    EXPECT_EQ(tints.nameAt(2), "Ana");
    const QImage before = view.grab().toImage();
    tints.setOn(true);
    EXPECT_NE(view.grab().toImage(), before);
    tints.setOn(false);
    EXPECT_EQ(view.grab().toImage(), before);
}

TEST_F(TogetherMarksTest, WhatOthersWriteIsTintedForAWhileAndFollowsItsText) {
    write(U"one two");
    RecentChanges recent(view, clock);
    editRemotely(4, 0, U"new ");
    EXPECT_EQ(recent.opacityAt(5), 0) << "it fades in";
    clock.nowMs += RecentChanges::comingMs / 2;
    EXPECT_NEAR(recent.opacityAt(5), 0.5, 0.01);
    clock.nowMs += RecentChanges::comingMs / 2;
    EXPECT_EQ(recent.opacityAt(5), 1);
    EXPECT_EQ(recent.opacityAt(2), 0);
    putCaret(0);
    QTest::keyClicks(&view, "xx");
    EXPECT_EQ(recent.opacityAt(7), 1);
    EXPECT_EQ(recent.opacityAt(0), 0) << "own edits are no news";
    clock.nowMs += RecentChanges::shownMs - RecentChanges::comingMs + RecentChanges::fadingMs / 2;
    EXPECT_NEAR(recent.opacityAt(7), 0.5, 0.01);
    recent.setFades(false);
    EXPECT_EQ(recent.opacityAt(7), 1) << "without motion it stays until it goes";
    clock.nowMs += RecentChanges::fadingMs;
    EXPECT_EQ(recent.opacityAt(7), 0);
}

TEST_F(TogetherMarksTest, WhatCameWhileOneWasAwayFadesInAsWell) {
    write(U"as it was when I left");
    OtherCopy reopened(3);
    log.deliver(reopened.document); // the copy on this computer
    EditorView later(reopened.document, clock);
    RecentChanges recent(later, clock);
    editRemotely(0, 0, U"Since then: ");
    editRemotely(text().size(), 0, U", and more");
    log.deliver(reopened.document);
    clock.nowMs += RecentChanges::comingMs;
    EXPECT_EQ(recent.opacityAt(3), 1);
    EXPECT_EQ(recent.opacityAt(static_cast<int>(text().size()) - 2), 1);
    EXPECT_EQ(recent.opacityAt(20), 0) << "that was there before";
}

TEST_F(TogetherMarksTest, ADocumentThatArrivesIsNoNews) {
    RecentChanges recent(view, clock);
    write(U"all of it");
    EXPECT_EQ(recent.opacityAt(2), 0);
}

TEST_F(TogetherMarksTest, OthersEditsAreToldInOneSentenceNowAndThen) {
    fill(30);
    Names names;
    EditAnnouncer announcer(view, mine.document, &names);
    int told = 0;
    QObject::connect(&announcer, &EditAnnouncer::told, &view, [&] { ++told; });
    editRemotely(0, 0, U"x");
    names.authors[view.binding().anchorAt(0, Side::left).element.replica] = {"Ana", 1};
    for (int i = 0; i < 20; ++i)
        editRemotely(static_cast<std::size_t>(positionOf("line 11")), 0, U"y");
    EXPECT_EQ(told, 0);
    announcer.tell();
    EXPECT_EQ(announcer.summary(), "Ana and someone else edited 21 places");
    editRemotely(static_cast<std::size_t>(positionOf("line 11")), 0, U"z");
    announcer.tell();
    EXPECT_EQ(announcer.summary(), "Ana edited line 12");
    announcer.tell();
    EXPECT_EQ(told, 2) << "there was nothing more to tell";
}

TEST_F(TogetherMarksTest, OwnEditsAreToldToScreenReadersWithTheirText) {
    EditAnnouncer announcer(view, mine.document, nullptr);
    QStringList told;
    QObject::connect(&announcer, &EditAnnouncer::ownTold, &view,
                     [&](int position, int removed, const QString& text) {
                         told += QStringLiteral("%1 -%2 +%3").arg(position).arg(removed).arg(text);
                     });
    QTest::keyClicks(&view, "ab");
    press(Qt::Key_Backspace);
    editRemotely(0, 0, U"others");
    EXPECT_EQ(told, (QStringList{"0 -0 +a", "1 -0 +b", "1 -1 +"}));
}

} // namespace tandem
