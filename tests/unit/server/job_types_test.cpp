// What may be enqueued from outside, and on what terms.
#include "jobs/job_types.h"

#include <gtest/gtest.h>

namespace tandem {

namespace {

class PickyHandler final : public JobHandler {
public:
    Result<void> check(std::string_view payload) const override {
        if (payload.find("wrong") != std::string_view::npos)
            return Error{ErrorCode::invalidArgument, "this is wrong"};
        return {};
    }
    JobOutcome run(const JobRequest&, JobProgress&) override { return JobResult(); }
};

class JobTypesTest : public testing::Test {
protected:
    JobTypesTest() {
        m_types.add({"plain", 2, JobAlone::no, 1'000, 4, 500}, std::make_unique<PickyHandler>());
        m_types.add({"alone", 2, JobAlone::perDocument, 1'000, 4, 500}, std::make_unique<PickyHandler>());
        m_types.add({"backup", 2, JobAlone::everywhere, 1'000, 4, 500}, std::make_unique<PickyHandler>());
    }
    Result<NewJob> request(const std::string& type, const std::string& payload,
                           std::optional<int> maxAttempts = std::nullopt,
                           std::optional<std::string> key = std::nullopt) {
        return m_types.request({type, payload, std::move(key), maxAttempts}, m_random);
    }
    ErrorCode fault(const Result<NewJob>& result) {
        return result.ok() ? ErrorCode::internal : result.error().code;
    }

    SeededRandom m_random{1};
    JobTypes m_types;
};

} // namespace

TEST_F(JobTypesTest, AJobIsOnItsTypesTermsUnlessSomeoneSaysOtherwise) {
    const auto plain = request("plain", R"({ "b" : 1, "a" : 2 })");
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->payload, R"({"a":2,"b":1})"); // the same however it was written
    EXPECT_EQ(plain->maxAttempts, 4);
    EXPECT_EQ(plain->keptMs, 500);
    EXPECT_EQ(plain->exclusive, "");
    EXPECT_EQ(request("plain", "{}", 7)->maxAttempts, 7);
    const auto alone = request("alone", R"({"doc_id":"document-0123456"})");
    EXPECT_EQ(alone->document, "document-0123456");
    EXPECT_EQ(alone->exclusive, "alone:document-0123456");
    EXPECT_EQ(request("backup", "{}")->exclusive, "backup");
}

TEST_F(JobTypesTest, WhatIsWrongIsRefusedWithWords) {
    EXPECT_EQ(fault(request("unknown", "{}")), ErrorCode::invalidArgument);
    for (const char* malformed : {"", "[]", "1", "{", "null"})
        EXPECT_EQ(fault(request("plain", malformed)), ErrorCode::malformed) << malformed;
    EXPECT_EQ(fault(request("plain", R"({"doc_id":"../etc"})")), ErrorCode::invalidArgument);
    EXPECT_EQ(request("plain", R"({"a":"wrong"})").error().detail, "this is wrong");
    for (const int attempts : {-1, 0, mostJobAttempts + 1})
        EXPECT_EQ(fault(request("plain", "{}", attempts)), ErrorCode::invalidArgument) << attempts;
    EXPECT_TRUE(request("plain", "{}", mostJobAttempts).ok());
    for (const std::string& key : {std::string(), std::string(longestJobKey + 1, 'k'), std::string("a b")})
        EXPECT_EQ(fault(request("plain", "{}", 1, key)), ErrorCode::invalidArgument) << key;
    const std::string large = R"({"a":")" + std::string(largestJobPayload, 'x') + R"("})";
    EXPECT_EQ(fault(request("plain", large)), ErrorCode::limitExceeded);
}

} // namespace tandem
