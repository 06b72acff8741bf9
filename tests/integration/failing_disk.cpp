#include "integration/failing_disk.h"

#include "databases/mariadb_process.h"
#include "storage/sql/sql_connection.h"

#include <QFile>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sched.h>

#include <cerrno>
#include <cstring>

namespace tandem {

namespace {

bool mountSmall(const QString& folder) {
    return ::mount("tandem-test", QFile::encodeName(folder).constData(), "tmpfs", 0, "size=12m") == 0;
}

// Mounts of this thread and of the processes it starts are from now on seen by nobody else.
bool enterOwnMounts() {
    return ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
}

bool mayMount() {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(enterOwnMounts() && mountSmall(QStringLiteral("/tmp")) ? 0 : 1);
    int status = 1;
    return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

class SmallFileSystem final : public FailingDisk {
public:
    SmallFileSystem() {
        static const bool own = enterOwnMounts();
        if (!own || !mountSmall(m_folder.path()))
            qFatal("cannot mount: %s", std::strerror(errno));
        // Room for a file of any size is room for what else is written: it must be filled to the last byte.
        m_ballast.setFileName(m_folder.filePath(QStringLiteral("ballast")));
    }
    ~SmallFileSystem() override {
        m_reader.reset();
        ::umount2(QFile::encodeName(m_folder.path()).constData(), MNT_DETACH);
    }

    QStringList arguments() const override { return {QStringLiteral("--data-dir"), m_folder.path()}; }

    void fail(const ServerProcess&) override {
        takeRoomOfTheLog();
        if (!m_ballast.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
            qFatal("the ballast cannot be written");
        for (const qsizetype piece : {qsizetype{65'536}, qsizetype{1}}) {
            while (m_ballast.write(QByteArray(piece, 'x')) > 0) {
            }
        }
        m_ballast.close();
    }
    void mend(const ServerProcess&) override {
        m_ballast.remove();
        m_reader.reset();
    }

private:
    // A log that can begin anew in its place would have room on a full disk. Now it has none, and someone
    // reads on, so that it does not begin anew.
    void takeRoomOfTheLog() {
        auto opened = SqlConnection::open(
            SqliteFile{m_folder.filePath(QStringLiteral("tandem.db")).toStdString()}, SqlPurpose::reading);
        if (!opened)
            qFatal("the database cannot be opened: %s", opened.error().detail.c_str());
        m_reader = std::move(*opened);
        for (bool isBusy = true; isBusy;) {
            auto emptied = m_reader->run("PRAGMA wal_checkpoint(TRUNCATE)");
            isBusy = !emptied || !emptied->next() || emptied->integer(0) != 0;
        }
        const bool reads = m_reader->execute(QStringLiteral("BEGIN")).ok() &&
                           m_reader->execute(QStringLiteral("SELECT COUNT(*) FROM documents")).ok();
        if (!reads)
            qFatal("the database cannot be read");
    }

    QTemporaryDir m_folder;
    QFile m_ballast;
    std::unique_ptr<SqlConnection> m_reader; // while there is no room
};

class LimitedFiles final : public FailingDisk {
public:
    QStringList arguments() const override { return {QStringLiteral("--data-dir"), m_folder.path()}; }
    void fail(const ServerProcess& server) override { limit(server, 0); }
    void mend(const ServerProcess& server) override { limit(server, RLIM_INFINITY); }

private:
    static void limit(const ServerProcess& server, rlim_t bytes) {
        rlimit limits{};
        const auto process = static_cast<pid_t>(server.processId());
        if (::prlimit(process, RLIMIT_FSIZE, nullptr, &limits) != 0)
            qFatal("the limit cannot be read");
        limits.rlim_cur = std::min(bytes, limits.rlim_max);
        if (::prlimit(process, RLIMIT_FSIZE, &limits, nullptr) != 0)
            qFatal("the limit cannot be set");
    }

    QTemporaryDir m_folder;
};

class ReadOnlyMariadb final : public FailingDisk {
public:
    ~ReadOnlyMariadb() override { setReadOnly(false); }

    QStringList arguments() const override {
        return {QStringLiteral("--database-url"), MariadbProcess::urlOf(m_database)};
    }
    void fail(const ServerProcess&) override { setReadOnly(true); }
    void mend(const ServerProcess&) override { setReadOnly(false); }

private:
    static void setReadOnly(bool isSo) {
        MariadbProcess::shared().execute(QStringLiteral("SET GLOBAL read_only = %1").arg(isSo ? 1 : 0));
    }

    MysqlServer m_database = MariadbProcess::shared().makeDatabase();
};

template <typename Disk>
std::unique_ptr<FailingDisk> make() {
    return std::make_unique<Disk>();
}

} // namespace

std::vector<DiskKind> failingDisks() {
    std::vector<DiskKind> disks{{"LimitedFiles", &make<LimitedFiles>},
                                {"ReadOnlyMariadb", &make<ReadOnlyMariadb>}};
    if (mayMount())
        disks.push_back({"SmallFileSystem", &make<SmallFileSystem>});
    return disks;
}

} // namespace tandem
