// Recent documents, and where the secrets of links are kept.
#include "documents/library.h"

#include "documents/when_words.h"
#include "offline/document_place.h"
#include "offline/local_store.h"
#include "offline/stored_journal.h"
#include "test_settings.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

namespace tandem {

namespace {

const QString secret = QStringLiteral("SECRETsecretSECRETsecretSECRETse");

class LibraryTest : public testing::Test, protected TestSettings {
protected:
    LibraryTest() { secrets.setPatience(std::chrono::milliseconds(50)); }

    static DocumentUrl document(char letter, const QString& token = {}) {
        return {QUrl("https://example.org:8443"), QString(22, QChar::fromLatin1(letter)), token};
    }
    QByteArray contents(const QString& name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    // As the program does after a restart.
    QString secretAfterRestart(const DocumentUrl& of) {
        Preferences later(folder.filePath("settings.ini"));
        SecretStore store(std::make_unique<FakeKeychain>(keychain), folder.filePath("secrets.json"));
        store.setPatience(std::chrono::milliseconds(50));
        Library again(later, store);
        std::optional<QString> found;
        again.complete(of, [&](const DocumentUrl& whole) { found = whole.token; });
        EXPECT_TRUE(QTest::qWaitFor([&] { return found.has_value(); }));
        return found.value_or(QString());
    }

    Library library{preferences, secrets};
};

} // namespace

TEST_F(LibraryTest, TheDocumentOpenedLastIsTheFirstAndIsThereOnce) {
    library.noteOpened(document('a'), "A");
    library.noteOpened(document('b'), "B");
    library.noteOpened(document('a'), {});
    ASSERT_EQ(library.recent().size(), 2);
    EXPECT_EQ(library.recent()[0].title, "A");
    library.noteTitle(document('a'), "A new\ntitle");
    EXPECT_EQ(Preferences(folder.filePath("settings.ini")).recent().all()[0].title, "A new title");
}

TEST_F(LibraryTest, OnlySoManyAreKept) {
    for (int i = 0; i < RecentDocuments::most + 5; ++i)
        library.noteOpened({QUrl("https://example.org"), QStringLiteral("document-number-%1").arg(i)}, "x");
    EXPECT_EQ(library.recent().size(), RecentDocuments::most);
    EXPECT_EQ(Preferences(folder.filePath("settings.ini")).recent().all().size(), RecentDocuments::most);
}

TEST_F(LibraryTest, ASecretIsInTheKeychainAndNeverInTheSettings) {
    library.noteOpened(document('a', secret), "A");
    EXPECT_EQ(keychain.secrets.size(), 1);
    EXPECT_EQ(secretAfterRestart(document('a')), secret);
    EXPECT_FALSE(contents("settings.ini").isEmpty());
    EXPECT_FALSE(contents("settings.ini").contains(secret.toUtf8()));
    EXPECT_FALSE(QFileInfo::exists(folder.filePath("secrets.json")));
}

TEST_F(LibraryTest, WithoutAKeychainItIsInAFileThatOnlyTheUserMayRead) {
    keychain.mood = FakeKeychain::Mood::unavailable;
    library.noteOpened(document('a', secret), "A");
    EXPECT_EQ(secretAfterRestart(document('a')), secret);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    EXPECT_FALSE(QFile::permissions(folder.filePath("secrets.json")) & others);
    EXPECT_FALSE(contents("settings.ini").contains(secret.toUtf8()));
}

TEST_F(LibraryTest, AKeychainThatSaysNothingHoldsNobodyUp) {
    keychain.mood = FakeKeychain::Mood::silent;
    library.noteOpened(document('a', secret), "A");
    ASSERT_TRUE(QTest::qWaitFor([&] { return QFileInfo::exists(folder.filePath("secrets.json")); }));
    EXPECT_EQ(secretAfterRestart(document('a')), secret);
}

TEST_F(LibraryTest, ASecretGoesFromTheFileOnceThereIsAKeychain) {
    keychain.mood = FakeKeychain::Mood::unavailable;
    library.noteOpened(document('a', secret), "A");
    keychain.mood = FakeKeychain::Mood::works;
    library.noteOpened(document('a', secret + "2"), "A");
    EXPECT_FALSE(contents("secrets.json").contains(secret.toUtf8()));
    EXPECT_EQ(secretAfterRestart(document('a')), secret + "2");
}

TEST_F(LibraryTest, WhatIsForgottenIsForgottenEverywhere) {
    for (const auto mood : {FakeKeychain::Mood::works, FakeKeychain::Mood::unavailable}) {
        keychain.mood = mood;
        library.noteOpened(document('a', secret), "A");
        library.forget(document('a'));
        EXPECT_TRUE(library.recent().isEmpty());
        EXPECT_EQ(secretAfterRestart(document('a')), "");
        EXPECT_FALSE(contents("secrets.json").contains(secret.toUtf8()));
    }
}

TEST_F(LibraryTest, SecretsThatAnOlderTandemKeptWithTheDocumentsGoToTheKeychain) {
    for (const auto mood : {FakeKeychain::Mood::works, FakeKeychain::Mood::unavailable}) {
        keychain.mood = mood;
        const QString data = folder.filePath(QStringLiteral("data-%1").arg(static_cast<int>(mood)));
        const DocumentUrl kept = document('k', secret);
        SystemRandom random;
        {
            LocalStore store(data);
            OpenDocument written(random);
            const auto journal = store.keep(storeKeyOf(kept), kept.link().toString(), written);
        }
        {
            LocalStore store(data);
            const Library moving(preferences, secrets, &store);
            ASSERT_EQ(moving.kept().size(), 1);
            EXPECT_EQ(moving.kept()[0].url.token, "");
            EXPECT_TRUE(QDateTime::currentDateTime() > moving.kept()[0].used);
        }
        LocalStore store(data);
        Library later(preferences, secrets, &store);
        std::optional<QString> found;
        later.complete(document('k'), [&](const DocumentUrl& whole) { found = whole.token; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return found.has_value(); }));
        EXPECT_EQ(*found, secret);
        for (const QString& name : QDir(data).entryList(QDir::Files))
            EXPECT_FALSE(contents(QDir(data).dirName() + '/' + name).contains(secret.toUtf8()))
                << name.toStdString();
    }
}

TEST_F(LibraryTest, WhatIsKeptOnThisComputerKeepsItsSecretWhenItIsNoRecentDocumentAnyMore) {
    LocalStore store(folder.filePath("data"));
    Library keeping(preferences, secrets, &store);
    SystemRandom random;
    OpenDocument written(random);
    const auto journal = store.keep(storeKeyOf(document('a')), storeLinkOf(document('a')), written);
    store.flush();
    keeping.noteOpened(document('a', secret), "A");
    keeping.forget(document('a'));
    keeping.noteOpened(document('a'), {}); // from "On This Computer"
    std::optional<QString> found;
    keeping.complete(document('a'), [&](const DocumentUrl& whole) { found = whole.token; });
    EXPECT_EQ(found, secret);
}

TEST_F(LibraryTest, TheKeychainIsNotAskedForDocumentsWithoutASecret) {
    library.noteOpened(document('a'), "A");
    EXPECT_EQ(secretAfterRestart(document('a')), "");
    EXPECT_EQ(secretAfterRestart(document('b')), "");
    EXPECT_EQ(keychain.reads, 0);
}

TEST_F(LibraryTest, SettingsThatSomeoneSpoiltDoNoHarm) {
    library.noteOpened(document('a'), "A");
    QByteArray spoilt = contents("settings.ini");
    spoilt.replace("https://example.org", "file:///etc/passwd");
    QFile file(folder.filePath("spoilt.ini"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(spoilt);
    file.close();
    EXPECT_TRUE(Preferences(folder.filePath("spoilt.ini")).recent().all().isEmpty());
}

TEST(DocumentAddressTest, TandemLinksNameTheDocumentAndHowItsServerSpeaks) {
    const QString id = QStringLiteral("abcdefghijklmnopqrstuv");
    EXPECT_EQ(DocumentUrl::parse("tandem://example.org/" + id)->server, QUrl("https://example.org"));
    EXPECT_EQ(DocumentUrl::parse("tandem://localhost:8000/" + id)->server, QUrl("http://localhost:8000"));
    EXPECT_EQ(DocumentUrl::parse("tandem://127.0.0.1:8000/" + id)->server, QUrl("http://127.0.0.1:8000"));
    EXPECT_EQ(DocumentUrl::parse("tandem://box.lan:8000/" + id + "?over=http#token=s3cret")->server,
              QUrl("http://box.lan:8000"));
    EXPECT_EQ(DocumentUrl::parse("tandem://box.lan:8000/" + id + "?over=http#token=s3cret")->token, "s3cret");
    EXPECT_EQ(DocumentUrl::parse("tandem://example.org/" + id + "?over=file"), std::nullopt);
    EXPECT_EQ(DocumentUrl::parse("tandem://example.org/"), std::nullopt);
}

TEST(WhenWordsTest, MomentsAreToldAsNearAsPeopleNeedThem) {
    const QDateTime now(QDate(2026, 5, 7), QTime(15, 30));
    EXPECT_EQ(whenWords(now.addSecs(-20), now), "just now");
    EXPECT_EQ(whenWords(now.addSecs(20), now), "just now");
    EXPECT_EQ(whenWords(now.addSecs(-60), now), "1 minute ago");
    EXPECT_EQ(whenWords(now.addSecs(-59 * 60), now), "59 minutes ago");
    EXPECT_TRUE(whenWords(now.addSecs(-3 * 3600), now).startsWith("today 12:30"));
    EXPECT_TRUE(whenWords(now.addDays(-1), now).startsWith("yesterday"));
    EXPECT_TRUE(whenWords(now.addDays(-9), now).contains("28"));
    EXPECT_EQ(whenWords({}, now), "");
}

} // namespace tandem
