#include "storage/document_check.h"

#include "crdt/replica.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Three words of one replica, with a snapshot behind the second.
class DocumentCheckTest : public testing::Test {
protected:
    void SetUp() override {
        Replica replica;
        for (const char32_t* word : {U"one ", U"two ", U"three"}) {
            const Splice splice{replica.length(), 0, word};
            const auto change = replica.edit(7, std::span(&splice, 1));
            ASSERT_TRUE(change.ok());
            m_document.log.push_back({m_document.log.size() + 1, 7, 0, encodeChange(*change)});
            if (m_document.log.size() == 2)
                m_document.snapshots.push_back({2, replica.encode()});
        }
        m_document.info.head = 3;
        m_document.bindings.push_back({7, std::string(32, 'k'), "Ana"});
    }
    std::vector<std::string> problems() const { return problemsOf(m_document); }

    StoredDocument m_document;
};

} // namespace

TEST_F(DocumentCheckTest, AWholeDocumentHasNoProblems) {
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_THAT(problemsOf({}), IsEmpty());
}

TEST_F(DocumentCheckTest, AHoleInTheVersionsIsFound) {
    m_document.log.erase(m_document.log.begin() + 1);
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("version 2: missing")));
}

TEST_F(DocumentCheckTest, ALogThatEndsTooEarlyIsFound) {
    m_document.log.pop_back();
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("ends at version 2")));
    m_document.log.pop_back();
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("ends at version 1"), HasSubstr("but no change")));
}

TEST_F(DocumentCheckTest, ChangesThatAreDamagedDoubledOrSomeoneElsesAreFound) {
    const auto whole = m_document;
    m_document.log[1].bytes = "rubbish";
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("version 2: the change cannot be read")));
    m_document = whole;
    m_document.log[1].bytes = m_document.log[0].bytes;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("has been there before")));
    m_document = whole;
    m_document.log[1].replica = 8;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("is of replica 7, but stored as of 8")));
    m_document = whole;
    m_document.log[1].bytes = m_document.log[2].bytes;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("does not apply")));
}

TEST_F(DocumentCheckTest, ASnapshotThatDiffersFromTheLogIsFound) {
    m_document.snapshots[0].seq = 1;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("version 1: the snapshot has other changes")));
    m_document.snapshots[0] = {2, ""};
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("version 2: the snapshot cannot be read")));
}

} // namespace tandem
