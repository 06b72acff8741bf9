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

} // namespace tandem
