// Secrets in the system's keychain, through what stands for KWallet on the bus.
#include "settings/secret_store.h"

#include "fake_wallet.h"
#include "integration/waiting.h"

#include <QFileInfo>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace tandem {

namespace {

const QString secret = QStringLiteral("SECRETsecretSECRETsecretSECRETse");
const DocumentUrl document{QUrl("https://example.org"), "abcdefghijklmnopqrstuv", secret};

class KeychainTest : public testing::Test {
protected:
    // As the program has it behind each start.
    std::unique_ptr<SecretStore> store() {
        auto store = std::make_unique<SecretStore>(systemKeychain(), folder.filePath("secrets.json"));
        store->setPatience(std::chrono::seconds(30));
        return store;
    }
    QString fetched() {
        const auto later = store();
        std::optional<QString> found;
        later->fetch({document.server, document.id}, [&](const QString& told) { found = told; });
        EXPECT_TRUE(waitUntil([&] { return found.has_value(); }));
        return found.value_or(QString());
    }

    QTemporaryDir folder;
};

} // namespace

// One case: which keychain there is, a program finds out once.
TEST_F(KeychainTest, ASecretIsInTheSystemsKeychainAndWithoutOneInAFile) {
    {
        FakeWallet wallet;
        const auto first = store();
        bool isKept = false;
        first->keep(document, [&] { isKept = true; });
        ASSERT_TRUE(waitUntil([&] { return isKept; }));
        EXPECT_EQ(wallet.secrets().values(), QList<QString>{secret});
        EXPECT_FALSE(QFileInfo::exists(folder.filePath("secrets.json")));
        EXPECT_EQ(fetched(), secret);
        first->forget(document);
        EXPECT_TRUE(waitUntil([&] { return wallet.secrets().isEmpty(); }));
        EXPECT_EQ(fetched(), "");
    }
    const auto second = store();
    bool isKept = false;
    second->keep(document, [&] { isKept = true; });
    ASSERT_TRUE(waitUntil([&] { return isKept; })) << "the wallet has gone";
    EXPECT_TRUE(QFileInfo::exists(folder.filePath("secrets.json")));
    EXPECT_EQ(fetched(), secret);
}

} // namespace tandem
