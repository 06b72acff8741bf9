// Who gets in, on a few links in memory.
#include "access/gate.h"
#include "access/seal.h"
#include "access/token.h"
#include "manual_clock.h"

#include <gtest/gtest.h>

#include <map>

namespace tandem {

namespace {

class SomeLinks final : public LinkStore {
public:
    void add(DocumentId, NewLink, std::function<void(Result<ShareLink>)>) override {}
    void list(DocumentId, std::function<void(Result<std::vector<ShareLink>>)>) override {}
    void change(DocumentId, LinkNumber, LinkChange, std::function<void(Result<ShareLink>)>) override {}
    void revoke(DocumentId, LinkNumber, std::function<void(Result<void>)>) override {}
    void find(DocumentId document, std::string secretHash,
              std::function<void(Result<std::optional<ShareLink>>)> done) override {
        if (isAway)
            return done(Error{ErrorCode::unavailable, "away"});
        const auto found = links.find({document, secretHash});
        done(found == links.end() ? std::nullopt : std::optional(found->second));
    }

    std::map<std::pair<DocumentId, std::string>, ShareLink> links;
    bool isAway = false;
};

class GateTest : public testing::Test {
protected:
    GateTest() {
        m_links.links[{"one", sha256("viewer")}] = {1, Role::viewer, {}, std::nullopt, 0};
        m_links.links[{"one", sha256("editor")}] = {2, Role::editor, {}, m_clock.wallMs() + 1'000, 0};
        m_links.links[{"one", sha256("owner")}] = {3, Role::owner, {}, std::nullopt, 0};
    }
    // What the gate says to someone: "ok" or the error's word.
    static std::string_view answerOf(const Gate& gate, Right right, const std::string& token,
                                     const DocumentId& document = "one") {
        std::string_view word;
        gate.check(right, document, token,
                   [&](const Result<Grant>& grant) { word = grant ? "ok" : wordFor(grant.error().code); });
        return word;
    }

    ManualClock m_clock;
    SomeLinks m_links;
    Gate m_open{{true, true, true, {}}, m_links, m_clock};
    Gate m_openToAll{{true, true, false, {}}, m_links, m_clock};
    Gate m_closed{{false, true, false, sha256("admin")}, m_links, m_clock};
    Gate m_closedWithoutAdmin{{false, false, false, {}}, m_links, m_clock};
};

} // namespace

TEST_F(GateTest, ARoleHasItsRightsOnItsDocument) {
    const std::map<std::string, std::vector<std::string_view>> expected = {
        {"viewer", {"ok", "not_allowed", "not_allowed"}},
        {"editor", {"ok", "ok", "not_allowed"}},
        {"owner", {"ok", "ok", "ok"}},
        {"admin", {"ok", "ok", "ok"}},
        {"", {"unauthenticated", "unauthenticated", "unauthenticated"}},
        {"undefined", {"not_allowed", "not_allowed", "not_allowed"}},
    };
    for (const auto& [token, answers] : expected) {
        SCOPED_TRACE(token);
        EXPECT_EQ(answerOf(m_closed, Right::read, token), answers[0]);
        EXPECT_EQ(answerOf(m_closed, Right::edit, token), answers[1]);
        EXPECT_EQ(answerOf(m_closed, Right::own, token), answers[2]);
        if (token != "admin" && !token.empty()) {
            EXPECT_EQ(answerOf(m_closed, Right::read, token, "another"), "not_allowed");
        }
        for (const Right right : {Right::read, Right::edit, Right::own})
            EXPECT_EQ(answerOf(m_open, right, token), "ok") << "open access asks for nothing";
    }
}

TEST_F(GateTest, RightsOnTheServerAreTheAdminsUnlessTheyAreEveryones) {
    EXPECT_EQ(answerOf(m_closed, Right::none, {}), "ok");
    EXPECT_EQ(answerOf(m_closed, Right::create, {}), "ok");
    EXPECT_EQ(answerOf(m_closedWithoutAdmin, Right::create, {}), "unauthenticated");
    EXPECT_EQ(answerOf(m_closedWithoutAdmin, Right::create, "owner"), "not_allowed");
    EXPECT_EQ(answerOf(m_open, Right::list, {}), "ok");
    EXPECT_EQ(answerOf(m_closed, Right::list, "owner"), "not_allowed");
    EXPECT_EQ(answerOf(m_closed, Right::list, "admin"), "ok");
    EXPECT_EQ(answerOf(m_open, Right::jobs, {}), "ok");
    EXPECT_EQ(answerOf(m_open, Right::mail, {}), "ok");
    EXPECT_EQ(answerOf(m_openToAll, Right::own, {}), "ok");
    EXPECT_EQ(answerOf(m_openToAll, Right::mail, {}), "not_allowed");
    EXPECT_EQ(answerOf(m_openToAll, Right::jobs, {}), "unauthenticated");
    EXPECT_EQ(answerOf(m_closed, Right::mail, "editor"), "not_allowed");
    EXPECT_EQ(answerOf(m_closed, Right::mail, "owner"), "ok");
    EXPECT_EQ(answerOf(m_closed, Right::jobs, {}), "unauthenticated");
    EXPECT_EQ(answerOf(m_closed, Right::jobs, "owner"), "not_allowed");
    EXPECT_EQ(answerOf(m_closed, Right::jobs, "admin"), "ok");
    EXPECT_EQ(answerOf(m_open, Right::administer, {}), "unauthenticated");
    EXPECT_EQ(answerOf(m_closed, Right::administer, "owner"), "not_allowed");
    EXPECT_EQ(answerOf(m_closed, Right::administer, "admin"), "ok");
}

TEST_F(GateTest, WithoutAnAdminTokenNothingIsIt) {
    for (const char* guess : {"", "undefined", "null", "admin"}) {
        EXPECT_NE(answerOf(m_open, Right::administer, guess), "ok") << guess;
        EXPECT_NE(answerOf(m_closedWithoutAdmin, Right::read, guess), "ok") << guess;
    }
}

TEST_F(GateTest, ALinkExpiresToTheMillisecond) {
    m_clock.nowMs += 999;
    EXPECT_EQ(answerOf(m_closed, Right::edit, "editor"), "ok");
    m_clock.nowMs += 1;
    EXPECT_EQ(answerOf(m_closed, Right::edit, "editor"), "not_allowed");
}

TEST_F(GateTest, AStoreThatDoesNotAnswerLetsNobodyInAndSaysSo) {
    m_links.isAway = true;
    EXPECT_EQ(answerOf(m_closed, Right::read, "owner"), "unavailable");
    EXPECT_EQ(answerOf(m_closed, Right::read, "admin"), "ok");
}

TEST(Seal, OnlyTheWordOpensItAndNoByteMayDiffer) {
    for (const std::string& bytes : {std::string(), std::string("one"), std::string(100'000, '\0')}) {
        const std::string sealed = seal(bytes, "word");
        EXPECT_EQ(unseal(sealed, "word"), bytes);
        EXPECT_NE(seal(bytes, "word"), sealed) << "a nonce of its own";
        EXPECT_FALSE(unseal(sealed, "Word"));
        EXPECT_FALSE(unseal(sealed, {}));
        for (const std::size_t at : {std::size_t{0}, sealed.size() / 2, sealed.size() - 1}) {
            std::string damaged = sealed;
            damaged[at] ^= 1;
            EXPECT_FALSE(unseal(damaged, "word"));
        }
        EXPECT_FALSE(unseal(std::string_view(sealed).substr(0, sealed.size() - 1), "word"));
    }
    EXPECT_FALSE(unseal({}, "word"));
}

} // namespace tandem
