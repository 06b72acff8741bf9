#include "client/open_document.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

// Keeps in memory what a program keeps on disk: a copy of the document and what happened since.
class MemoryJournal final : public DocumentJournal {
public:
    explicit MemoryJournal(OpenDocument& document) : m_document(document) { document.setJournal(this); }

    void made(const Outbox::Entry& change, const std::string& key) override {
        m_own.push_back(change);
        m_later.push_back(change.bytes);
        m_keys[change.replica] = key;
    }
    void committed(Seq version, std::string_view change) override {
        m_version = version;
        m_later.emplace_back(change);
    }
    void acked(ReplicaId replica, Counter through, Seq version) override {
        m_version = version;
        m_acked[replica] = through;
    }
    void titled(const std::string& title) override { m_title = title; }
    void replaced(std::string_view snapshot) override {
        m_snapshot = snapshot;
        m_version = m_document.version();
        m_later.clear();
        m_own.clear();
        m_acked.clear();
        for (const std::string& bytes : m_document.acked()) {
            const Change change = *decodeChange(bytes);
            m_own.push_back({change.replica, change.first, change.last(), bytes});
            m_acked[change.replica] = change.last();
        }
        for (const Outbox::Entry& entry : m_document.outbox().entries()) {
            m_own.push_back(entry);
            m_later.push_back(entry.bytes);
        }
        for (const OpenDocument::Author& author : m_document.authors())
            m_keys[author.replica] = author.key;
    }

    OpenDocument::Kept kept() const {
        OpenDocument::Kept kept;
        if (!m_snapshot.empty())
            kept.replica = Replica::decode(m_snapshot).value();
        for (const std::string& bytes : m_later)
            EXPECT_TRUE(kept.replica.apply(*decodeChange(bytes)).ok());
        kept.version = m_version;
        kept.title = m_title;
        const OpenDocument::Leftover now = m_document.leftover(); // for what seldom changes
        kept.leftover.epoch = now.epoch;
        kept.leftover.doneAnew = now.doneAnew;
        kept.leftover.leftEpochs = now.leftEpochs;
        for (const Outbox::Entry& entry : m_own) {
            const auto through = m_acked.find(entry.replica);
            if (through != m_acked.end() && entry.last <= through->second)
                kept.acked.push_back(entry.bytes);
            else
                kept.leftover.outbox.push_back(entry);
        }
        for (const auto& [replica, key] : m_keys)
            kept.leftover.authors.push_back({replica, key});
        return kept;
    }

private:
    OpenDocument& m_document;
    std::string m_snapshot;
    std::string m_title;
    Seq m_version = 0;
    std::vector<std::string> m_later;
    std::vector<Outbox::Entry> m_own;
    std::map<ReplicaId, Counter> m_acked;
    std::map<ReplicaId, std::string> m_keys;
};

class DocumentJournalTest : public testing::Test {
protected:
    // What the document has not sent goes into the log; everyone gets it.
    void commit(OpenDocument& author, std::initializer_list<OpenDocument*> others = {}) {
        const auto entries = author.outbox().entries();
        for (const Outbox::Entry& entry : entries) {
            m_log.push_back(entry.bytes);
            for (OpenDocument* other : others)
                ASSERT_TRUE(other->applyCommitted(m_log.size(), std::span(&m_log.back(), 1)).ok());
            ASSERT_TRUE(author.applyAck(entry.replica, entry.last, m_log.size()));
        }
    }
    std::string snapshot() const {
        Replica replica;
        for (const std::string& change : m_log)
            EXPECT_TRUE(replica.apply(*decodeChange(change)).ok());
        return replica.encode();
    }
    Result<void> join(OpenDocument& document) {
        return document.adoptSnapshot(snapshot(), m_log.size(), m_epoch);
    }

    SeededRandom m_random{7};
    OpenDocument m_document{m_random};
    OpenDocument m_other{m_random};
    std::vector<std::string> m_log;
    std::string m_epoch = "epoch";
};

} // namespace

TEST_F(DocumentJournalTest, WhatItWasToldGivesTheSameDocumentAtAnyMoment) {
    MemoryJournal journal(m_document);
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(join(m_other).ok());
    for (int step = 0; step < 400; ++step) {
        OpenDocument& who = m_random.below(3) == 0 ? m_other : m_document;
        const std::size_t length = who.replica().length();
        const std::size_t index = m_random.below(length + 1);
        ASSERT_TRUE(who.edit(index, m_random.below(length - index + 1) / 4, U"words").ok());
        if (m_random.below(4) == 0)
            m_document.undo();
        if (m_random.below(3) == 0)
            commit(m_document, {&m_other});
        if (m_random.below(3) == 0)
            commit(m_other, {&m_document});
        if (m_random.below(40) == 0) {
            ASSERT_TRUE(join(m_document).ok());
        }

        OpenDocument next(m_random);
        next.adopt(journal.kept());
        ASSERT_EQ(next.replica().text(), m_document.replica().text());
        ASSERT_EQ(next.version(), m_document.version());
        ASSERT_EQ(next.epoch(), m_document.epoch());
        ASSERT_EQ(next.outbox().size(), m_document.outbox().size());
        ASSERT_EQ(next.acked(), m_document.acked());
    }
}

TEST_F(DocumentJournalTest, WhatIsKeptIsShownAtOnceAndEditsGoOnUnderANewId) {
    MemoryJournal journal(m_document);
    m_document.setTitle("Notes");
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(m_document.edit(0, 0, U"acked ").ok());
    commit(m_document);
    ASSERT_TRUE(m_document.edit(6, 0, U"not acked").ok());

    OpenDocument next(m_random);
    std::u32string shown;
    next.onRemoteEdits = [&shown](const TextEdits& edits) {
        for (const TextEdit& edit : edits)
            shown.replace(edit.index, edit.deleted, edit.inserted);
    };
    next.adopt(journal.kept());
    EXPECT_EQ(shown, U"acked not acked");
    EXPECT_EQ(next.title(), "Notes");
    ASSERT_TRUE(next.edit(15, 0, U"!").ok());
    EXPECT_NE(next.author()->replica, m_document.author()->replica);
    commit(next);
    EXPECT_TRUE(next.outbox().empty());
    EXPECT_EQ(next.version(), 3u);
}

TEST_F(DocumentJournalTest, AckedChangesOfAProgramBeforeComeBackWhereTheyStoodBehindARestore) {
    ASSERT_TRUE(join(m_other).ok());
    ASSERT_TRUE(m_other.edit(0, 0, U"start end").ok());
    commit(m_other);
    MemoryJournal journal(m_document);
    ASSERT_TRUE(join(m_document).ok());
    ASSERT_TRUE(m_document.edit(6, 0, U"mine ").ok());
    commit(m_document);

    OpenDocument next(m_random);
    next.adopt(journal.kept());
    m_log.resize(1);
    m_epoch = "another";
    ASSERT_TRUE(join(next).ok());
    EXPECT_EQ(next.replica().text(), "start mine end");
    ASSERT_EQ(next.outbox().size(), 1u);
    EXPECT_EQ(next.keyOf(next.outbox().entries().front().replica), m_document.author()->key);
}

TEST_F(DocumentJournalTest, ADocumentThatNeverMetAServerIsKeptAsItsOutbox) {
    MemoryJournal journal(m_document);
    ASSERT_TRUE(m_document.edit(0, 0, U"alone").ok());
    OpenDocument next(m_random);
    next.adopt(journal.kept());
    EXPECT_EQ(next.replica().text(), "alone");
    EXPECT_EQ(next.epoch(), "");
    ASSERT_TRUE(next.edit(5, 0, U" still").ok());
    ASSERT_TRUE(join(next).ok()); // it is published: the server has nothing of it
    EXPECT_EQ(next.replica().text(), "alone still");
    EXPECT_EQ(next.outbox().size(), 2u);
}

} // namespace tandem
