// The job that stores a document as a snapshot: of what is really in the log, whatever snapshots there are.
#include "jobs/types/snapshot_create_job.h"

#include "bus/local_bus.h"
#include "fakes/memory_op_log.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class AtOnce final : public EventLoopCalls {
public:
    explicit AtOnce(MemoryOpLog& log) : m_log(log) {}
    void post(std::function<void()> work) override {
        work();
        m_log.pump();
    }

private:
    MemoryOpLog& m_log;
};

class Silent final : public JobProgress {
public:
    bool shouldStop() const override { return false; }
    void report(int, std::string_view) override {}
};

class SnapshotCreationTest : public testing::Test {
protected:
    void SetUp() override {
        m_log.create({m_id, "Title", "epoch", "hash", {}}, [](auto) {});
        m_log.pump();
    }
    void append(int count) {
        for (int i = 0; i < count; ++i) {
            const Splice splice{m_document.length(), 0, U"word "};
            const auto change = m_document.edit(7, {&splice, 1});
            ASSERT_TRUE(change.ok());
            m_log.append(m_id, "epoch",
                         {{7, change->first, encodeChange(*change), std::nullopt, std::nullopt}},
                         [](Result<Appended> appended) { ASSERT_TRUE(appended.ok()); });
            m_log.pump();
        }
    }
    void store(Seq seq, std::string bytes) {
        m_log.store(m_id, "epoch", seq, std::make_shared<const std::string>(std::move(bytes)), [](auto) {});
        m_log.pump();
    }
    StoredSnapshot latest() {
        StoredSnapshot found;
        m_log.latest(m_id, 1'000, [&](auto snapshot) { found = snapshot->value_or(StoredSnapshot()); });
        m_log.pump();
        return found;
    }
    JobOutcome run() {
        Silent progress;
        return m_job.run({"job", R"({"doc_id":")" + m_id + R"("})", 1}, progress);
    }
    std::string result() {
        const JobOutcome outcome = run();
        const auto* result = std::get_if<JobResult>(&outcome);
        return result ? result->json : "no result";
    }
    void expectStored(Seq version) {
        EXPECT_EQ(latest().seq, version);
        const auto replica = Replica::decode(latest().bytes);
        ASSERT_TRUE(replica.ok());
        EXPECT_EQ(replica->text(), m_document.text());
        EXPECT_EQ(replica->version(), m_document.version());
    }

    const DocumentId m_id = "document-0123456";
    ManualClock m_clock;
    MemoryOpLog m_log{m_clock, 4};
    AtOnce m_loop{m_log};
    Replica m_document;
    SnapshotCreateJob m_job{{m_log, m_log, m_log}, m_loop, m_clock};
};

} // namespace

TEST_F(SnapshotCreationTest, StoresWhatTheLogSays) {
    append(3);
    EXPECT_EQ(result(), R"({"version":3})");
    expectStored(3);
    append(10);
    EXPECT_EQ(result(), R"({"version":13})");
    expectStored(13);
}

TEST_F(SnapshotCreationTest, ARunThatComesAgainStoresNothing) {
    append(3);
    EXPECT_EQ(result(), R"({"version":3})");
    EXPECT_EQ(result(), R"({"version":3})");
    EXPECT_EQ(m_log.snapshotCount(), 1u);
}

TEST_F(SnapshotCreationTest, ADamagedSnapshotIsNotHandedOn) {
    append(3);
    ASSERT_EQ(result(), R"({"version":3})");
    append(3);
    // One cannot be read, one is of another text and yet can.
    Replica other;
    const Splice splice{0, 0, U"other"};
    ASSERT_TRUE(other.edit(8, {&splice, 1}).ok());
    for (const std::string& damaged : {std::string("rubbish"), other.encode()}) {
        store(5, damaged);
        EXPECT_EQ(result(), R"({"version":6})");
        expectStored(6);
    }
}

TEST_F(SnapshotCreationTest, WhatTakesLongIsDoneSeldom) {
    class SlowLoop final : public EventLoopCalls {
    public:
        SlowLoop(MemoryOpLog& log, ManualClock& clock) : m_log(log), m_clock(clock) {}
        void post(std::function<void()> work) override {
            m_clock.nowMs += 10;
            work();
            m_log.pump();
        }

    private:
        MemoryOpLog& m_log;
        ManualClock& m_clock;
    };
    SlowLoop loop(m_log, m_clock);
    SnapshotCreateJob job({m_log, m_log, m_log}, loop, m_clock);
    Silent progress;
    const JobRequest request{"job", R"({"doc_id":")" + m_id + R"("})", 1};
    append(3);
    EXPECT_TRUE(std::holds_alternative<JobResult>(job.run(request, progress)));
    append(3);
    const JobOutcome early = job.run(request, progress);
    ASSERT_TRUE(std::holds_alternative<JobPostponement>(early));
    const std::int64_t afterMs = std::get<JobPostponement>(early).afterMs;
    EXPECT_EQ(afterMs, 4 * 40); // four calls of 10 ms each
    m_clock.nowMs += afterMs;
    EXPECT_TRUE(std::holds_alternative<JobResult>(job.run(request, progress)));
    EXPECT_EQ(latest().seq, 6u);
}

TEST_F(SnapshotCreationTest, AFaultOfTheStoreIsTriedAgain) {
    append(3);
    m_log.failNextSnapshot();
    const JobOutcome outcome = run();
    ASSERT_TRUE(std::holds_alternative<JobFailure>(outcome));
    EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::later);
}

TEST_F(SnapshotCreationTest, ADocumentThatIsGoneNeedsNone) {
    Silent progress;
    const JobOutcome outcome = m_job.run({"job", R"({"doc_id":"another-document-0"})", 1}, progress);
    EXPECT_TRUE(std::holds_alternative<JobResult>(outcome));
}

TEST_F(SnapshotCreationTest, ThePayloadNamesADocumentAndNothingElse) {
    EXPECT_TRUE(m_job.check(R"({"doc_id":"document-0123456"})").ok());
    for (const char* wrong : {"", "[]", "{}", R"({"doc_id":1})", R"({"doc_id":"short"})",
                              R"({"doc_id":"document-0123456","more":1})"})
        EXPECT_FALSE(m_job.check(wrong).ok()) << wrong;
}

} // namespace tandem
