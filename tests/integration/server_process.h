// The real tandem-server as a child process with a data folder of its own, for tests. Owned by a test; lives
// on its thread. Invariant: no process of it is left when it is destroyed.
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

#include <functional>

namespace tandem {

class ServerProcess {
public:
    // `arguments` go behind the data folder and the port, so they win.
    explicit ServerProcess(QStringList arguments = {});
    // Goes before the arguments of each server made from now on, so that tests run on another database.
    static void setPresets(std::function<QStringList()> presets);
    ~ServerProcess();

    // Starts it and waits until it listens: the first time on a free port, later on the same one. False: see
    // output().
    bool start();
    // The same in two steps, for several that start at once.
    void launch();
    bool waitUntilItListens();
    // SIGKILL, as a crash is.
    void kill();
    // SIGTERM, without waiting.
    void requestStop() { m_process.terminate(); }
    // SIGTERM; the exit code, or -1 if it does not end.
    int terminate();
    // For a server that ends by itself: starts it, with more arguments, and gives its exit code, or -1.
    int runToEnd(const QStringList& more = {});
    // The same in two steps.
    void begin(const QStringList& more);
    int waitForEnd();
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }

    QUrl url() const { return m_url; }
    QUrl websocketUrl(const QString& documentId) const;
    QString dataFolder() const { return m_dataFolder.path(); }
    qint64 processId() const { return m_process.processId(); }
    // What it wrote, stdout and stderr together.
    QString output() const { return QString::fromUtf8(m_bytes); }
    const QByteArray& outputBytes() const { return m_bytes; }

private:
    QStringList arguments() const;
    void collect();

    QStringList m_arguments;
    QTemporaryDir m_dataFolder;
    QProcess m_process;
    QUrl m_url;
    QByteArray m_bytes;
};

} // namespace tandem
