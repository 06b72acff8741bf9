#include "own_bus.h"

#include <sys/prctl.h>

#include <csignal>
#include <cstdio>

namespace tandem {

OwnBus::~OwnBus() {
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

bool OwnBus::start() {
    const QString address = QStringLiteral("unix:path=") + m_folder.filePath(QStringLiteral("bus"));
    m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {"--session", "--nofork", "--print-address", "--address=" + address});
    if (!m_daemon.waitForReadyRead()) {
        std::fputs("dbus-daemon does not start\n", stderr);
        return false;
    }
    qputenv("DBUS_SESSION_BUS_ADDRESS", address.toUtf8());
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", address.toUtf8());
    return true;
}

} // namespace tandem
