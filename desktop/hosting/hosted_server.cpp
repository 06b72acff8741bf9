#include "hosting/hosted_server.h"

#include "base/ids.h"
#include "hosting/network_address.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSaveFile>
#include <QTcpServer>

#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace tandem {

namespace {
constexpr int stopMs = 15'000;                   // it lets go of the network in 10 s at most
constexpr int steadyMs = 60'000;                 // what ran for so long does not crash all the time
const QString portFile = QStringLiteral("port"); // one a line, the newest first
constexpr int mostPorts = 100;
} // namespace

HostedServer::HostedServer(const QString& folder, const QString& program, QObject* parent)
    : QObject(parent)
    , m_folder(folder)
    , m_program(program)
    , m_ports(readPorts())
    , m_backoff(500, 1'000, 30'000) {
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &HostedServer::launch);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setChildProcessModifier([parentId = ::getpid()] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parentId) // it ended before that could count
            ::_exit(1);
    });
    connect(&m_process, &QProcess::readyRead, this, &HostedServer::readOutput);
    connect(&m_process, &QProcess::finished, this, &HostedServer::ended);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended();
    });
}

HostedServer::~HostedServer() {
    m_isWanted = false;
    m_process.disconnect(this);
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(stopMs)) {
        m_process.kill();
        m_process.waitForFinished(stopMs);
    }
}

QString HostedServer::besideThisProgram() {
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("tandem-server"));
}

QUrl HostedServer::url() const {
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPort(m_port);
    return url;
}

void HostedServer::start() {
    if (m_isWanted)
        return;
    m_isWanted = true;
    m_hasRun = false;
    m_backoff.reset();
    launch();
}

void HostedServer::stop() {
    m_isWanted = false;
    m_again.stop();
    if (m_process.state() == QProcess::NotRunning)
        become(State::stopped);
    else
        m_process.terminate();
}

QList<int> HostedServer::readPorts() const {
    QList<int> ports;
    QFile file(QDir(m_folder).filePath(portFile));
    if (!file.open(QIODevice::ReadOnly))
        return ports;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (const int port = line.trimmed().toInt(); port > 0 && port <= 65'535)
            ports.append(port);
    return ports;
}

bool HostedServer::isOwn(const QUrl& server) const {
    return server.scheme() == url().scheme() && server.host() == url().host() &&
           m_ports.contains(server.port());
}

// Documents and links are known by their address, so the port stays the same for as long as it can be had.
// While people are in documents it stays whatever happens: it is waited for.
bool HostedServer::choosePort() {
    const int before = m_ports.value(0);
    QTcpServer probe;
    if (!probe.listen(QHostAddress::AnyIPv4, static_cast<quint16>(before)) &&
        (m_hasRun || !probe.listen(QHostAddress::AnyIPv4)))
        return false;
    m_port = probe.serverPort();
    if (m_port == before)
        return true;
    m_ports.removeAll(m_port);
    m_ports.prepend(m_port);
    m_ports.resize(std::min<qsizetype>(m_ports.size(), mostPorts));
    QByteArray lines;
    for (const int port : m_ports)
        lines += QByteArray::number(port) + '\n';
    QSaveFile file(QDir(m_folder).filePath(portFile));
    return file.open(QIODevice::WriteOnly) && file.write(lines) > 0 && file.commit();
}

void HostedServer::launch() {
    if (!m_isWanted || m_process.state() != QProcess::NotRunning)
        return; // what is ending begins again behind its end
    if (!QDir().mkpath(m_folder) || !choosePort()) {
        if (m_hasRun)
            return waitAndLaunch(tr("Another program has the port that this computer shares documents on. "
                                    "They are shared again as soon as it is free."));
        m_isWanted = false;
        return become(State::stopped,
                      tr("This computer cannot share documents: no port is free, or %1 cannot be written.")
                          .arg(m_folder));
    }
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_adminToken = QString::fromStdString(makeRandomId(m_random));
    m_output.clear();
    // Nothing of this person's settings for other servers; and secrets are not for the command line, which
    // everyone on this computer can read.
    QProcessEnvironment environment;
    for (const char* name : {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH"}) {
        if (qEnvironmentVariableIsSet(name))
            environment.insert(QString::fromLatin1(name), qEnvironmentVariable(name));
    }
    environment.insert(QStringLiteral("ADMIN_TOKEN"), m_adminToken);
    environment.insert(QStringLiteral("ACCESS"), QStringLiteral("links"));
    environment.insert(QStringLiteral("CREATE"), QStringLiteral("admin"));
    environment.insert(QStringLiteral("HOST"), QStringLiteral("0.0.0.0"));
    environment.insert(QStringLiteral("PORT"), QString::number(m_port));
    environment.insert(QStringLiteral("DATA_DIR"), m_folder);
    // Links are for others, and begin with the address where others reach this computer.
    if (const std::optional<QHostAddress> address = networkAddress())
        environment.insert(QStringLiteral("PUBLIC_URL"),
                           QStringLiteral("http://%1:%2").arg(address->toString()).arg(m_port));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_folder);
    become(State::starting);
    m_process.start(m_program, QStringList());
}

void HostedServer::readOutput() {
    constexpr qsizetype most = 64 * 1024;
    m_output = (m_output + m_process.readAll()).right(most);
    static const QRegularExpression line(QStringLiteral("^Tandem listens on "),
                                         QRegularExpression::MultilineOption);
    if (m_state == State::starting && line.match(QString::fromUtf8(m_output)).hasMatch()) {
        m_runningFor.start();
        m_hasRun = true;
        become(State::running);
    }
}

void HostedServer::ended() {
    if (!m_isWanted)
        return become(State::stopped);
    if (m_process.error() == QProcess::FailedToStart) {
        m_isWanted = false;
        return become(State::stopped, tr("%1 cannot be started: %2").arg(m_program, m_process.errorString()));
    }
    if (m_state == State::running && m_runningFor.hasExpired(steadyMs))
        m_backoff.reset();
    const QString last = QString::fromUtf8(m_output).trimmed().section('\n', -1);
    waitAndLaunch(tr("The server of this computer has ended, and begins again: %1").arg(last));
}

void HostedServer::waitAndLaunch(const QString& problem) {
    m_again.start(static_cast<int>(m_backoff.nextDelayMs(m_random)));
    become(State::waiting, problem);
}

void HostedServer::become(State state, const QString& problem) {
    m_state = state;
    m_problem = problem;
    emit stateChanged();
}

} // namespace tandem
