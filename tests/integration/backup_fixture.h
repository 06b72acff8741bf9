// What tests of backups share: databases of both kinds with programs on them, documents with all that a
// database keeps of them, and what a backup holds.
#pragma once

#include "backup/backup_reader.h"
#include "databases/test_database.h"
#include "integration/http_client.h"
#include "integration/server_process.h"

#include <gtest/gtest.h>

#include <map>

namespace tandem {

// A database, and the program that serves it or does something to it. Owned by a test.
class ServedDatabase {
public:
    explicit ServedDatabase(DatabaseKind kind);

    const DatabaseAddress& address() const { return m_address; }
    HttpClient http() const { return HttpClient(m_server.url()); }
    ServerProcess& server() { return m_server; }
    // Another program on the same database.
    ServerProcess& command() { return m_command; }
    // For programs on this database.
    QStringList arguments() const;
    // A single number that the database answers.
    std::int64_t ask(const char* statement) const;
    // Runs a command that must succeed.
    void run(const QStringList& words);
    // Makes it, with three documents in it.
    void seed();
    void start();
    void stop();

private:
    std::unique_ptr<TestDatabase> m_database;
    DatabaseAddress m_address;
    ServerProcess m_server;
    ServerProcess m_command;
};

// The rows of a backup by the names of their tables.
using BackedUpRows = std::map<std::string, std::vector<BackupRow>>;

class BackupFixture : public testing::Test {
protected:
    static inline const QByteArray adminToken = "the-admin-of-this-test";

    QString path(const QString& name) const { return m_folder.filePath(name); }
    static QByteArray read(const QString& path);
    static void write(const QString& path, const QByteArray& bytes);
    // Of a file that is whole.
    static BackedUpRows rowsOf(const QString& path);
    // The text of a document as it was.
    static QString textAt(const ServedDatabase& database, const QString& document, int version);
    static HttpReply asAdmin(const ServedDatabase& database, const QByteArray& method, const QByteArray& path,
                             const QByteArray& body = {});

    QTemporaryDir m_folder;
};

} // namespace tandem
