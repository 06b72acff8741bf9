// Secrets in a real keychain, that of GNOME: a program of its own, since which keychain there is, a program
// finds out once.
#include "integration/waiting.h"
#include "own_bus.h"
#include "settings/secret_store.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/prctl.h>

#include <csignal>
#include <cstdio>

namespace tandem {

namespace {

const QString secret = QStringLiteral("SECRETsecretSECRETsecretSECRETse");
const DocumentUrl document{QUrl("https://example.org"), "abcdefghijklmnopqrstuv", secret};
const QString fetchArgument = QStringLiteral("--fetch");

std::unique_ptr<SecretStore> storeAt(const QString& file) {
    auto store = std::make_unique<SecretStore>(systemKeychain(), file);
    store->setPatience(std::chrono::seconds(30));
    return store;
}

// gnome-keyring, unlocked by a password as a session does it, with its files in a folder of the test.
class Keyring {
public:
    explicit Keyring(const QString& folder) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name :
             {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"})
            environment.insert(name, folder);
        m_daemon.setProcessEnvironment(environment);
        m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
        m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
                       {"--foreground", "--unlock", "--components=secrets"});
        m_daemon.write("a password");
        m_daemon.closeWriteChannel();
    }
    ~Keyring() {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
    bool answers() const {
        return waitUntil([] {
            return QDBusConnection::sessionBus()
                .interface()
                ->isServiceRegistered(QStringLiteral("org.freedesktop.secrets"))
                .value();
        });
    }

private:
    QProcess m_daemon;
};

class KeyringTest : public testing::Test {
protected:
    std::unique_ptr<SecretStore> store() { return storeAt(folder.filePath("secrets.json")); }
    // By a program that has just begun, and knows of no keyring of before.
    QString fetchedByTheNextProgram() {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QCoreApplication::applicationFilePath(),
                      {fetchArgument, folder.filePath("secrets.json")});
        EXPECT_TRUE(program.waitForFinished(60'000));
        return QString::fromUtf8(program.readAllStandardOutput());
    }
    // Of the keyring, as one piece.
    QByteArray filesOfKeyring() {
        QByteArray all;
        const QDir keyrings(folder.filePath("keyring/keyrings"));
        for (const QFileInfo& each : keyrings.entryInfoList(QDir::Files)) {
            QFile file(each.filePath());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly));
            all += file.readAll();
        }
        return all;
    }
    QString keyringFolder() {
        const QString path = folder.filePath("keyring");
        EXPECT_TRUE(QDir().mkpath(path));
        EXPECT_TRUE(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        return path;
    }

    QTemporaryDir folder;
};

} // namespace

TEST_F(KeyringTest, ASecretIsInTheKeyringBehindARestartOfItAndNowhereElse) {
    {
        const Keyring keyring(keyringFolder());
        ASSERT_TRUE(keyring.answers());
        const auto first = store();
        bool isKept = false;
        first->keep(document, [&] { isKept = true; });
        ASSERT_TRUE(waitUntil([&] { return isKept; }));
        EXPECT_EQ(fetchedByTheNextProgram(), secret);
    }
    EXPECT_FALSE(QFileInfo::exists(folder.filePath("secrets.json")));
    EXPECT_FALSE(filesOfKeyring().isEmpty());
    EXPECT_FALSE(filesOfKeyring().contains(secret.toUtf8())) << "readable without the password";

    const Keyring keyring(keyringFolder());
    ASSERT_TRUE(keyring.answers());
    EXPECT_EQ(fetchedByTheNextProgram(), secret);
}

} // namespace tandem

namespace {

int printFetched(int argc, char** argv) {
    QApplication application(argc, argv);
    const auto store = tandem::storeAt(QString::fromLocal8Bit(argv[2]));
    store->fetch({tandem::document.server, tandem::document.id}, [](const QString& found) {
        std::fputs(found.toUtf8().constData(), stdout);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    return QApplication::exec();
}

} // namespace

int main(int argc, char** argv) {
    qputenv("XDG_CURRENT_DESKTOP", "GNOME");
    qputenv("DESKTOP_SESSION", "gnome");
    if (argc == 3 && tandem::fetchArgument == QString::fromLocal8Bit(argv[1]))
        return printFetched(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    tandem::OwnBus bus;
    if (!bus.start())
        return 1;
    const QApplication application(argc, argv);
    return RUN_ALL_TESTS();
}
