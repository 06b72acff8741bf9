// An empty database of each kind that documents can be kept in, for the tests that are the same for all of
// them. Owned by a test, and gone with it or with the program.
#pragma once

#include "storage/sql/database_address.h"

#include <gtest/gtest.h>

#include <memory>

namespace tandem {

enum class DatabaseKind { sqlite, mariadb };

class TestDatabase {
public:
    virtual ~TestDatabase() = default;

    virtual DatabaseAddress address() const = 0;
};

std::unique_ptr<TestDatabase> makeTestDatabase(DatabaseKind kind);

// For INSTANTIATE_TEST_SUITE_P.
inline auto allDatabaseKinds() {
    return testing::Values(DatabaseKind::sqlite, DatabaseKind::mariadb);
}
std::string nameOfKind(const testing::TestParamInfo<DatabaseKind>& info);

} // namespace tandem
