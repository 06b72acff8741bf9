// What every OpLog and DocumentStore does, the same for each of them.
#include "contract/storage_under_test.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tandem {

namespace {

const DocumentId documentA = "documentAAAAAAAAAAAA";
const DocumentId documentB = "documentBBBBBBBBBBBB";

AppendEntry entry(ReplicaId replica, Counter first, std::string bytes = "change") {
    AppendEntry made;
    made.replica = replica;
    made.first = first;
    made.bytes = std::move(bytes);
    return made;
}

ReplicaBinding bindingOf(ReplicaId replica, char key) {
    return {replica, std::string(32, key), "Ana"};
}

class StorageContract : public testing::TestWithParam<MakeStorage> {
protected:
    template <typename T>
    Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
        std::optional<Result<T>> answer;
        ask([&](Result<T> given) { answer = std::move(given); });
        EXPECT_FALSE(answer) << "a callback came within the call";
        m_storage->runUntil([&] { return answer.has_value(); });
        return answer.value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
    }

    Result<DocumentStore::Created> create(const DocumentId& id,
                                          const std::string& hash = std::string(32, 'h'),
                                          std::vector<AppendEntry> content = {}) {
        return wait<DocumentStore::Created>([&](auto done) {
            m_storage->documents().create({id, "Notes", "epoch", hash, content}, done);
        });
    }
    Result<DocumentInfo> find(const DocumentId& id) {
        return wait<DocumentInfo>([&](auto done) { m_storage->documents().find(id, done); });
    }
    Result<Appended> append(const DocumentId& id, std::vector<AppendEntry> entries,
                            const std::string& epoch = "epoch") {
        return wait<Appended>([&](auto done) { m_storage->log().append(id, epoch, entries, done); });
    }
    std::vector<LogHead> heads(const std::vector<DocumentId>& ids) {
        auto read = wait<std::vector<LogHead>>([&](auto done) { m_storage->log().readHeads(ids, done); });
        EXPECT_TRUE(read) << read.error().detail;
        return read ? *read : std::vector<LogHead>();
    }
    std::vector<LoggedChange> changes(const DocumentId& id, Seq after = 0, std::size_t limit = 1000) {
        auto read = wait<std::vector<LoggedChange>>(
            [&](auto done) { m_storage->log().readAfter(id, "epoch", after, limit, done); });
        EXPECT_TRUE(read) << read.error().detail;
        return read ? *read : std::vector<LoggedChange>();
    }
    std::vector<ReplicaBinding> bindings(const DocumentId& id) {
        auto read =
            wait<std::vector<ReplicaBinding>>([&](auto done) { m_storage->log().readBindings(id, done); });
        return read ? *read : std::vector<ReplicaBinding>();
    }
    std::vector<OpLog::EditId> editIds(const DocumentId& id, ReplicaId replica) {
        auto read = wait<std::vector<OpLog::EditId>>(
            [&](auto done) { m_storage->log().readEditIds(id, replica, done); });
        return read ? *read : std::vector<OpLog::EditId>();
    }

    std::unique_ptr<StorageUnderTest> m_storage = GetParam()();
};

} // namespace

TEST_P(StorageContract, ANewDocumentIsFoundWithWhatWasAskedFor) {
    const auto created = create(documentA);
    ASSERT_TRUE(created) << created.error().detail;
    EXPECT_FALSE(created->existed);
    EXPECT_EQ(created->document.head, 0u);
    const auto found = find(documentA);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->title, "Notes");
    EXPECT_EQ(found->epoch, "epoch");
    EXPECT_EQ(found->createdMs, found->updatedMs);
    EXPECT_GT(found->createdMs, 0);
}

TEST_P(StorageContract, AnUnknownDocumentIsNotFound) {
    const auto found = find(documentA);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::notFound);
    EXPECT_FALSE(append(documentA, {entry(1, 1)}));
    EXPECT_TRUE(heads({documentA}).empty());
}

TEST_P(StorageContract, AnAppendToTheLogBeforeARestoreIsRefused) {
    ASSERT_TRUE(create(documentA));
    const auto refused = append(documentA, {entry(1, 1)}, "another epoch");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::logReplaced);
    EXPECT_TRUE(changes(documentA).empty());
    EXPECT_EQ(append(documentA, {entry(1, 1)})->first, 1u);
}

TEST_P(StorageContract, TheLogOfAnotherEpochIsNotRead) {
    ASSERT_TRUE(create(documentA));
    ASSERT_TRUE(append(documentA, {entry(1, 1)}));
    const auto read = [&](const DocumentId& id, const std::string& epoch) {
        return wait<std::vector<LoggedChange>>(
            [&](auto done) { m_storage->log().readAfter(id, epoch, 0, 10, done); });
    };
    EXPECT_EQ(read(documentA, "another epoch").error().code, ErrorCode::logReplaced);
    EXPECT_EQ(read(documentB, "epoch").error().code, ErrorCode::notFound);
    EXPECT_EQ(read(documentA, "epoch")->size(), 1u);
}

TEST_P(StorageContract, AnEntryThatMustFollowACertainVersionFollowsThatOneOnly) {
    ASSERT_TRUE(create(documentA));
    ASSERT_TRUE(append(documentA, {entry(1, 1)}));
    AppendEntry conditional = entry(2, 1);
    for (const Seq wrong : {0, 2}) {
        conditional.onlyAfter = wrong;
        const auto refused = append(documentA, {conditional, entry(2, 2)});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::conditionFailed);
    }
    EXPECT_EQ(changes(documentA).size(), 1u);
    EXPECT_EQ(find(documentA)->head, 1u);
    conditional.onlyAfter = 1;
    EXPECT_EQ(append(documentA, {conditional, entry(2, 2)})->first, 2u);
}

TEST_P(StorageContract, HeadsOfManyDocumentsAreReadTogetherAndUnknownOnesAreLeftOut) {
    EXPECT_TRUE(heads({}).empty());
    std::vector<DocumentId> ids;
    for (int i = 0; i < 101; ++i)
        ids.push_back(documentA + std::to_string(i));
    ASSERT_TRUE(create(ids[0]));
    ASSERT_TRUE(create(ids[100]));
    ASSERT_TRUE(append(ids[100], {entry(1, 1), entry(2, 1)}));
    const auto found = heads(ids);
    ASSERT_EQ(found.size(), 2u);
    const bool inOrder = found[0].document == ids[0];
    EXPECT_EQ(found[inOrder ? 0 : 1].head, 0u);
    EXPECT_EQ(found[inOrder ? 1 : 0].document, ids[100]);
    EXPECT_EQ(found[inOrder ? 1 : 0].head, 2u);
    EXPECT_EQ(found[0].epoch, "epoch");
}

TEST_P(StorageContract, TheSameRequestAgainFindsTheDocumentAndAnotherIsRefused) {
    ASSERT_TRUE(create(documentA, std::string(32, 'h'), {entry(7, 1)}));
    const auto again = create(documentA, std::string(32, 'h'), {entry(9, 1)});
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->existed);
    EXPECT_EQ(again->document.head, 1u);
    const auto other = create(documentA, std::string(32, 'x'));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::alreadyExists);
    ASSERT_EQ(changes(documentA).size(), 1u);
    EXPECT_EQ(changes(documentA)[0].replica, 7u);
}

TEST_P(StorageContract, ANewDocumentBeginsWithItsContent) {
    AppendEntry first = entry(7, 1, std::string("\0one", 4));
    first.binding = bindingOf(7, 'k');
    ASSERT_TRUE(create(documentA, "hash", {first, entry(7, 5, "two")}));
    const auto logged = changes(documentA);
    ASSERT_EQ(logged.size(), 2u);
    EXPECT_EQ(logged[0].seq, 1u);
    EXPECT_EQ(logged[0].bytes, std::string("\0one", 4));
    EXPECT_EQ(logged[1].seq, 2u);
    EXPECT_EQ(find(documentA)->head, 2u);
    ASSERT_EQ(bindings(documentA).size(), 1u);
    EXPECT_EQ(append(documentA, {entry(8, 1)})->first, 3u);
}

TEST_P(StorageContract, ChangesComeBackInOrderAndInPieces) {
    ASSERT_TRUE(create(documentA));
    const auto first = append(documentA, {entry(1, 1, "a"), entry(2, 1, "b"), entry(1, 2, "c")});
    ASSERT_TRUE(first);
    EXPECT_EQ(first->first, 1u);
    EXPECT_EQ(append(documentA, {entry(2, 2, "d")})->first, 4u);
    const auto piece = changes(documentA, 1, 2);
    ASSERT_EQ(piece.size(), 2u);
    EXPECT_EQ(piece[0].seq, 2u);
    EXPECT_EQ(piece[0].bytes, "b");
    EXPECT_EQ(piece[1].bytes, "c");
    EXPECT_EQ(piece[1].timeMs, first->timeMs);
    EXPECT_TRUE(changes(documentA, 4).empty());
    EXPECT_TRUE(changes(documentA, ~Seq{0}).empty());
    EXPECT_EQ(find(documentA)->head, 4u);
}

TEST_P(StorageContract, ReplicaIdsReachTheLargestJsonInteger) {
    ASSERT_TRUE(create(documentA));
    AppendEntry last = entry(maxReplicaId, maxCounter);
    last.binding = bindingOf(maxReplicaId, 'k');
    ASSERT_TRUE(append(documentA, {last}));
    EXPECT_EQ(changes(documentA).at(0).replica, maxReplicaId);
    EXPECT_EQ(bindings(documentA).at(0).replica, maxReplicaId);
}

TEST_P(StorageContract, AKnownChangeMakesTheWholeAppendFail) {
    ASSERT_TRUE(create(documentA));
    ASSERT_TRUE(append(documentA, {entry(1, 1)}));
    const auto repeated = append(documentA, {entry(2, 1), entry(1, 1)});
    ASSERT_FALSE(repeated);
    EXPECT_EQ(repeated.error().code, ErrorCode::alreadyExists);
    EXPECT_EQ(changes(documentA).size(), 1u);
    EXPECT_EQ(find(documentA)->head, 1u);
    EXPECT_EQ(append(documentA, {entry(2, 1)})->first, 2u);
}

TEST_P(StorageContract, APlainEditIdIsTakenOncePerReplica) {
    ASSERT_TRUE(create(documentA));
    const std::string id("e\0\xC3\xA4", 4);
    AppendEntry edit = entry(1, 1);
    edit.editId = id;
    ASSERT_TRUE(append(documentA, {entry(1, 9), edit}));
    AppendEntry sameId = entry(1, 2);
    sameId.editId = id;
    const auto repeated = append(documentA, {sameId});
    ASSERT_FALSE(repeated);
    EXPECT_EQ(repeated.error().code, ErrorCode::alreadyExists);
    AppendEntry ofAnother = entry(2, 1);
    ofAnother.editId = id;
    EXPECT_TRUE(append(documentA, {ofAnother}));
    const auto ids = editIds(documentA, 1);
    ASSERT_EQ(ids.size(), 1u);
    EXPECT_EQ(ids[0].id, id);
    EXPECT_EQ(ids[0].seq, 2u);
}

TEST_P(StorageContract, IdsAreComparedByteByByte) {
    const DocumentId small = "documentaaaaaaaaaaaa";
    ASSERT_TRUE(create(documentA));
    EXPECT_EQ(find(small).error().code, ErrorCode::notFound);
    EXPECT_FALSE(create(small, std::string(32, 'x'))->existed);
    Counter counter = 0;
    for (const std::string& id : {std::string("e"), std::string("E"), std::string("e "),
                                  std::string("\u00e9"), std::string("e\0", 2)}) {
        AppendEntry edit = entry(1, ++counter);
        edit.editId = id;
        EXPECT_TRUE(append(documentA, {edit})) << id;
    }
    EXPECT_EQ(editIds(documentA, 1).size(), 5u);
    EXPECT_TRUE(changes(small).empty());
}

TEST_P(StorageContract, AnAppendOfManyAndLargeChangesComesBackAsItWas) {
    ASSERT_TRUE(create(documentA));
    std::vector<AppendEntry> entries;
    for (Counter counter = 1; counter <= 150; ++counter)
        entries.push_back(
            entry(1, counter, std::string(counter % 2 == 0 ? 256 * 1024 : 1, static_cast<char>(counter))));
    entries[70].editId = "e70";
    const auto appended = append(documentA, entries);
    ASSERT_TRUE(appended) << appended.error().detail;
    const auto logged = changes(documentA);
    ASSERT_EQ(logged.size(), entries.size());
    for (std::size_t i = 0; i < logged.size(); ++i) {
        EXPECT_EQ(logged[i].seq, i + 1);
        EXPECT_EQ(logged[i].bytes, entries[i].bytes);
    }
    EXPECT_EQ(editIds(documentA, 1).at(0).seq, 71u);
}

TEST_P(StorageContract, ABindingIsStoredOnceAndAnotherKeyIsRefused) {
    ASSERT_TRUE(create(documentA));
    AppendEntry first = entry(1, 1);
    first.binding = bindingOf(1, 'k');
    AppendEntry second = entry(1, 2);
    second.binding = bindingOf(1, 'k');
    ASSERT_TRUE(append(documentA, {first, second}));
    ASSERT_EQ(bindings(documentA).size(), 1u);
    EXPECT_EQ(bindings(documentA)[0].keyHash, std::string(32, 'k'));
    EXPECT_EQ(bindings(documentA)[0].name, "Ana");
    AppendEntry stranger = entry(1, 3);
    stranger.binding = bindingOf(1, 'x');
    const auto refused = append(documentA, {stranger});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::replicaConflict);
    EXPECT_EQ(changes(documentA).size(), 2u);
}

TEST_P(StorageContract, DocumentsDoNotSeeEachOther) {
    ASSERT_TRUE(create(documentA));
    ASSERT_TRUE(create(documentB));
    ASSERT_TRUE(append(documentA, {entry(1, 1, "a")}));
    EXPECT_EQ(append(documentB, {entry(1, 1, "b")})->first, 1u);
    EXPECT_EQ(changes(documentB).at(0).bytes, "b");
}

TEST_P(StorageContract, ManyAppendsAtOnceSucceedAndOnlyTheBadOneFails) {
    constexpr int count = 200;
    std::vector<DocumentId> ids;
    for (int i = 0; i < count; ++i) {
        ids.push_back("document" + std::to_string(1'000'000'000 + i));
        ASSERT_TRUE(create(ids.back()));
    }
    ASSERT_TRUE(append(ids[100], {entry(1, 1)}));
    std::vector<std::optional<Result<Appended>>> answers(count);
    int answered = 0;
    for (int i = 0; i < count; ++i)
        m_storage->log().append(ids[i], "epoch", {entry(1, 1), entry(2, 1)}, [&, i](Result<Appended> result) {
            answers[i] = result;
            ++answered;
        });
    m_storage->runUntil([&] { return answered == count; });
    ASSERT_EQ(answered, count);
    for (int i = 0; i < count; ++i) {
        EXPECT_EQ(answers[i]->ok(), i != 100) << i;
        EXPECT_EQ(changes(ids[i]).size(), i == 100 ? 1u : 2u) << i;
    }
}

TEST_P(StorageContract, AnswersAboutOneDocumentComeInTheOrderOfTheQuestions) {
    ASSERT_TRUE(create(documentA));
    std::vector<int> order;
    for (int i = 0; i < 60; i += 3) {
        m_storage->log().append(documentA, "epoch", {entry(1, static_cast<Counter>(i + 1))},
                                [&, i](Result<Appended> result) {
                                    EXPECT_TRUE(result);
                                    order.push_back(i);
                                });
        m_storage->log().readAfter(documentA, "epoch", 0, 1000, [&, i](auto) { order.push_back(i + 1); });
        m_storage->documents().find(documentA, [&, i](auto) { order.push_back(i + 2); });
    }
    m_storage->runUntil([&] { return order.size() == 60; });
    ASSERT_EQ(order.size(), 60u);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_P(StorageContract, WhatWasAnsweredIsThereAfterOpeningAgain) {
    AppendEntry first = entry(7, 1, "one");
    first.binding = bindingOf(7, 'k');
    first.editId = "e1";
    ASSERT_TRUE(create(documentA));
    ASSERT_TRUE(append(documentA, {first}));
    m_storage->reopen();
    EXPECT_EQ(find(documentA)->head, 1u);
    EXPECT_EQ(changes(documentA).at(0).bytes, "one");
    EXPECT_EQ(bindings(documentA).at(0).keyHash, std::string(32, 'k'));
    EXPECT_EQ(editIds(documentA, 7).at(0).id, "e1");
    EXPECT_EQ(append(documentA, {entry(7, 4)})->first, 2u);
}

TEST_P(StorageContract, AProbeSucceedsWhileTheStorageAnswers) {
    EXPECT_TRUE(wait<void>([&](auto done) { m_storage->documents().probe(done); }));
}

INSTANTIATE_TEST_SUITE_P(Memory, StorageContract, testing::Values(MakeStorage(&makeMemoryStorage)));
INSTANTIATE_TEST_SUITE_P(Sqlite, StorageContract, testing::Values(MakeStorage(&makeSqliteStorage)));
INSTANTIATE_TEST_SUITE_P(Mariadb, StorageContract, testing::Values(MakeStorage(&makeMariadbStorage)));

} // namespace tandem
