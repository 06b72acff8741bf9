#include "databases/test_database.h"

#include "databases/mariadb_process.h"

namespace tandem {

namespace {

class SqliteTestDatabase final : public TestDatabase {
public:
    DatabaseAddress address() const override {
        return SqliteFile{m_folder.filePath(QStringLiteral("new/tandem.db")).toStdString()};
    }

private:
    QTemporaryDir m_folder;
};

class MariadbTestDatabase final : public TestDatabase {
public:
    DatabaseAddress address() const override { return m_server; }

private:
    MysqlServer m_server = MariadbProcess::shared().makeDatabase();
};

} // namespace

std::unique_ptr<TestDatabase> makeTestDatabase(DatabaseKind kind) {
    if (kind == DatabaseKind::sqlite)
        return std::make_unique<SqliteTestDatabase>();
    return std::make_unique<MariadbTestDatabase>();
}

std::string nameOfKind(const testing::TestParamInfo<DatabaseKind>& info) {
    return info.param == DatabaseKind::sqlite ? "Sqlite" : "Mariadb";
}

} // namespace tandem
