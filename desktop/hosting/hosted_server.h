// The server that this program runs for others on the network: tandem-server as its child, with a data folder
// and an admin's token of its own, which opens documents with their links only. Begun again after a crash,
// at the same port; begun by the person, it takes another one when some program has that of before. Owned by
// the WindowSet; lives on the event-loop thread.
//
// Invariant: the child ends with this object, and with this process however that ends.
#pragma once

#include "base/backoff.h"
#include "base/random.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace tandem {

class HostedServer final : public QObject {
    Q_OBJECT
public:
    enum class State { stopped, starting, running, waiting }; // waiting: to begin again

    // Its data go into `folder`. `program` is the server's; by default the one beside this program.
    explicit HostedServer(const QString& folder, const QString& program = besideThisProgram(),
                          QObject* parent = nullptr);
    ~HostedServer() override; // stops it, and waits for that

    static QString besideThisProgram();

    void start();
    void stop();

    State state() const { return m_state; }
    bool isWanted() const { return m_isWanted; }
    QUrl url() const; // for this computer; of use while it is running
    int port() const { return m_port; }
    // Is this the address of its documents, now or at some time before?
    bool isOwn(const QUrl& server) const;
    // Of the admin, who may make documents; another one in each run.
    const QString& adminToken() const { return m_adminToken; }
    // Why it does not run, in a sentence.
    QString problem() const { return m_problem; }
    qint64 processId() const { return m_process.processId(); }

signals:
    void stateChanged();

private:
    void launch();
    void readOutput();
    void ended();
    void become(State state, const QString& problem = {});
    bool choosePort();
    QList<int> readPorts() const;
    void waitAndLaunch(const QString& problem);

    QString m_folder;
    QString m_program;
    QString m_adminToken;
    QString m_problem;
    QByteArray m_output;
    State m_state = State::stopped;
    bool m_isWanted = false;
    QList<int> m_ports; // the present one first
    int m_port = 0;
    bool m_hasRun = false; // since it was started: others know the port
    SystemRandom m_random;
    Backoff m_backoff;
    QElapsedTimer m_runningFor;
    QTimer m_again;
    QProcess m_process;
};

} // namespace tandem
