// Two people at two windows, and a third without one, edit at random; after every event each QTextDocument
// agrees with its replica, and whenever everything has been carried all replicas are equal. Repeatable by
// seed.
#include "editor/document_binding.h"
#include "fake_clock.h"
#include "shared_log.h"

#include <QTextDocument>

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace tandem {

namespace {

struct Desk {
    explicit Desk(std::uint64_t seed) : copy(seed), binding(copy.document, shown, clock) {}

    OtherCopy copy;
    QTextDocument shown;
    FakeClock clock;
    DocumentBinding binding;
};

class DocumentBindingRandomTest : public testing::TestWithParam<std::uint64_t> {
protected:
    int below(std::size_t bound) { return static_cast<int>(random.below(bound)); }

    // Few different characters, so that neighbours are often alike; all that is difficult among them.
    char32_t someCharacter() {
        static constexpr char32_t characters[] = {
            U'a',   U'a',   U'b',   U'\n',   U'\n',   U'\r',   U'\0',    0x2028, 0x2029, 0xFDD0, 0xFDD1,
            0x00A0, 0x240D, 0x00B6, 0x1F600, 0x1F601, 0x1F5FF, 0x10FFFF, 0xFFFD, U'\t',  0x0301};
        return characters[random.below(std::size(characters))];
    }

    std::u32string someText() {
        std::u32string text;
        for (int left = below(6); left > 0; --left)
            text += someCharacter();
        return text;
    }

    static QString asQString(const std::u32string& text) {
        return QString::fromUcs4(text.data(), static_cast<qsizetype>(text.size()));
    }

    QTextCursor someSelection(Desk& desk) {
        const int length = desk.shown.characterCount() - 1;
        QTextCursor cursor(&desk.shown);
        const int start = below(static_cast<std::size_t>(length) + 1);
        const int reach = below(5) == 0 ? length : 6;
        cursor.setPosition(start);
        cursor.setPosition(std::min(length, start + below(static_cast<std::size_t>(reach) + 1)),
                           QTextCursor::KeepAnchor);
        return cursor;
    }

    void editLocally(Desk& desk) {
        QTextCursor cursor = someSelection(desk);
        switch (below(9)) {
        case 0:
        case 1:
            desk.binding.insertText(cursor, asQString(someText()));
            break;
        case 2:
            cursor.insertText(asQString(someText())); // as an input method might: Qt changes some of it
            break;
        case 3:
            cursor.removeSelectedText();
            break;
        case 4:
            cursor.deletePreviousChar();
            break;
        case 5:
            cursor.insertBlock();
            break;
        case 6: { // a move: both ends in one block of edits
            const QString moved = desk.binding.text(cursor.selectionStart(), cursor.selectionEnd());
            QTextCursor target(&desk.shown);
            target.setPosition(below(static_cast<std::size_t>(desk.shown.characterCount())));
            target.beginEditBlock();
            cursor.removeSelectedText();
            desk.binding.insertText(target, moved);
            target.endEditBlock();
            break;
        }
        case 7:
            if (below(8) == 0)
                desk.shown.setPlainText(asQString(someText() + someText()));
            break;
        default:
            cursor.movePosition(below(2) == 0 ? QTextCursor::Start : QTextCursor::End);
            cursor.insertText(QStringLiteral("\n"));
            break;
        }
    }

    void editRemotely(OpenDocument& document) {
        const std::size_t length = document.replica().length();
        const std::size_t index = random.below(length + 1);
        const std::size_t deleted = random.below(std::min<std::size_t>(length - index, 6) + 1);
        ASSERT_TRUE(document.edit(index, deleted, someText()).ok());
    }

    SeededRandom random{GetParam()};
};

} // namespace

TEST_P(DocumentBindingRandomTest, DocumentAndReplicaAgreeAfterEveryEventAndAllCopiesInTheEnd) {
    constexpr int events = 700;
    SharedLog log;
    Desk first(GetParam() * 10 + 1);
    Desk second(GetParam() * 10 + 2);
    OtherCopy third(GetParam() * 10 + 3);
    const auto agree = [&] { return first.binding.agrees() && second.binding.agrees(); };

    for (int event = 0; event < events; ++event) {
        const int what = below(14);
        if (what < 8)
            editLocally(what % 2 == 0 ? first : second);
        else if (what < 11)
            editRemotely(third.document);
        else
            log.exchange(what == 11   ? first.copy.document
                         : what == 12 ? second.copy.document
                                      : third.document);
        ASSERT_TRUE(agree()) << "event " << event << ", what " << what;
    }

    for (int round = 0; round < 2; ++round) {
        for (OpenDocument* document : {&first.copy.document, &second.copy.document, &third.document}) {
            log.exchange(*document);
            ASSERT_TRUE(agree());
        }
    }
    EXPECT_EQ(first.copy.document.replica().text(), second.copy.document.replica().text());
    EXPECT_EQ(first.copy.document.replica().text(), third.document.replica().text());
    EXPECT_TRUE(first.copy.document.outbox().empty());
    first.copy.document.replica().checkInvariants();
}

INSTANTIATE_TEST_SUITE_P(Seeds, DocumentBindingRandomTest, testing::Range<std::uint64_t>(1, 25));

} // namespace tandem
