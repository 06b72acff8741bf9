#include "editor/document_binding.h"

#include "editor/display_form.h"
#include "fake_clock.h"
#include "protocol/limits.h"
#include "shared_log.h"

#include <QTextDocument>

#include <gtest/gtest.h>

namespace tandem {

using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

class DocumentBindingTest : public testing::Test {
protected:
    void SetUp() override { type(0, 0, QStringLiteral("one\ntwo\nthree")); }

    // As a keyboard would, by positions of the QTextDocument.
    void type(int start, int end, const QString& text) {
        QTextCursor cursor(&shown);
        cursor.setPosition(start);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        cursor.insertText(text);
        ASSERT_TRUE(binding.agrees()) << shown.toRawText().toStdString();
    }

    void editRemotely(std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        log.exchange(mine.document);
        log.exchange(theirs.document);
        ASSERT_TRUE(theirs.document.edit(index, deleted, inserted).ok());
        log.commit(theirs.document);
        log.exchange(mine.document);
        ASSERT_TRUE(binding.agrees()) << shown.toRawText().toStdString();
        ASSERT_EQ(mine.document.replica().text(), theirs.document.replica().text());
    }

    std::u32string text() const { return mine.document.replica().codePoints(); }
    std::size_t changes() const { return mine.document.outbox().size(); }

    SharedLog log;
    OtherCopy mine{1};
    OtherCopy theirs{2};
    QTextDocument shown;
    FakeClock clock;
    DocumentBinding binding{mine.document, shown, clock};
};

} // namespace

TEST_F(DocumentBindingTest, TypedTextIsInTheReplica) {
    type(3, 3, QStringLiteral("!"));
    EXPECT_EQ(text(), U"one!\ntwo\nthree");
}

TEST_F(DocumentBindingTest, ANewBlockIsALineFeed) {
    QTextCursor cursor(&shown);
    cursor.setPosition(1);
    cursor.insertBlock();
    EXPECT_TRUE(binding.agrees());
    EXPECT_EQ(text(), U"o\nne\ntwo\nthree");
}

TEST_F(DocumentBindingTest, DeletingAcrossBlocksJoinsThem) {
    type(2, 9, QString());
    EXPECT_EQ(text(), U"onhree");
}

TEST_F(DocumentBindingTest, OneKeystrokeIsOneChangeOfOneCharacter) {
    log.exchange(mine.document);
    ASSERT_TRUE(mine.document.outbox().empty());
    type(5, 5, QStringLiteral("x"));
    ASSERT_EQ(changes(), 1u);
    const Outbox::Entry& entry = mine.document.outbox().entries().front();
    EXPECT_EQ(entry.first, entry.last);
}

TEST_F(DocumentBindingTest, AFormatAloneIsNotAnEdit) {
    const std::size_t before = changes();
    QTextCursor cursor(&shown);
    cursor.select(QTextCursor::Document);
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    cursor.mergeCharFormat(bold);
    EXPECT_EQ(changes(), before);
    EXPECT_TRUE(binding.agrees());
}

TEST_F(DocumentBindingTest, ReplacingTheWholeTextSendsOnlyWhatDiffers) {
    log.exchange(mine.document);
    type(0, 13, QStringLiteral("one\n2\nthree"));
    EXPECT_EQ(text(), U"one\n2\nthree");
    ASSERT_EQ(changes(), 1u);
    const Outbox::Entry& entry = mine.document.outbox().entries().front();
    EXPECT_LE(entry.last - entry.first + 1, 2u); // one character in, one deletion
}

TEST_F(DocumentBindingTest, ClearingEmptiesBoth) {
    shown.clear();
    EXPECT_TRUE(binding.agrees());
    EXPECT_EQ(text(), U"");
    type(0, 0, QStringLiteral("\n"));
    EXPECT_EQ(text(), U"\n");
}

TEST_F(DocumentBindingTest, SurrogatePairsAreReplacedWhole) {
    type(0, 0, QStringLiteral("\U0001F600"));
    type(0, 2, QStringLiteral("\U0001F601")); // the first half stays the same
    EXPECT_EQ(text(), U"\U0001F601one\ntwo\nthree");
    type(0, 0, QStringLiteral("\U0001F602"));
    type(2, 4, QString());
    EXPECT_EQ(text(), U"\U0001F602one\ntwo\nthree");
}

TEST_F(DocumentBindingTest, HalfOfAPairThatIsLeftBecomesAReplacementCharacter) {
    type(0, 0, QStringLiteral("\U0001F600"));
    type(0, 1, QString());
    EXPECT_EQ(text(), U"\uFFFDone\ntwo\nthree");
    EXPECT_EQ(shown.characterAt(0), QChar(0xFFFD));
}

TEST_F(DocumentBindingTest, CharactersThatQtChangesArriveAsTheyAreAndKeepTheirPlaces) {
    QString odd = QStringLiteral("a\rb\u2028c\u2029d\uFDD0e\uFDD1f\u00A0g");
    odd.insert(1, QChar(u'\0'));
    QTextCursor cursor(&shown);
    cursor.setPosition(4);
    binding.insertText(cursor, odd);
    EXPECT_TRUE(binding.agrees());
    EXPECT_EQ(text(), U"one\n" + odd.toStdU32String() + U"two\nthree");
    EXPECT_EQ(shown.blockCount(), 3);
    EXPECT_EQ(binding.text(4, 4 + static_cast<int>(odd.size())), odd);
}

TEST_F(DocumentBindingTest, EditsBesideStandInsDoNotRewriteThem) {
    editRemotely(3, 0, U"\r\0\u2029"sv);
    EXPECT_EQ(shown.characterAt(3), QChar(0x240D));
    type(3, 3, QStringLiteral("x"));
    type(7, 7, QStringLiteral("y"));
    type(5, 5, QStringLiteral("z"));
    EXPECT_EQ(text(), U"onex\rz\0\u2029y\ntwo\nthree"s);
    const QString all = shown.toRawText().replace(QChar::ParagraphSeparator, u'\n');
    type(0, static_cast<int>(all.size()), all + u'!'); // stand-ins are typed over themselves
    EXPECT_EQ(text(), U"onex\rz\0\u2029y\ntwo\nthree!"s);
}

TEST_F(DocumentBindingTest, ALineSeparatorTypedIntoTheDocumentIsShownByItsStandIn) {
    type(3, 3, QStringLiteral("\u2028"));
    EXPECT_EQ(text(), U"one\u2028\ntwo\nthree");
    EXPECT_EQ(shown.characterAt(3), QChar(0x2424));
}

TEST_F(DocumentBindingTest, RemoteEditsAreShown) {
    editRemotely(0, 3, U"\U0001F600\n\n");
    EXPECT_EQ(text(), U"\U0001F600\n\n\ntwo\nthree");
    EXPECT_EQ(shown.blockCount(), 5);
}

TEST_F(DocumentBindingTest, RemoteEditsAreNotSentBack) {
    editRemotely(1, 1, U"xyz");
    EXPECT_TRUE(mine.document.outbox().empty());
}

TEST_F(DocumentBindingTest, TwoEditsInOneBlockOfEditsArriveTogether) {
    QTextCursor cursor(&shown);
    cursor.beginEditBlock();
    cursor.setPosition(0);
    cursor.insertText(QStringLiteral("<"));
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(QStringLiteral(">"));
    binding.insertText(cursor, QStringLiteral("\r"));
    cursor.endEditBlock();
    EXPECT_TRUE(binding.agrees());
    EXPECT_EQ(text(), U"<one\ntwo\nthree>\r");
}

TEST_F(DocumentBindingTest, AMegabyteIsPastedAtOnceAndCutIntoChanges) {
    log.exchange(mine.document);
    QString large;
    while (large.size() < 1024 * 1024)
        large += QStringLiteral("A line of some length, with \U0001F600 and a tab\t.\n");
    QTextCursor cursor(&shown);
    cursor.setPosition(7);
    binding.insertText(cursor, large);
    EXPECT_TRUE(binding.agrees());
    EXPECT_GE(changes(), static_cast<std::size_t>(large.size()) / limits::insertLength / 2);
    log.exchange(mine.document);
    log.exchange(theirs.document);
    EXPECT_EQ(theirs.document.replica().text(), mine.document.replica().text());
}

TEST_F(DocumentBindingTest, AnAnchorNamesThePlaceInBoth) {
    type(0, 0, QStringLiteral("\U0001F600"));
    const Anchor anchor = binding.anchorAt(5, Side::right);
    editRemotely(0, 1, U"\U0001F601\U0001F602");
    EXPECT_EQ(binding.positionOf(anchor), 7);
}

TEST_F(DocumentBindingTest, ASnapshotThatReplacesTheReplicaIsShown) {
    log.exchange(mine.document);
    log.exchange(theirs.document);
    ASSERT_TRUE(theirs.document.edit(4, 3, U"deux\r").ok());
    type(0, 0, QStringLiteral("mine "));
    ASSERT_TRUE(mine.document.adoptSnapshot(theirs.document.replica().encode(), 9, "epoch").ok());
    EXPECT_TRUE(binding.agrees());
    EXPECT_EQ(text(), U"mine one\ndeux\r\nthree");
}

} // namespace tandem
