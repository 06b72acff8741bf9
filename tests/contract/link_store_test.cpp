// Share links and the audit log in a database.
#include "contract/sql_fixture.h"

#include "protocol/limits.h"

namespace tandem {

namespace {

class SqlLinks : public SqlFixture {
protected:
    Result<ShareLink> add(Role role, const std::string& hash) {
        return wait<ShareLink>([&](auto done) {
            m_storage->links().add(document, {role, "label", std::nullopt, hash}, done);
        });
    }
    Result<std::vector<ShareLink>> list() {
        return wait<std::vector<ShareLink>>([&](auto done) { m_storage->links().list(document, done); });
    }
    Result<void> revoke(LinkNumber number) {
        return wait<void>([&](auto done) { m_storage->links().revoke(document, number, done); });
    }
    Result<ShareLink> change(LinkNumber number, const LinkChange& change) {
        return wait<ShareLink>([&](auto done) { m_storage->links().change(document, number, change, done); });
    }
    std::optional<ShareLink> find(const std::string& hash, const DocumentId& where) {
        const auto found =
            wait<std::optional<ShareLink>>([&](auto done) { m_storage->links().find(where, hash, done); });
        return found ? *found : std::nullopt;
    }
};

} // namespace

TEST_P(SqlLinks, ADocumentIsMadeWithItsOwnersLink) {
    NewDocument wanted{"documentBBBBBBBBBBBB", "t", "epoch", "h", {}, std::nullopt, "owner's hash"};
    ASSERT_TRUE(
        wait<DocumentStore::Created>([&](auto done) { m_storage->documents().create(wanted, done); }));
    const auto link = find("owner's hash", wanted.id);
    ASSERT_TRUE(link);
    EXPECT_EQ(link->number, 1u);
    EXPECT_EQ(link->role, Role::owner);
    EXPECT_FALSE(find("owner's hash", document));
    EXPECT_TRUE(list()->empty()) << "the other one asked for none";
}

TEST_P(SqlLinks, ANumberIsNeverUsedAgainAndASecretOpensUntilItIsRevoked) {
    for (LinkNumber number = 1; number <= 3; ++number)
        EXPECT_EQ(add(Role::editor, "hash " + std::to_string(number))->number, number);
    EXPECT_EQ(add(Role::editor, "hash 1").error().code, ErrorCode::alreadyExists);
    EXPECT_TRUE(revoke(3));
    EXPECT_TRUE(revoke(2));
    EXPECT_FALSE(find("hash 3", document));
    EXPECT_TRUE(find("hash 1", document));
    EXPECT_EQ(revoke(3).error().code, ErrorCode::notFound);
    EXPECT_EQ(add(Role::editor, "hash 4")->number, 4u);
    EXPECT_EQ(number("SELECT COUNT(*) FROM links"), 3) << "1, 3 as the highest of before, 4";
    EXPECT_EQ(list()->size(), 2u);
}

TEST_P(SqlLinks, TheLastOwnerStaysAndAnExpiredOneIsNone) {
    ASSERT_TRUE(add(Role::owner, "first"));
    EXPECT_EQ(revoke(1).error().code, ErrorCode::conditionFailed);
    EXPECT_EQ(change(1, {Role::viewer, {}, {}}).error().code, ErrorCode::conditionFailed);
    EXPECT_TRUE(change(1, {{}, "mine", {}}));
    ASSERT_TRUE(add(Role::owner, "second"));
    const auto past = std::optional<std::int64_t>(m_clock.wallMs() - 1);
    EXPECT_TRUE(change(2, {{}, {}, past})) << "the first one stays";
    EXPECT_EQ(revoke(1).error().code, ErrorCode::conditionFailed);
    EXPECT_TRUE(change(2, {{}, {}, std::optional<std::int64_t>()}));
    EXPECT_TRUE(revoke(1));
}

TEST_P(SqlLinks, AChangeLeavesWhatItDoesNotName) {
    ASSERT_TRUE(add(Role::viewer, "hash"));
    const std::int64_t later = m_clock.wallMs() + 60'000;
    EXPECT_TRUE(change(1, {{}, {}, std::optional(later)}));
    const auto link = find("hash", document);
    ASSERT_TRUE(link);
    EXPECT_EQ(link->role, Role::viewer);
    EXPECT_EQ(link->label, "label");
    EXPECT_EQ(link->expiresMs, later);
    EXPECT_EQ(change(7, {}).error().code, ErrorCode::notFound);
}

TEST_P(SqlLinks, SoManyLinksAndNoMore) {
    for (std::size_t i = 0; i < limits::linksPerDocument; ++i)
        ASSERT_TRUE(add(Role::viewer, "hash " + std::to_string(i)));
    EXPECT_EQ(add(Role::viewer, "one more").error().code, ErrorCode::limitExceeded);
    EXPECT_TRUE(revoke(1));
    EXPECT_TRUE(add(Role::viewer, "one more"));
}

TEST_P(SqlLinks, WithTheDocumentGoItsLinksButNotWhatWasWrittenDown) {
    ASSERT_TRUE(add(Role::owner, "hash"));
    ASSERT_TRUE(wait<void>([&](auto done) {
        m_storage->audit().record({0, document, "link created", "admin", "link 1", "request"}, done);
    }));
    ASSERT_TRUE(
        wait<DocumentInfo>([&](auto done) { m_storage->catalog().moveToBin(document, std::nullopt, done); }));
    EXPECT_TRUE(find("hash", document)) << "its owner may bring it back";
    EXPECT_EQ(list().error().code, ErrorCode::notFound);
    ASSERT_TRUE(wait<void>([&](auto done) { m_storage->catalog().purge(document, std::nullopt, done); }));
    EXPECT_FALSE(find("hash", document));
    EXPECT_EQ(number("SELECT COUNT(*) FROM links"), 0);
    const auto entries =
        wait<std::vector<AuditEntry>>([&](auto done) { m_storage->audit().read(document, 10, done); });
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 1u);
    EXPECT_EQ(entries->front().event, "link created");
    EXPECT_GT(entries->front().timeMs, 0);
    const auto ofAll =
        wait<std::vector<AuditEntry>>([&](auto done) { m_storage->audit().read({}, 10, done); });
    EXPECT_EQ(ofAll->size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Databases, SqlLinks, allDatabaseKinds(), &nameOfKind);

} // namespace tandem
