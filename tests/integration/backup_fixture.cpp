#include "integration/backup_fixture.h"

#include "databases/mariadb_process.h"
#include "storage/sql/sql_connection.h"

#include <QFile>

namespace tandem {

ServedDatabase::ServedDatabase(DatabaseKind kind)
    : m_database(makeTestDatabase(kind))
    , m_address(m_database->address())
    , m_server(arguments())
    , m_command(arguments()) {}

QStringList ServedDatabase::arguments() const {
    const auto* file = std::get_if<SqliteFile>(&m_address);
    const QString url = file ? "sqlite://" + QString::fromStdString(file->path)
                             : MariadbProcess::urlOf(std::get<MysqlServer>(m_address));
    return {"--database-url", url, "--snapshot-interval", "20", "--admin-token", "the-admin-of-this-test"};
}

std::int64_t ServedDatabase::ask(const char* statement) const {
    auto connection = SqlConnection::open(m_address, SqlPurpose::reading);
    if (!connection)
        return -1;
    auto rows = (*connection)->run(statement);
    return rows && rows->next() ? rows->integer(0) : -1;
}

void ServedDatabase::run(const QStringList& words) {
    ASSERT_EQ(m_command.runToEnd(words), 0) << m_command.output().toStdString();
}

void ServedDatabase::seed() {
    run({"init-db"});
    run({"seed"});
}

void ServedDatabase::start() {
    ASSERT_TRUE(m_server.start()) << m_server.output().toStdString();
}

void ServedDatabase::stop() {
    ASSERT_EQ(m_server.terminate(), 0) << m_server.output().toStdString();
}

QByteArray BackupFixture::read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void BackupFixture::write(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    ASSERT_EQ(file.write(bytes), bytes.size());
}

BackedUpRows BackupFixture::rowsOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    const auto source = [&](std::size_t count) -> Result<std::string> {
        return file.read(static_cast<qint64>(count)).toStdString();
    };
    BackedUpRows rows;
    const auto contents = readBackup(source, 1'000, [&](const BackupTable& table, BackupRow row) {
        rows[table.name].push_back(std::move(row));
        return Result<void>();
    });
    EXPECT_TRUE(contents.ok()) << contents.error().detail;
    return rows;
}

QString BackupFixture::textAt(const ServedDatabase& database, const QString& document, int version) {
    const HttpReply reply =
        database.http().get("/v1/docs/" + document.toUtf8() + "?version=" + QByteArray::number(version));
    EXPECT_EQ(reply.status, 200) << reply.body.toStdString();
    return reply.json()["text"].toString();
}

HttpReply BackupFixture::asAdmin(const ServedDatabase& database, const QByteArray& method,
                                 const QByteArray& path, const QByteArray& body) {
    HttpClient::Headers headers{{"Authorization", "Bearer " + adminToken}};
    if (!body.isEmpty())
        headers["Content-Type"] = "application/json";
    return database.http().request(method, path, headers, body);
}

} // namespace tandem
