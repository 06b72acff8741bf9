// A real MariaDB as a child process with a folder and a port of its own, for tests. Owned by a test, or one
// for the whole program. Invariant: no process of it is left when it is destroyed, or when the program ends
// in whatever way.
#pragma once

#include "storage/sql/sql_connection.h"

#include <QProcess>
#include <QTemporaryDir>

namespace tandem {

class MariadbProcess {
public:
    // `folder` for its data; a temporary one of its own when that is empty.
    explicit MariadbProcess(const QString& folder = {});
    ~MariadbProcess();

    // One for this program, which runs.
    static MariadbProcess& shared();

    // Starts it and waits until it answers: the first time on a free port, later on the same one with the
    // same data. False: see output().
    bool start(const QStringList& more = {});
    // SIGKILL, as a crash is.
    void kill();
    // SIGTERM, without waiting.
    void requestStop() { m_process.terminate(); }
    // SIGTERM, and waits until it has ended.
    void stop();
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    // Neither answers nor ends, until resume().
    void suspend();
    void resume();
    // What it wrote to its log.
    QString output() const;

    // A new database with nothing in it, and a user who may do everything there and nothing elsewhere.
    MysqlServer makeDatabase();
    // As DATABASE_URL has it.
    static QString urlOf(const MysqlServer& database);
    // Runs a statement as root.
    void execute(const QString& statement);

private:
    bool install();
    Result<std::unique_ptr<SqlConnection>> connect() const;

    QTemporaryDir m_ownFolder;
    QString m_folder;
    std::uint16_t m_port = 0;
    int m_databases = 0;
    QProcess m_process;
};

} // namespace tandem
