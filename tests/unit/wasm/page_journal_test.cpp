// What the page is told to keep, against what it must have to lose nothing.
#include "wasm/page_journal.h"

#include "wasm/exchange.h"

#include <gtest/gtest.h>

#include <map>

namespace tandem {

namespace {

// A browser's storage, as the page fills it.
class Storage {
public:
    void take(const std::string& changes) {
        ByteReader in(changes);
        entryCount = in.varint();
        head = exchange::readString(in);
        for (std::uint64_t left = in.varint(); left > 0; --left) {
            const std::uint64_t number = in.varint();
            entries[number] = exchange::readString(in);
        }
        for (std::uint64_t left = in.varint(); left > 0; --left)
            entries.erase(in.varint());
        EXPECT_TRUE(in.ok() && in.atEnd());
        EXPECT_EQ(entries.size(), entryCount);
    }
    Result<OpenDocument::Leftover> leftover() const {
        std::vector<std::string> inOrder;
        for (const auto& [number, bytes] : entries)
            inOrder.push_back(bytes);
        return leftoverFrom(head, inOrder);
    }

    std::uint64_t entryCount = 0;
    std::string head;
    std::map<std::uint64_t, std::string> entries;
};

class PageJournalTest : public testing::Test {
protected:
    PageJournalTest() { m_document.setAuthor({4711, "key of the author"}); }
    void type(std::u32string_view text) {
        ASSERT_TRUE(m_document.edit(m_document.replica().length(), 0, text).ok());
    }
    // The text of a page that starts with what is stored.
    std::string textAfterwards() {
        SeededRandom random(2);
        OpenDocument next(random);
        auto leftover = m_storage.leftover();
        EXPECT_TRUE(leftover.ok());
        next.adopt(std::move(*leftover));
        EXPECT_TRUE(next.adoptSnapshot(Replica().encode(), 0, "epoch").ok());
        return next.replica().text();
    }

    SeededRandom m_random{1};
    OpenDocument m_document{m_random};
    PageJournal m_journal{m_document};
    Storage m_storage;
};

} // namespace

TEST_F(PageJournalTest, WhatWasTypedIsThereAgainWithItsAuthor) {
    type(U"one ");
    m_storage.take(m_journal.takeChanges());
    type(U"two 😀");
    m_storage.take(m_journal.takeChanges());
    EXPECT_EQ(m_storage.entryCount, 2u);
    EXPECT_EQ(textAfterwards(), "one two 😀");
    const auto leftover = m_storage.leftover();
    ASSERT_EQ(leftover->authors.size(), 1u);
    EXPECT_EQ(leftover->authors[0].replica, 4711u);
    EXPECT_EQ(leftover->authors[0].key, "key of the author");
}

TEST_F(PageJournalTest, WhatIsSavedGoesAndWhatIsNotStays) {
    type(U"a");
    type(U"b");
    m_storage.take(m_journal.takeChanges());
    EXPECT_TRUE(m_document.applyAck(4711, 1, 1));
    type(U"c");
    m_storage.take(m_journal.takeChanges());
    EXPECT_EQ(m_storage.entryCount, 2u);
    EXPECT_EQ(m_storage.leftover()->outbox.front().first, 2u);
    EXPECT_TRUE(m_document.applyAck(4711, 3, 3));
    m_storage.take(m_journal.takeChanges());
    EXPECT_EQ(m_storage.entryCount, 0u);
}

TEST_F(PageJournalTest, AStorageThatLostItIsToldAllAgain) {
    type(U"a");
    type(U"b");
    static_cast<void>(m_journal.takeChanges());
    m_journal.beginAnew();
    m_storage.take(m_journal.takeChanges());
    EXPECT_EQ(textAfterwards(), "ab");
}

TEST_F(PageJournalTest, DamagedEntriesAreRefusedAndDoNoHarm) {
    type(U"something");
    m_storage.take(m_journal.takeChanges());
    const std::string whole = m_storage.entries.begin()->second;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        m_storage.entries.begin()->second = whole.substr(0, length);
        const auto leftover = m_storage.leftover();
        EXPECT_FALSE(leftover.ok() && leftover->outbox.front().bytes == whole) << length;
    }
    m_storage.entries.begin()->second = whole;
    m_storage.head = m_storage.head.substr(0, m_storage.head.size() - 1);
    EXPECT_FALSE(m_storage.leftover().ok());
}

TEST_F(PageJournalTest, LeftoversOfOneLogAreJoinedAndOfAnotherOneNot) {
    type(U"a");
    m_storage.take(m_journal.takeChanges());
    OpenDocument::Leftover all = *m_storage.leftover();
    OpenDocument::Leftover second = all;
    second.authors[0].replica = 4712;
    EXPECT_TRUE(join(all, second));
    EXPECT_EQ(all.outbox.size(), 2u);
    EXPECT_EQ(all.authors.size(), 2u);
    OpenDocument::Leftover other = second;
    other.epoch = "another";
    EXPECT_FALSE(join(all, other));
    EXPECT_EQ(all.outbox.size(), 2u);
}

} // namespace tandem
