// A real Redis as a child process with nothing on disk, for tests. Owned by a test; lives on its thread.
// Invariant: no process of it is left when it is destroyed.
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tandem {

class RedisProcess {
public:
    // `arguments` as on Redis' command line, e.g. --requirepass.
    explicit RedisProcess(QStringList arguments = {});
    ~RedisProcess();

    // Starts it and waits until it answers: the first time on a free port, later on the same one.
    bool start();
    // SIGKILL, as a crash is.
    void kill();
    // Neither answers nor ends, until resume().
    void suspend();
    void resume();

    int port() const { return m_port; }
    QString url(const QString& credentials = {}) const;

private:
    bool answers() const;

    QStringList m_arguments;
    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

} // namespace tandem
