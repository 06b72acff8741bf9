// Where the documents are kept: in a file, or by a database server. Plain values, read from DATABASE_URL
// once.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <variant>

namespace tandem {

struct SqliteFile {
    std::string path;

    friend bool operator==(const SqliteFile&, const SqliteFile&) = default;
};

// MySQL or MariaDB.
struct MysqlServer {
    std::string host;
    std::uint16_t port = 3306;
    std::string user;
    std::string password;
    std::string database;
    std::string socket = {}; // a path; goes before host and port

    friend bool operator==(const MysqlServer&, const MysqlServer&) = default;
};

using DatabaseAddress = std::variant<SqliteFile, MysqlServer>;

// sqlite:, sqlite:path, or mysql://user:password@host:port/database?socket=path, also written mariadb:// or
// with a driver as in mysql+aiomysql://. The error's sentence repeats nothing of the address, which may hold
// a password.
Result<DatabaseAddress> readDatabaseUrl(const std::string& url, const std::string& dataDir);

// For people and logs: without the password.
std::string nameOf(const DatabaseAddress& address);

} // namespace tandem
