#include "integration/server_process.h"

#include <QDeadlineTimer>
#include <QRegularExpression>

#include <sys/prctl.h>

#include <csignal>

namespace tandem {

namespace {

constexpr int startMs = 30'000;
constexpr int endMs = 20'000;

std::function<QStringList()>& presetsOf() {
    static std::function<QStringList()> presets;
    return presets;
}

} // namespace

void ServerProcess::setPresets(std::function<QStringList()> presets) {
    presetsOf() = std::move(presets);
}

ServerProcess::ServerProcess(QStringList arguments) : m_arguments(std::move(arguments)) {
    if (presetsOf())
        m_arguments = presetsOf()() + m_arguments;
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // Settings of whoever runs the tests must not reach the server.
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_dataFolder.path());
    // A test program that dies takes it along.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
}

ServerProcess::~ServerProcess() {
    kill();
}

QStringList ServerProcess::arguments() const {
    QStringList all{QStringLiteral("--data-dir"), m_dataFolder.path(), QStringLiteral("--port"),
                    QString::number(m_url.port(0))};
    return all + m_arguments;
}

void ServerProcess::collect() {
    m_bytes += m_process.readAll();
}

bool ServerProcess::start() {
    launch();
    return waitUntilItListens();
}

void ServerProcess::launch() {
    m_bytes.clear();
    m_process.start(QStringLiteral(TANDEM_SERVER_PROGRAM), arguments());
}

bool ServerProcess::waitUntilItListens() {
    static const QRegularExpression line(QStringLiteral("^Tandem listens on (\\S+)$"),
                                         QRegularExpression::MultilineOption);
    const QDeadlineTimer deadline(startMs);
    while (!deadline.hasExpired()) {
        m_process.waitForReadyRead(100);
        collect();
        if (const auto match = line.match(output()); match.hasMatch()) {
            m_url = QUrl(match.captured(1));
            return true;
        }
        if (m_process.state() == QProcess::NotRunning)
            return false;
    }
    return false;
}

void ServerProcess::kill() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(endMs);
    collect();
}

int ServerProcess::terminate() {
    m_process.terminate();
    const bool ended = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(endMs);
    collect();
    return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

int ServerProcess::runToEnd(const QStringList& more) {
    begin(more);
    return waitForEnd();
}

void ServerProcess::begin(const QStringList& more) {
    m_bytes.clear();
    m_process.start(QStringLiteral(TANDEM_SERVER_PROGRAM), arguments() + more);
    m_process.waitForStarted(startMs);
}

int ServerProcess::waitForEnd() {
    const bool ended = !isRunning() || m_process.waitForFinished(endMs);
    collect();
    if (!ended)
        kill();
    return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

QUrl ServerProcess::websocketUrl(const QString& documentId) const {
    QUrl url = m_url;
    url.setScheme(QStringLiteral("ws"));
    url.setPath(QStringLiteral("/v1/ws/docs/") + documentId);
    return url;
}

} // namespace tandem
