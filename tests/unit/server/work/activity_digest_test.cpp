// The job that tells who changed what.
#include "jobs/types/activity_digest_job.h"

#include "digest/changed_sections.h"
#include "fakes/memory_documents.h"
#include "jobs/types/email_notify_job.h"
#include "manual_clock.h"
#include "noting_progress.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace tandem {

namespace {

using Json = nlohmann::json;

const DocumentId notes = "notesAAAAAAAAAAAAAAA";
const DocumentId other = "otherAAAAAAAAAAAAAAA";
const DocumentId third = "thirdAAAAAAAAAAAAAAA";
constexpr std::int64_t nine = 1'769'850'000'000; // 2026-01-31T09:00:00Z
constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;

struct Sent {
    std::string type;
    std::string key;
    std::string payload;
    DocumentId document;
};

// As the queue: of one key the first counts.
class NotingSender final : public JobSender {
public:
    Result<std::string> send(std::string_view type, std::string key, std::string payload,
                             DocumentId document) override {
        const bool isKnown =
            std::any_of(sent.begin(), sent.end(), [&](const Sent& one) { return one.key == key; });
        if (!isKnown)
            sent.push_back({std::string(type), key, payload, document});
        return std::string("letter");
    }
    std::vector<Sent> sent;
};

class NotingTransport final : public MailTransport {
public:
    std::optional<MailRefusal> send(const Mail& mail, const std::function<bool()>&) override {
        mails.push_back(mail);
        return refusal;
    }
    std::vector<Mail> mails;
    std::optional<MailRefusal> refusal;
};

class ActivityDigestTest : public testing::Test {
protected:
    ActivityDigestTest() {
        m_clock.nowMs = nine + 5 * hour - 1'700'000'000'000;
        m_documents.add(notes, "Notes");
        m_documents.name(notes, 7, "Ana");
        m_documents.name(notes, 17, "Ana");
        m_documents.name(notes, 8, "Bo\u202E");
        m_documents.edit(notes, 7, nine - 2 * hour,
                         {0, 0, U"# Plan\n\nold\n\n## Later\n\nsome\n\nThird\n---\n\nx\n"});
        m_documents.edit(notes, 7, nine + minute, {8, 3, U"new words"});          // in Plan
        m_documents.edit(notes, 17, nine + 2 * minute, {17, 0, U"!"});            // in Plan, after a restart
        m_documents.edit(notes, 8, nine + hour, {30, 0, U"abc"});                 // in Later, another session
        m_documents.edit(notes, 8, nine + hour + minute, {30, 3, U""});           // and away again
        m_documents.edit(notes, 9, nine + 2 * hour, {m_length(), 0, U"the end"}); // nobody in particular
        m_documents.edit(notes, 7, nine + 3 * hour, {0, 0, U"after"});            // just outside
    }
    std::size_t m_length() {
        const auto info = m_documents.find(notes);
        return m_documents.versionAt(*info, info->head)->text.size();
    }
    JobOutcome run(const std::string& payload) { return m_job.run({"digestjob", payload, 1}, m_progress); }
    Json digestOf(const std::string& payload) {
        const auto outcome = run(payload);
        const auto* failure = std::get_if<JobFailure>(&outcome);
        EXPECT_FALSE(failure) << failure->error;
        return failure ? Json() : Json::parse(std::get<JobResult>(outcome).json);
    }
    const std::string m_threeHours =
        R"({"doc_id":")" + notes + R"(","since":"2026-01-31T09:00:00Z","until":"2026-01-31T13:00:00+01:00")";

    ManualClock m_clock;
    MemoryDocuments m_documents;
    NotingSender m_sender;
    ActivityDigestJob m_job{m_documents, m_sender, m_clock};
    NotingProgress m_progress;
};

} // namespace

TEST_F(ActivityDigestTest, TellsWhoWroteHowMuchWhereInAWindow) {
    const Json digest = digestOf(m_threeHours + "}");
    EXPECT_EQ(digest["since"], "2026-01-31T09:00:00.000Z");
    EXPECT_EQ(digest["until"], "2026-01-31T12:00:00.000Z");
    ASSERT_EQ(digest["documents"].size(), 1u);
    const Json& document = digest["documents"][0];
    EXPECT_EQ(document["title"], "Notes");
    EXPECT_EQ(document["from_version"], 1);
    EXPECT_EQ(document["to_version"], 6);
    EXPECT_EQ(document["first"], "2026-01-31T09:01:00.000Z");
    EXPECT_EQ(document["last"], "2026-01-31T11:00:00.000Z");
    EXPECT_EQ(document["sessions"], 3);
    EXPECT_EQ(document["authors"], Json::parse(R"([{"name":"Ana","inserted":10,"deleted":3,"sessions":1},
                              {"name":"Anonymous","inserted":7,"deleted":0,"sessions":1},
                              {"name":"Bo","inserted":3,"deleted":3,"sessions":1}])"));
    EXPECT_EQ(
        document["sections"],
        Json::parse(R"([{"heading":"Plan","level":1,"first_line":3,"last_line":3,"inserted":10,"deleted":3},
                              {"heading":"Third","level":2,"first_line":13,"last_line":13,"inserted":7,"deleted":0}])"))
        << "what came and went is nowhere";
    const auto text = digest["text"].get<std::string>();
    EXPECT_NE(text.find("From 2026-01-31 09:00 to 2026-01-31 12:00 (UTC)"), std::string::npos) << text;
    EXPECT_NE(text.find("Ana wrote 10 characters and deleted 3, in 1 session\n"), std::string::npos) << text;
    EXPECT_NE(text.find("- Plan: +10 \u22123\n"), std::string::npos) << text;
}

TEST_F(ActivityDigestTest, TheWindowReachesToNowUnlessItSaysElse) {
    const Json digest = digestOf(R"({"doc_id":")" + notes + R"(","since":"2026-01-31T12:00:00Z"})");
    EXPECT_EQ(digest["until"], "2026-01-31T14:00:00.000Z");
    EXPECT_EQ(digest["documents"][0]["from_version"], 6);
    EXPECT_EQ(digest["documents"][0]["sections"][0],
              Json::parse(R"({"first_line":1,"last_line":1,"inserted":5,"deleted":0})"));
}

TEST_F(ActivityDigestTest, AQuietTimeIsSaidSo) {
    for (
        const char* window :
        {R"({"doc_id":"notesAAAAAAAAAAAAAAA","since":"2026-01-31T13:30:00Z"})",
         R"({"since":"2026-01-01T00:00:00Z","until":"2026-01-01T00:00:01Z"})",
         R"({"doc_id":"notesAAAAAAAAAAAAAAA","since":"2026-01-31T12:00:01Z","until":"2026-01-31T12:01:00Z"})"}) {
        const Json digest = digestOf(window);
        EXPECT_TRUE(digest["documents"].empty()) << window;
        EXPECT_NE(digest["text"].get<std::string>().find("Nothing has changed."), std::string::npos);
    }
}

TEST_F(ActivityDigestTest, WithoutADocumentAllThatChangedAreTold) {
    m_documents.add(other, "Other");
    m_documents.add(third, "Third");
    m_documents.edit(third, 7, nine, {0, 0, U"a\nb\n"});
    const Json digest = digestOf(R"({"since":"2026-01-31T09:00:00Z"})");
    ASSERT_EQ(digest["documents"].size(), 2u);
    EXPECT_EQ(digest["documents"][0]["title"], "Notes");
    EXPECT_EQ(digest["documents"][1]["title"], "Third");
    EXPECT_EQ(digest["more_documents"], 0);
}

TEST_F(ActivityDigestTest, OfVeryManyDocumentsTheFirstAreToldAndTheOthersCounted) {
    for (int i = 0; i < 60; ++i) {
        const DocumentId id = "many" + std::to_string(1'000'000'000'000 + i);
        m_documents.add(id, std::string(200, 'T'));
        for (int line = 0; line < 100; ++line)
            m_documents.edit(id, 7, nine,
                             {0, 0, U"# A heading that is quite long, as people make them at times\n\n"});
    }
    const Json digest = digestOf(R"({"since":"2026-01-31T09:00:00Z","email":"ana@example.org"})");
    EXPECT_EQ(digest["documents"].size(), 50u);
    EXPECT_EQ(digest["more_documents"], 11);
    EXPECT_LT(digest["text"].get<std::string>().size(), 40'000u);
    NotingTransport transport;
    const EmailNotifyJob letters(transport, "t@example.org", m_clock);
    EXPECT_TRUE(letters.check(m_sender.sent.at(0).payload)) << "and the letter is not too large";
}

TEST_F(ActivityDigestTest, OneLetterIsSentHoweverOftenItRuns) {
    for (int attempt = 1; attempt <= 2; ++attempt) {
        digestOf(m_threeHours + R"(,"email":"ana@example.org"})");
        m_clock.nowMs += minute;
    }
    ASSERT_EQ(m_sender.sent.size(), 1u);
    EXPECT_EQ(m_sender.sent[0].type, "email.notify");
    EXPECT_EQ(m_sender.sent[0].key, "digest:digestjob");
    EXPECT_EQ(m_sender.sent[0].document, notes) << "it goes when that is purged";
    const Json letter = Json::parse(m_sender.sent[0].payload);
    EXPECT_EQ(letter["to"], "ana@example.org");
    EXPECT_EQ(letter["subject"], "Notes: what changed since 2026-01-31 09:00");
    EXPECT_NE(letter["text"].get<std::string>().find("Ana wrote"), std::string::npos);
    digestOf(m_threeHours + "}");
    EXPECT_EQ(m_sender.sent.size(), 1u);
}

TEST_F(ActivityDigestTest, WhatIsWrongWithAPayloadIsSaid) {
    EXPECT_TRUE(m_job.check(R"({"since":"2026-01-31T09:00:00.250+02:00"})"));
    for (const char* wrong :
         {"{}", R"({"since":"yesterday"})", R"({"since":"2026-01-31"})", R"({"since":"2026-01-31T09:00:00"})",
          R"({"since":1769850000000})", R"({"since":"2026-01-31T09:00:00Z","until":"2026-01-31T09:00:00Z"})",
          R"({"since":"2026-01-31T09:00:00Z","until":"x"})",
          R"({"since":"2026-01-31T09:00:00Z","doc_id":"x"})",
          R"({"since":"2026-01-31T09:00:00Z","email":"a@b\r\nBcc: c@d"})",
          R"({"since":"2026-02-31T09:00:00Z"})"})
        EXPECT_FALSE(m_job.check(wrong)) << wrong;
}

TEST_F(ActivityDigestTest, FailuresSayWhetherToTryAgain) {
    auto outcome = run(R"({"doc_id":"AAAAAAAAAAAAAAAAAAAA","since":"2026-01-31T09:00:00Z"})");
    EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::never);
    m_documents.onAsked = [this] { m_progress.stops = true; };
    outcome = run(m_threeHours + R"(,"email":"ana@example.org"})");
    EXPECT_EQ(std::get<JobFailure>(outcome).retry, JobRetry::later);
    EXPECT_TRUE(m_sender.sent.empty());
}

TEST(ChangedSectionsTest, WithoutHeadingsPlacesAreLinesAndNearOnesAreOne) {
    const std::u32string text = U"a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
    const auto sections = changedSections(text, {{0, U"", U"a\n"}, {4, U"xx", U""}, {16, U"", U"i\nj\n"}});
    ASSERT_EQ(sections.size(), 2u);
    EXPECT_EQ(sections[0].firstLine, 1u);
    EXPECT_EQ(sections[0].lastLine, 3u);
    EXPECT_EQ(sections[0].inserted, 2u);
    EXPECT_EQ(sections[0].deleted, 2u);
    EXPECT_EQ(sections[1].firstLine, 9u);
    EXPECT_EQ(sections[1].lastLine, 10u);
    EXPECT_TRUE(changedSections(text, {}).empty());
    EXPECT_EQ(changedSections(U"", {{0, U"gone", U""}}).size(), 1u);
}

TEST(EmailNotifyJobTest, SendsOneLetterWithTheIdOfItsJobAndSaysWhenToTryAgain) {
    NotingTransport transport;
    ManualClock clock;
    clock.nowMs = nine - 1'700'000'000'000;
    EmailNotifyJob job(transport, "t@example.org", clock);
    NotingProgress progress;
    const std::string payload = R"({"to":"a@example.com","subject":"S","text":"T"})";
    ASSERT_TRUE(job.check(payload));
    const auto outcome = job.run({"id-of-job", payload, 1}, progress);
    EXPECT_EQ(std::get<JobResult>(outcome).json, R"({"message_id":"<id-of-job@example.org>"})");
    EXPECT_EQ(transport.mails.at(0).to, "a@example.com");
    EXPECT_EQ(transport.mails.at(0).dateMs, nine);
    transport.refusal = MailRefusal{"no", true};
    EXPECT_EQ(std::get<JobFailure>(job.run({"j", payload, 1}, progress)).retry, JobRetry::never);
    transport.refusal = MailRefusal{"no", false};
    EXPECT_EQ(std::get<JobFailure>(job.run({"j", payload, 1}, progress)).retry, JobRetry::later);
    for (const char* wrong :
         {R"({})", R"({"to":"a@b","subject":"S"})", R"({"to":"a@b, c@d","subject":"S","text":"T"})",
          R"({"to":["a@b"],"subject":"S","text":"T"})"})
        EXPECT_FALSE(job.check(wrong)) << wrong;
}

} // namespace tandem
