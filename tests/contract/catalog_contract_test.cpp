// What every DocumentCatalog does, beside the log and the documents of the same storage.
#include "databases/test_database.h"
#include "storage/sql/sql_storage.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <gtest/gtest.h>

#include <atomic>

namespace tandem {

namespace {

const DocumentId documentA = "documentAAAAAAAAAAAA";
const DocumentId documentB = "documentBBBBBBBBBBBB";

class SteppedClock final : public Clock {
public:
    std::int64_t monotonicMs() const override { return m_ms; }
    std::int64_t wallMs() const override { return m_ms; }
    void advance(std::int64_t ms) { m_ms += ms; }

private:
    std::atomic<std::int64_t> m_ms = 1'700'000'000'000;
};

class CatalogContract : public testing::TestWithParam<DatabaseKind> {
protected:
    void SetUp() override {
        auto opened = SqlStorage::open(m_database->address(), m_clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        m_storage = std::move(*opened);
    }

    template <typename T>
    Result<T> wait(const std::function<void(std::function<void(Result<T>)>)>& ask) {
        std::optional<Result<T>> answer;
        ask([&](Result<T> given) { answer = std::move(given); });
        const QDeadlineTimer deadline(20'000);
        while (!answer && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
        return answer.value_or(Result<T>(Error{ErrorCode::internal, "no answer"}));
    }

    Result<DocumentStore::Created> create(const DocumentId& id, const std::string& title) {
        AppendEntry first;
        first.replica = 7;
        first.first = 1;
        first.bytes = "change";
        first.binding = ReplicaBinding{7, std::string(32, 'k'), "Ana"};
        first.editId = "e1";
        m_clock.advance(1);
        return wait<DocumentStore::Created>([&](auto done) {
            m_storage->documents().create({id, title, "epoch", std::string(32, 'h'), {first}}, done);
        });
    }
    Result<DocumentInfo> find(const DocumentId& id) {
        return wait<DocumentInfo>([&](auto done) { m_storage->documents().find(id, done); });
    }
    Result<DocumentInfo> rename(const DocumentId& id, const std::string& title,
                                DocumentCatalog::Expected expected = {}) {
        return wait<DocumentInfo>([&](auto done) { m_storage->catalog().rename(id, title, expected, done); });
    }
    Result<DocumentInfo> bin(const DocumentId& id, DocumentCatalog::Expected expected = {}) {
        return wait<DocumentInfo>([&](auto done) { m_storage->catalog().moveToBin(id, expected, done); });
    }
    Result<DocumentInfo> restore(const DocumentId& id) {
        return wait<DocumentInfo>([&](auto done) { m_storage->catalog().restore(id, done); });
    }
    Result<void> purge(const DocumentId& id) {
        return wait<void>([&](auto done) { m_storage->catalog().purge(id, std::nullopt, done); });
    }
    Result<Appended> append(const DocumentId& id, Counter first, std::optional<Seq> onlyAfter = {}) {
        AppendEntry entry;
        entry.replica = 7;
        entry.first = first;
        entry.bytes = "change";
        entry.onlyAfter = onlyAfter;
        return wait<Appended>([&](auto done) { m_storage->log().append(id, "epoch", {entry}, done); });
    }
    std::vector<DocumentId> idsOf(const DocumentQuery& query) {
        const auto page = wait<DocumentPage>([&](auto done) { m_storage->catalog().list(query, done); });
        std::vector<DocumentId> ids;
        if (page) {
            for (const DocumentInfo& info : page->documents)
                ids.push_back(info.id);
        }
        return ids;
    }

    SteppedClock m_clock;
    std::unique_ptr<TestDatabase> m_database = makeTestDatabase(GetParam());
    std::unique_ptr<SqlStorage> m_storage;
};

} // namespace

TEST_P(CatalogContract, ARenamedDocumentHasAnotherRevisionAndTheSameTitleAgainHasNot) {
    ASSERT_TRUE(create(documentA, "Notes"));
    m_clock.advance(1000);
    const auto renamed = rename(documentA, "Plans");
    ASSERT_TRUE(renamed) << renamed.error().detail;
    EXPECT_EQ(renamed->title, "Plans");
    EXPECT_EQ(renamed->metaRevision, 2u);
    EXPECT_GT(renamed->updatedMs, renamed->createdMs);
    EXPECT_EQ(rename(documentA, "Plans")->metaRevision, 2u);
    EXPECT_EQ(find(documentA)->title, "Plans");
    EXPECT_EQ(rename(documentB, "Plans").error().code, ErrorCode::notFound);
}

TEST_P(CatalogContract, WhatIsExpectedMustBeSo) {
    ASSERT_TRUE(create(documentA, "Notes"));
    using Revisions = std::vector<DocumentRevision>;
    EXPECT_EQ(rename(documentA, "x", Revisions{}).error().code, ErrorCode::conditionFailed);
    EXPECT_EQ(rename(documentA, "x", Revisions{{1, 2}, {2, 1}}).error().code, ErrorCode::conditionFailed);
    EXPECT_EQ(bin(documentA, Revisions{{0, 1}}).error().code, ErrorCode::conditionFailed);
    EXPECT_EQ(find(documentA)->title, "Notes");
    EXPECT_TRUE(rename(documentA, "x", Revisions{{9, 9}, {1, 1}}));
    EXPECT_EQ(append(documentA, 2, 0).error().code, ErrorCode::conditionFailed);
    EXPECT_EQ(find(documentA)->head, 1u);
    EXPECT_EQ(append(documentA, 2, 1)->first, 2u);
}

TEST_P(CatalogContract, ADocumentInTheBinIsGoneForEverybodyUntilItIsRestored) {
    ASSERT_TRUE(create(documentA, "Notes"));
    ASSERT_TRUE(bin(documentA));
    EXPECT_EQ(find(documentA).error().code, ErrorCode::notFound);
    EXPECT_EQ(append(documentA, 2).error().code, ErrorCode::notFound);
    EXPECT_EQ(rename(documentA, "x").error().code, ErrorCode::notFound);
    EXPECT_EQ(bin(documentA).error().code, ErrorCode::notFound);
    EXPECT_EQ(create(documentA, "Notes").error().code, ErrorCode::alreadyExists);
    const auto heads =
        wait<std::vector<LogHead>>([&](auto done) { m_storage->log().readHeads({documentA}, done); });
    EXPECT_TRUE(heads->empty());
    EXPECT_TRUE(idsOf({}).empty());
    DocumentQuery thrownAway;
    thrownAway.deleted = true;
    EXPECT_EQ(idsOf(thrownAway), std::vector{documentA});

    const auto restored = restore(documentA);
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(restored->deletedMs, 0);
    EXPECT_EQ(restore(documentA)->metaRevision, restored->metaRevision);
    EXPECT_EQ(append(documentA, 2)->first, 2u);
    EXPECT_EQ(idsOf({}), std::vector{documentA});
}

TEST_P(CatalogContract, TheBinKeepsADocumentForThirtyDays) {
    ASSERT_TRUE(create(documentA, "Notes"));
    ASSERT_TRUE(bin(documentA));
    const auto purgeExpired = [&] {
        return *wait<std::size_t>([&](auto done) { m_storage->catalog().purgeExpired(10, done); });
    };
    m_clock.advance(binKeepsMs);
    EXPECT_EQ(purgeExpired(), 0u);
    m_clock.advance(1);
    EXPECT_EQ(restore(documentA).error().code, ErrorCode::notFound);
    EXPECT_EQ(purgeExpired(), 1u);
    EXPECT_EQ(purge(documentA).error().code, ErrorCode::notFound);
}

TEST_P(CatalogContract, WhatTheBinLetsGoOfIsWrittenDown) {
    ASSERT_TRUE(create(documentA, "Notes"));
    ASSERT_TRUE(create(documentB, "Stays"));
    ASSERT_TRUE(bin(documentA));
    const auto written = [&] {
        return *wait<std::vector<AuditEntry>>([&](auto done) { m_storage->audit().read({}, 10, done); });
    };
    const auto purgeExpired = [&] {
        return *wait<std::size_t>([&](auto done) { m_storage->catalog().purgeExpired(10, done); });
    };
    EXPECT_EQ(purgeExpired(), 0u);
    EXPECT_TRUE(written().empty());
    m_clock.advance(binKeepsMs + 1);
    EXPECT_EQ(purgeExpired(), 1u);
    EXPECT_EQ(purgeExpired(), 0u);
    const auto entries = written();
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].document, documentA);
    EXPECT_EQ(entries[0].event, "document purged");
    EXPECT_EQ(entries[0].actor, "server");
    EXPECT_EQ(entries[0].timeMs, m_clock.wallMs());
}

TEST_P(CatalogContract, NothingIsLeftOfAPurgedDocumentAndOthersStay) {
    ASSERT_TRUE(create(documentA, "Notes"));
    ASSERT_TRUE(create(documentB, "Notes"));
    const auto bytes = std::make_shared<const std::string>("snapshot");
    ASSERT_TRUE(
        wait<void>([&](auto done) { m_storage->snapshots().store(documentA, "epoch", 1, bytes, done); }));
    ASSERT_TRUE(purge(documentA));
    EXPECT_EQ(purge(documentA).error().code, ErrorCode::notFound);
    EXPECT_EQ(restore(documentA).error().code, ErrorCode::notFound);
    const auto changes = [&](const DocumentId& id) {
        return wait<std::vector<LoggedChange>>(
            [&](auto done) { m_storage->log().readAfter(id, "epoch", 0, 10, done); });
    };
    EXPECT_EQ(changes(documentA).error().code, ErrorCode::notFound);
    EXPECT_EQ(changes(documentB)->size(), 1u);
    const auto bindings =
        wait<std::vector<ReplicaBinding>>([&](auto done) { m_storage->log().readBindings(documentA, done); });
    EXPECT_TRUE(bindings->empty());
    const auto snapshot = wait<std::optional<StoredSnapshot>>(
        [&](auto done) { m_storage->snapshots().latest(documentA, 10, done); });
    EXPECT_FALSE(snapshot->has_value());
    // The id is free again.
    EXPECT_FALSE(create(documentA, "Anew")->existed);
    EXPECT_EQ(changes(documentA)->size(), 1u);
}

TEST_P(CatalogContract, TitlesAreSearchedWhateverTheCaseAndWithoutPatterns) {
    ASSERT_TRUE(create(documentA, "Übungen 100%_"));
    ASSERT_TRUE(create(documentB, "notes"));
    const auto search = [&](const std::string& words) {
        DocumentQuery query;
        query.inTitle = words;
        return idsOf(query);
    };
    EXPECT_EQ(search("üBUNG"), std::vector{documentA});
    EXPECT_EQ(search("0%_"), std::vector{documentA});
    EXPECT_EQ(search("N"), (std::vector{documentB, documentA}));
    EXPECT_TRUE(search("%").size() == 1);
    EXPECT_TRUE(search("' OR 1=1 --").empty());
    ASSERT_TRUE(rename(documentA, "Plans"));
    EXPECT_TRUE(search("übung").empty());
    EXPECT_EQ(search("PLAN"), std::vector{documentA});
}

TEST_P(CatalogContract, DocumentsAreListedNewestFirstPageByPage) {
    std::vector<DocumentId> ids;
    for (int i = 0; i < 5; ++i) {
        ids.insert(ids.begin(), "document" + std::to_string(1'000'000'000 + i));
        ASSERT_TRUE(create(ids.front(), i == 2 ? "other" : "Notes"));
    }
    ids.erase(ids.begin() + 2);
    DocumentQuery query;
    query.limit = 2;
    query.inTitle = "note";
    std::vector<DocumentId> seen;
    int pages = 0;
    do {
        const auto page = wait<DocumentPage>([&](auto done) { m_storage->catalog().list(query, done); });
        ASSERT_TRUE(page) << page.error().detail;
        for (const DocumentInfo& info : page->documents)
            seen.push_back(info.id);
        query.cursor = page->next;
        ++pages;
    } while (query.cursor && pages < 10);
    EXPECT_EQ(pages, 2);
    EXPECT_EQ(seen, ids);
    query.cursor = "no cursor of ours";
    const auto wrong = wait<DocumentPage>([&](auto done) { m_storage->catalog().list(query, done); });
    EXPECT_EQ(wrong.error().code, ErrorCode::malformed);
}

INSTANTIATE_TEST_SUITE_P(Databases, CatalogContract, allDatabaseKinds(), &nameOfKind);

} // namespace tandem
