#include "databases/mariadb_process.h"

#include "databases/suspension.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QStorageInfo>
#include <QTcpServer>
#include <QUrl>

#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

namespace tandem {

namespace {

constexpr int startMs = 60'000;
constexpr int endMs = 60'000;

std::uint16_t freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

// In memory where there is room: nearly all that making tables takes is waiting for a disk.
QString quickFolder() {
    constexpr qint64 room = qint64{2} * 1024 * 1024 * 1024;
    const QStorageInfo memory(QStringLiteral("/dev/shm"));
    return memory.isReady() && memory.bytesAvailable() > room ? memory.rootPath() : QDir::tempPath();
}

// The program is in a folder that only root's PATH may name.
QString programOf(const QString& name) {
    for (const char* folder : {"/usr/sbin/", "/usr/bin/"}) {
        if (QFile::exists(QString::fromLatin1(folder) + name))
            return QString::fromLatin1(folder) + name;
    }
    return name;
}

QStringList asRoot() {
    return ::geteuid() == 0 ? QStringList{QStringLiteral("--user=root")} : QStringList();
}

} // namespace

MariadbProcess::MariadbProcess(const QString& folder)
    : m_ownFolder(quickFolder() + QStringLiteral("/tandem-mariadb-XXXXXX"))
    , m_folder(folder.isEmpty() ? m_ownFolder.path() : folder) {
    // A test program that dies takes it along.
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(QProcess::nullDevice());
}

MariadbProcess::~MariadbProcess() {
    kill();
}

MariadbProcess& MariadbProcess::shared() {
    static MariadbProcess* process = nullptr;
    if (!process) {
        process = new MariadbProcess;
        qAddPostRoutine([] { delete process; });
        if (!process->start())
            qFatal("MariaDB does not start: %s", qPrintable(process->output()));
    }
    return *process;
}

bool MariadbProcess::install() {
    if (QFile::exists(m_folder + QStringLiteral("/data/mysql")))
        return true;
    QDir(m_folder).mkdir(QStringLiteral("tmp"));
    QProcess installing;
    installing.setProcessChannelMode(QProcess::MergedChannels);
    installing.start(programOf(QStringLiteral("mariadb-install-db")),
                     QStringList{QStringLiteral("--no-defaults")} + asRoot() +
                         QStringList{QStringLiteral("--datadir=") + m_folder + QStringLiteral("/data"),
                                     QStringLiteral("--auth-root-authentication-method=normal"),
                                     QStringLiteral("--skip-test-db")});
    return installing.waitForFinished(startMs) && installing.exitCode() == 0;
}

bool MariadbProcess::start(const QStringList& more) {
    if (!install())
        return false;
    if (m_port == 0)
        m_port = freePort();
    const auto option = [](const char* name, const QString& value) {
        return QString::fromLatin1(name) + QLatin1Char('=') + value;
    };
    m_process.start(programOf(QStringLiteral("mariadbd")),
                    QStringList{QStringLiteral("--no-defaults")} + asRoot() +
                        QStringList{option("--datadir", m_folder + QStringLiteral("/data")),
                                    option("--tmpdir", m_folder + QStringLiteral("/tmp")),
                                    option("--socket", m_folder + QStringLiteral("/s.sock")),
                                    option("--pid-file", m_folder + QStringLiteral("/pid")),
                                    option("--log-error", m_folder + QStringLiteral("/error.log")),
                                    option("--bind-address", QStringLiteral("127.0.0.1")),
                                    option("--port", QString::number(m_port)),
                                    QStringLiteral("--skip-name-resolve"),
                                    QStringLiteral("--innodb-buffer-pool-size=64M"),
                                    QStringLiteral("--innodb-log-file-size=16M"),
                                    QStringLiteral("--character-set-server=utf8mb4")} +
                        more);
    const QDeadlineTimer deadline(startMs);
    while (!deadline.hasExpired()) {
        if (m_process.waitForFinished(20))
            return false;
        if (connect())
            return true;
    }
    return false;
}

void MariadbProcess::kill() {
    if (!isRunning())
        return;
    m_process.kill();
    m_process.waitForFinished(endMs);
}

void MariadbProcess::stop() {
    m_process.terminate();
    if (isRunning())
        m_process.waitForFinished(endMs);
}

void MariadbProcess::suspend() {
    tandem::suspend(m_process);
}

void MariadbProcess::resume() {
    tandem::resume(m_process);
}

QString MariadbProcess::output() const {
    QFile file(m_folder + QStringLiteral("/error.log"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Result<std::unique_ptr<SqlConnection>> MariadbProcess::connect() const {
    return SqlConnection::open(MysqlServer{"127.0.0.1", m_port, "root", "", "mysql"}, SqlPurpose::writing);
}

MysqlServer MariadbProcess::makeDatabase() {
    const QString name = QStringLiteral("tandem_%1").arg(++m_databases);
    const std::string password = "s3cret@:/%";
    execute(QStringLiteral("CREATE DATABASE ") + name);
    execute(QStringLiteral("GRANT ALL ON %1.* TO '%1'@'127.0.0.1' IDENTIFIED BY '%2'")
                .arg(name, QString::fromStdString(password)));
    return {"127.0.0.1", m_port, name.toStdString(), password, name.toStdString()};
}

QString MariadbProcess::urlOf(const MysqlServer& database) {
    const auto encoded = [](const std::string& text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(text)));
    };
    return QStringLiteral("mysql://%1:%2@%3:%4/%5")
        .arg(encoded(database.user), encoded(database.password), QString::fromStdString(database.host),
             QString::number(database.port), encoded(database.database));
}

void MariadbProcess::execute(const QString& statement) {
    const auto connection = connect();
    const auto done = connection ? (*connection)->execute(statement) : connection.error();
    if (!done)
        qFatal("MariaDB refuses \"%s\": %s", qPrintable(statement), done.error().detail.c_str());
}

} // namespace tandem
