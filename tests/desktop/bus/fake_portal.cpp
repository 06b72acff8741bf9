#include "fake_portal.h"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/prctl.h>

namespace tandem {

FakePortal::FakePortal() {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.start(QStringLiteral(TANDEM_PORTAL_PROGRAM), QStringList());
    EXPECT_TRUE(m_process.waitForStarted());
}

FakePortal::~FakePortal() {
    m_process.closeWriteChannel();
    m_process.waitForFinished();
}

void FakePortal::set(const char* space, const char* key, const char* value) {
    obey(QByteArray(space) + ' ' + key + ' ' + value);
}

void FakePortal::serve() {
    obey("serve");
}

void FakePortal::stand() {
    ::kill(static_cast<pid_t>(m_process.processId()), SIGSTOP);
}

void FakePortal::goOn() {
    ::kill(static_cast<pid_t>(m_process.processId()), SIGCONT);
}

void FakePortal::obey(const QByteArray& line) {
    m_process.write(line + '\n');
    EXPECT_TRUE(m_process.waitForReadyRead());
    m_process.readAllStandardOutput();
}

} // namespace tandem
