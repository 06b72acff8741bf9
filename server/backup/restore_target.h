// Where restored rows go until all of them are there: beside the database, so that whatever happens before
// show() leaves it as it was. SQLite: another file in the same folder, `<database>.restoring`. MySQL: tables
// of other names, restored_...; of what they take the place becomes replaced_... and is dropped. Leftovers of
// a restore that broke off are cleared by the next one. Keeps servers, and other restores, away: with a
// SQLite file by its lock; those on MySQL go on and find another epoch of each document.
#pragma once

#include "base/clock.h"
#include "storage/sql/sql_connection.h"

namespace tandem {

class RestoreTarget {
public:
    virtual ~RestoreTarget() = default;

    // Makes the database and its tables if need be, as init-db does; those in which rows are put are empty.
    // conditionFailed: the database has documents or cannot be read, and `replaces` is false. All errors are
    // sentences for the operator.
    static Result<std::unique_ptr<RestoreTarget>> open(const DatabaseAddress& address, const Clock& clock,
                                                       bool replaces);

    virtual SqlConnection& connection() = 0;
    // Where rows of a table go.
    virtual std::string nameFor(const std::string& table) const = 0;
    // Makes what was put here the database. Afterwards nothing else is called.
    virtual Result<void> show() = 0;
};

} // namespace tandem
