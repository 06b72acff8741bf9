#include "databases/suspension.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>

#include <csignal>
#include <thread>

namespace tandem {

namespace {

constexpr int stopMs = 30'000;

// The state stands behind the name, which is in brackets and may hold any.
bool isStopped(const QString& threadFolder) {
    QFile file(threadFolder + QStringLiteral("/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return true; // the thread has ended
    const QByteArray line = file.readAll();
    return line.mid(line.lastIndexOf(')') + 2, 1) == "T";
}

bool areAllStopped(qint64 process) {
    const QDir threads(QStringLiteral("/proc/%1/task").arg(process));
    for (const QString& thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!isStopped(threads.filePath(thread)))
            return false;
    }
    return true;
}

} // namespace

void suspend(const QProcess& process) {
    ::kill(static_cast<pid_t>(process.processId()), SIGSTOP);
    const QDeadlineTimer deadline(stopMs);
    while (!areAllStopped(process.processId())) {
        if (deadline.hasExpired())
            qFatal("%s does not stop", qPrintable(process.program()));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void resume(const QProcess& process) {
    ::kill(static_cast<pid_t>(process.processId()), SIGCONT);
}

} // namespace tandem
