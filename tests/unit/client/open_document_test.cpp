#include "client/open_document.h"

#include "protocol/limits.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class OpenDocumentTest : public testing::Test {
protected:
    std::vector<std::string> outboxBytes(const OpenDocument& document) {
        std::vector<std::string> bytes;
        for (const Outbox::Entry& entry : document.outbox().entries())
            bytes.push_back(entry.bytes);
        return bytes;
    }

    SeededRandom m_random{1};
    OpenDocument m_document{m_random};
};

} // namespace

TEST_F(OpenDocumentTest, AnEditIsInTheTextAndInTheOutboxAtOnce) {
    int told = 0;
    m_document.onEdited = [&told] { ++told; };
    EXPECT_FALSE(m_document.author());
    ASSERT_TRUE(m_document.edit(0, 0, U"hi").ok());
    EXPECT_EQ(m_document.replica().text(), "hi");
    EXPECT_EQ(m_document.outbox().size(), 1u);
    EXPECT_TRUE(m_document.author());
    EXPECT_EQ(told, 1);
}

TEST_F(OpenDocumentTest, ARefusedEditChangesNothing) {
    EXPECT_FALSE(m_document.edit(1, 0, U"hi").ok());
    EXPECT_TRUE(m_document.outbox().empty());
}

TEST_F(OpenDocumentTest, ALargePasteIsCutIntoChangesBelowTheLimit) {
    const std::u32string paste(300'000, U'😀');
    ASSERT_TRUE(m_document.edit(0, 0, U"ab").ok());
    ASSERT_TRUE(m_document.edit(1, 1, paste).ok());
    EXPECT_EQ(m_document.replica().codePoints(), U"a" + paste);
    EXPECT_GT(m_document.outbox().size(), 2u);
    for (const auto& entry : m_document.outbox().entries())
        EXPECT_LE(entry.bytes.size(), limits::changeBytes);
}

TEST_F(OpenDocumentTest, CommittedChangesOfOthersAreShownAndOwnOnesCountAsAcked) {
    OpenDocument other(m_random);
    ASSERT_TRUE(other.edit(0, 0, U"there").ok());
    ASSERT_TRUE(m_document.edit(0, 0, U"hi").ok());
    TextEdits shown;
    m_document.onRemoteEdits = [&shown](const TextEdits& edits) { shown = edits; };

    std::vector<std::string> log = outboxBytes(other);
    log.push_back(outboxBytes(m_document).front());
    ASSERT_TRUE(m_document.applyCommitted(1, log).ok());
    EXPECT_EQ(shown.size(), 1u);
    EXPECT_TRUE(m_document.outbox().empty());
    EXPECT_EQ(m_document.version(), 2u);
}

TEST_F(OpenDocumentTest, VersionsThatAreKnownAreIgnoredAndAHoleIsAnError) {
    OpenDocument other(m_random);
    ASSERT_TRUE(other.edit(0, 0, U"a").ok());
    ASSERT_TRUE(other.edit(1, 0, U"b").ok());
    const auto log = outboxBytes(other);
    ASSERT_TRUE(m_document.applyCommitted(1, log).ok());
    ASSERT_TRUE(m_document.applyCommitted(1, log).ok());
    EXPECT_EQ(m_document.replica().text(), "ab");
    EXPECT_FALSE(m_document.applyCommitted(4, log).ok());
    EXPECT_EQ(m_document.version(), 2u);
}

TEST_F(OpenDocumentTest, AnAckThatLeavesOutAVersionIsRefused) {
    ASSERT_TRUE(m_document.edit(0, 0, U"a").ok());
    ASSERT_TRUE(m_document.edit(1, 0, U"b").ok());
    const ReplicaId self = m_document.author()->replica;
    EXPECT_TRUE(m_document.applyAck(self, 1, 1));
    EXPECT_FALSE(m_document.applyAck(self, 2, 3));
}

TEST_F(OpenDocumentTest, ASnapshotKeepsUnackedEditsOnTopAndTellsTheDifference) {
    OpenDocument server(m_random);
    ASSERT_TRUE(server.edit(0, 0, U"hello world").ok());
    ASSERT_TRUE(m_document.edit(0, 0, U"mine ").ok());
    std::u32string view = m_document.replica().codePoints();
    m_document.onRemoteEdits = [&view](const TextEdits& edits) {
        for (const TextEdit& edit : edits)
            view.replace(edit.index, edit.deleted, edit.inserted);
    };
    ASSERT_TRUE(m_document.adoptSnapshot(server.replica().encode(), 1, "epoch").ok());
    EXPECT_EQ(m_document.outbox().size(), 1u);
    EXPECT_EQ(m_document.version(), 1u);
    EXPECT_EQ(view, m_document.replica().codePoints());
    EXPECT_NE(view.find(U"mine "), std::u32string::npos);
    EXPECT_NE(view.find(U"hello world"), std::u32string::npos);
    EXPECT_FALSE(m_document.adoptSnapshot("rubbish", 2, "epoch").ok());
    EXPECT_EQ(view, m_document.replica().codePoints());
}

TEST_F(OpenDocumentTest, UndoBringsBackWhatWasDeletedBeforeASnapshotTookTheCopysPlace) {
    const auto edit = [this](std::size_t index, std::size_t deleted, std::u32string_view inserted) {
        ASSERT_TRUE(m_document.edit(index, deleted, inserted, {0, UndoHistory::Kind::whole}).ok());
    };
    edit(0, 0, U"hello \U0001F600 world");
    edit(6, 2, U"");
    edit(0, 5, U"bye");
    const std::string first = m_document.replica().encode();
    for (int times = 1; times <= 2; ++times) {
        ASSERT_TRUE(m_document.adoptSnapshot(first, 3, "epoch").ok());
        edit(3, 1, U"");
        m_document.undo();
        EXPECT_EQ(m_document.replica().text(), "bye world");
    }
    m_document.undo();
    m_document.undo();
    EXPECT_EQ(m_document.replica().text(), "hello \U0001F600 world");
    m_document.redo();
    m_document.redo();
    EXPECT_EQ(m_document.replica().text(), "bye world");
}

// A log of another epoch that has only the first `kept` of these changes.
class RestoredLogTest : public OpenDocumentTest {
protected:
    void commit(OpenDocument& author, std::initializer_list<OpenDocument*> others) {
        for (const std::string& change : outboxBytes(author)) {
            m_log.push_back(change);
            for (OpenDocument* other : others)
                ASSERT_TRUE(other->applyCommitted(m_log.size(), std::span(&m_log.back(), 1)).ok());
            ASSERT_TRUE(author.applyCommitted(m_log.size(), std::span(&m_log.back(), 1)).ok());
        }
    }
    void restore(std::size_t kept) {
        m_log.resize(kept);
        m_epoch += "'";
    }
    std::string snapshot() const {
        Replica replica;
        for (const std::string& change : m_log)
            EXPECT_TRUE(replica.apply(*decodeChange(change)).ok());
        return replica.encode();
    }
    // The other's "a" and the own "b" beside it, which is done anew behind a restore that lost both.
    std::vector<std::string> loseOwnAndOthers() {
        EXPECT_TRUE(join(m_document).ok() && join(m_other).ok());
        EXPECT_TRUE(m_other.edit(0, 0, U"a").ok());
        std::vector<std::string> lost = outboxBytes(m_other);
        commit(m_other, {&m_document});
        EXPECT_TRUE(m_document.edit(1, 0, U"b").ok());
        lost.push_back(outboxBytes(m_document).front());
        restore(0);
        EXPECT_TRUE(join(m_document).ok());
        return lost;
    }
    Result<void> join(OpenDocument& document) {
        return document.adoptSnapshot(snapshot(), m_log.size(), m_epoch);
    }
    std::string logText() const {
        Replica replica;
        for (const std::string& change : m_log)
            EXPECT_TRUE(replica.apply(*decodeChange(change)).ok());
        return replica.text();
    }

    OpenDocument m_other{m_random};
    std::vector<std::string> m_log;
    std::string m_epoch = "epoch";
};

TEST_F(RestoredLogTest, OwnAckedChangesThatTheLogLostAreSentAgainUnderTheirIds) {
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(m_document.edit(0, 0, U"one ").ok());
    ASSERT_TRUE(m_document.edit(4, 0, U"two ").ok());
    const auto made = outboxBytes(m_document);
    commit(m_document, {});
    ASSERT_TRUE(m_document.edit(8, 0, U"three").ok());
    restore(1);
    TextEdits shown;
    m_document.onRemoteEdits = [&shown](const TextEdits& edits) { shown = edits; };
    ASSERT_TRUE(join(m_document).ok());
    EXPECT_EQ(m_document.replica().text(), "one two three");
    EXPECT_TRUE(shown.empty());
    ASSERT_EQ(m_document.outbox().size(), 2u);
    EXPECT_EQ(outboxBytes(m_document)[0], made[1]);
    commit(m_document, {});
    EXPECT_EQ(logText(), "one two three");

    restore(0); // once more, and nothing has been forgotten
    ASSERT_TRUE(join(m_document).ok());
    commit(m_document, {});
    EXPECT_EQ(logText(), "one two three");
}

TEST_F(RestoredLogTest, WhatWasAckedBeforeWhatItNamesIsSentAgainAsItWas) {
    ASSERT_TRUE(m_other.edit(0, 0, U"earlier ").ok());
    OpenDocument::Leftover leftover = m_other.leftover();
    leftover.epoch = m_epoch;
    m_document.adopt(std::move(leftover));
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(m_document.edit(8, 0, U"later").ok());
    const auto made = outboxBytes(m_document);
    ASSERT_EQ(made.size(), 2u);
    m_log = made;
    ASSERT_TRUE(join(m_document).ok());
    for (const ReplicaId author : {m_document.author()->replica, m_other.author()->replica})
        ASSERT_TRUE(m_document.applyAck(author, 100, 2));
    ASSERT_TRUE(m_document.outbox().empty());
    restore(0);
    ASSERT_TRUE(join(m_document).ok());
    EXPECT_EQ(outboxBytes(m_document), made);
    EXPECT_EQ(m_document.replica().text(), "earlier later");
}

TEST_F(RestoredLogTest, TextBesideWhatOthersLostComesBackWhereItStood) {
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(join(m_other).ok());
    ASSERT_TRUE(m_document.edit(0, 0, U"start end").ok());
    commit(m_document, {&m_other});
    ASSERT_TRUE(m_other.edit(6, 0, U"lost ").ok());
    commit(m_other, {&m_document});
    ASSERT_TRUE(m_document.edit(11, 0, U"kept ").ok()); // right of a character that goes
    ASSERT_TRUE(m_document.edit(0, 5, {}).ok());        // and a deletion behind it
    commit(m_document, {&m_other});
    EXPECT_EQ(m_document.replica().text(), " lost kept end");
    restore(1);
    ASSERT_TRUE(join(m_document).ok());
    EXPECT_EQ(m_document.replica().text(), " kept end");
    commit(m_document, {});
    EXPECT_EQ(logText(), " kept end");

    ASSERT_TRUE(join(m_other).ok()); // whose words come back when it does
    commit(m_other, {&m_document});
    EXPECT_EQ(logText().size(), std::string(" lost kept end").size());
    EXPECT_NE(logText().find("lost "), std::string::npos);
    EXPECT_NE(logText().find("kept "), std::string::npos);
    EXPECT_EQ(m_document.replica().text(), logText());
    EXPECT_EQ(m_other.replica().text(), logText());
}

TEST_F(RestoredLogTest, WhatWasDoneAnewAndComesIntoTheLogAfterAllDoesNotStandThereTwice) {
    const std::vector<std::string> lost = loseOwnAndOthers();
    EXPECT_EQ(m_document.replica().text(), "b");
    // Behind the other's change, what was under way on the old connection is taken.
    m_log = lost;
    ASSERT_TRUE(m_document.applyCommitted(1, m_log).ok());
    commit(m_document, {});
    EXPECT_EQ(m_document.replica().text().size(), 2u);
    EXPECT_EQ(logText(), m_document.replica().text());

    ASSERT_TRUE(m_document.adoptSnapshot(snapshot(), m_log.size(), m_epoch).ok());
    EXPECT_EQ(m_document.replica().text(), logText());
    EXPECT_TRUE(m_document.outbox().empty());
}

TEST_F(RestoredLogTest, AProgramThatEndedBehindARestoreStillKnowsWhatWasDoneAnew) {
    const std::vector<std::string> lost = loseOwnAndOthers();

    OpenDocument next(m_random);
    next.adopt(m_document.leftover());
    m_log = lost;
    ASSERT_TRUE(join(next).ok());
    commit(next, {});
    EXPECT_EQ(logText().size(), 2u);
    EXPECT_EQ(next.replica().text(), logText());
}

TEST_F(RestoredLogTest, AnOutboxThatTheSnapshotHasNoPlaceForYetIsPlacedOnceItHas) {
    OpenDocument before(m_random);
    ASSERT_TRUE(before.adoptSnapshot(Replica().encode(), 0, "epoch").ok());
    ASSERT_TRUE(before.edit(0, 0, U"acked ").ok());
    m_log = outboxBytes(before);
    ASSERT_TRUE(before.applyCommitted(1, m_log).ok());
    ASSERT_TRUE(before.edit(6, 0, U"not acked").ok());
    const OpenDocument::Leftover left = before.leftover();

    m_document.adopt(left);
    ASSERT_TRUE(m_document.adoptSnapshot(Replica().encode(), 0, "epoch").ok()); // of a server that is behind
    EXPECT_EQ(m_document.replica().text(), "");
    ASSERT_TRUE(m_document.applyCommitted(1, m_log).ok());
    EXPECT_EQ(m_document.replica().text(), "acked not acked");
    EXPECT_TRUE(m_document.applyAck(left.outbox.front().replica, left.outbox.front().last, 2));
    EXPECT_TRUE(m_document.outbox().empty());
}

TEST_F(RestoredLogTest, AnOutboxFromDiskWhoseBeginningWasLostGoesToTheEndOfTheText) {
    OpenDocument before(m_random);
    ASSERT_TRUE(before.adoptSnapshot(Replica().encode(), 0, "epoch").ok());
    ASSERT_TRUE(before.edit(0, 0, U"acked ").ok());
    m_log = outboxBytes(before);
    ASSERT_TRUE(before.applyCommitted(1, m_log).ok());
    ASSERT_TRUE(before.edit(6, 0, U"not ackxed").ok());
    ASSERT_TRUE(before.edit(13, 1, {}).ok());
    const OpenDocument::Leftover left = before.leftover();

    restore(0);
    ASSERT_TRUE(m_other.edit(0, 0, U"text ").ok());
    commit(m_other, {});
    m_document.adopt(left);
    ASSERT_TRUE(join(m_document).ok());
    EXPECT_EQ(m_document.replica().text(), "text not acked");
    commit(m_document, {});
    EXPECT_EQ(logText(), "text not acked");
}

} // namespace tandem
