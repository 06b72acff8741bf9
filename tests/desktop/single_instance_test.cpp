// Starts of the real program beside each other, and what a crashed or a hung one leaves behind.
#include "window/single_instance.h"

#include "integration/waiting.h"

#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>

#include <gtest/gtest.h>

#include <csignal>

namespace tandem {

namespace {

const QString address = QStringLiteral("tandem://127.0.0.1:9/abcdefghijklmnopqrstuv");

// The real program with a home of its own.
class Program {
public:
    Program(const QTemporaryDir& home, const QStringList& arguments) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HOME", home.path());
        environment.insert("XDG_CONFIG_HOME", home.path());
        environment.insert("XDG_RUNTIME_DIR", home.path());
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.remove("DBUS_SESSION_BUS_ADDRESS");
        m_process.setProcessEnvironment(environment);
        m_process.start(TANDEM_PROGRAM, arguments);
        m_process.waitForStarted();
    }
    ~Program() {
        if (m_process.state() == QProcess::NotRunning)
            return;
        ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
        m_process.kill();
        m_process.waitForFinished();
    }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    void crash() {
        m_process.kill();
        m_process.waitForFinished();
    }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    bool ends() {
        return waitUntil([this] { return !isRunning(); });
    }
    int exitCode() const { return m_process.exitCode(); }

private:
    QProcess m_process;
};

class SingleInstanceTest : public testing::Test {
protected:
    SingleInstanceTest() {
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    // Claims in a thread, so that the first one, which is in this one, can answer.
    static SingleInstance::Role claimBeside(const QString& path, const QString& what,
                                            std::chrono::milliseconds patience = std::chrono::seconds(30)) {
        SingleInstance::Role role = SingleInstance::Role::alone;
        std::unique_ptr<QThread> thread(QThread::create([&] {
            SingleInstance second(path);
            role = second.claim(what, patience);
        }));
        thread->start();
        waitUntil([&] { return thread->isFinished(); });
        thread->wait();
        return role;
    }
    bool listens() const {
        QLocalSocket socket;
        socket.connectToServer(folder.filePath("tandem.socket"));
        return socket.waitForConnected(1'000);
    }

    QTemporaryDir folder;
};

} // namespace

TEST_F(SingleInstanceTest, TheSecondHandsItsAddressToTheFirst) {
    SingleInstance first(folder.path());
    const QSignalSpy received(&first, &SingleInstance::addressReceived);
    ASSERT_EQ(first.claim({}), SingleInstance::Role::first);
    EXPECT_EQ(claimBeside(folder.path(), address), SingleInstance::Role::handedOver);
    ASSERT_EQ(received.count(), 1);
    EXPECT_EQ(received[0][0].toString(), address);
    EXPECT_EQ(claimBeside(folder.path(), {}), SingleInstance::Role::handedOver);
    EXPECT_EQ(received[1][0].toString(), "");
}

TEST_F(SingleInstanceTest, NobodyElseMayReachIt) {
    SingleInstance first(folder.path());
    ASSERT_EQ(first.claim({}), SingleInstance::Role::first);
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    EXPECT_FALSE(QFile::permissions(folder.filePath("tandem.socket")) & others);
}

TEST_F(SingleInstanceTest, AGuestThatSendsWithoutEndIsPutOut) {
    SingleInstance first(folder.path());
    const QSignalSpy received(&first, &SingleInstance::addressReceived);
    ASSERT_EQ(first.claim({}), SingleInstance::Role::first);
    QLocalSocket guest;
    guest.connectToServer(folder.filePath("tandem.socket"));
    guest.write(QByteArray(100'000, 'x'));
    EXPECT_TRUE(waitUntil([&] { return guest.state() == QLocalSocket::UnconnectedState; }));
    EXPECT_EQ(received.count(), 0);
    EXPECT_EQ(claimBeside(folder.path(), address), SingleInstance::Role::handedOver);
}

TEST_F(SingleInstanceTest, AfterACrashTheSocketIsTakenOver) {
    {
        Program crashed(folder, {});
        ASSERT_TRUE(waitUntil([&] { return listens(); }));
        crashed.crash();
    }
    ASSERT_TRUE(QFile::exists(folder.filePath("tandem.socket")));
    SingleInstance next(folder.path());
    EXPECT_EQ(next.claim(address), SingleInstance::Role::first);
    EXPECT_TRUE(listens());
}

TEST_F(SingleInstanceTest, AHungOneIsNotWaitedForForever) {
    Program hung(folder, {});
    ASSERT_TRUE(waitUntil([&] { return listens(); }));
    hung.signal(SIGSTOP);
    EXPECT_EQ(claimBeside(folder.path(), address, std::chrono::milliseconds(300)),
              SingleInstance::Role::alone);
}

TEST_F(SingleInstanceTest, TheProgramItselfEndsWhenAnotherOneTookTheAddress) {
    Program first(folder, {});
    ASSERT_TRUE(waitUntil([&] { return listens(); }));
    Program second(folder, {address});
    ASSERT_TRUE(second.ends());
    EXPECT_EQ(second.exitCode(), 0);
    EXPECT_TRUE(first.isRunning());
    // It has a tab now, which is remembered.
    EXPECT_TRUE(waitUntil([&] {
        QFile settings(folder.filePath("tandem/tandem.conf"));
        return settings.open(QIODevice::ReadOnly) &&
               settings.readAll().contains("doc=abcdefghijklmnopqrstuv");
    }));
}

TEST_F(SingleInstanceTest, SomeoneElseOnTheSameMachineHasAProgramOfTheirOwn) {
    Program first(folder, {});
    ASSERT_TRUE(waitUntil([&] { return listens(); }));
    Program second(folder, {"--name", "Ben", address});
    spin(1'500);
    EXPECT_TRUE(second.isRunning());
}

TEST_F(SingleInstanceTest, ALinkThatIsNoneIsRefusedWithASentence) {
    Program program(folder, {"tandem://example.org/"});
    ASSERT_TRUE(program.ends());
    EXPECT_EQ(program.exitCode(), 2);
}

} // namespace tandem
