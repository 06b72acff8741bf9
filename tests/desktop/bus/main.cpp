// Runs the tests on a message bus of their own, which stands for the session's and for the system's.
#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <sys/prctl.h>

#include <csignal>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const QTemporaryDir folder;
    const QString address = QStringLiteral("unix:path=") + folder.filePath(QStringLiteral("bus"));
    QProcess bus;
    bus.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    bus.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); }); // however this program ends
    bus.start(QStringLiteral("dbus-daemon"),
              {"--session", "--nofork", "--print-address", "--address=" + address});
    if (!bus.waitForReadyRead()) {
        std::fputs("dbus-daemon does not start\n", stderr);
        return 1;
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toUtf8());
    // Of the keychains that there are, the one whose service a test can stand for.
    qputenv("XDG_CURRENT_DESKTOP", "KDE");
    qputenv("KDE_SESSION_VERSION", "5");
    int failed = 1;
    {
        QApplication application(argc, argv);
        failed = RUN_ALL_TESTS();
    }
    bus.terminate();
    bus.waitForFinished();
    return failed;
}
