// Everything in which one database system differs from another as far as the storage code sees it, besides
// the migrations' own files. All other SQL here is what SQLite and MySQL both understand.
#pragma once

#include "storage/sql/database_address.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QStringList>

#include <vector>

namespace tandem {

enum class SqlFault {
    duplicateKey,
    damage,      // of the database itself: trying again is of no use
    conflict,    // with another transaction: this one is undone as a whole, and may be tried again
    lost,        // the connection is of no use any more
    refused,     // by the settings: user, password, database
    alreadyMade, // the table, column or index that a migration makes
    other,
};

// What a connection is opened for.
// copying: all of it in one reading transaction, however long that takes.
enum class SqlPurpose { reading, writing, migrating, copying };

// Of a database server, looked at before it is used.
struct ServerSetting {
    const char* query; // gives one number
    std::int64_t least;
    bool isNeeded; // otherwise the operator is only told
    const char* sentence;
};

struct SqlDialect {
    QString migrations; // resource folder of NNNN_name.sql
    // With the name and the driver of the database system, not open.
    QSqlDatabase (*makeDatabase)(const DatabaseAddress& address, SqlPurpose purpose, const QString& name);
    QStringList (*sessionSetup)(SqlPurpose purpose); // statements for each new connection
    QString beginWriting;      // for SQLite takes the write lock at once, so that a transaction cannot fail
                               // half-way for want of it
    QString beginReading;      // all statements up to COMMIT see the same state
    const char* lockDocument;  // makes other writers of a document wait until COMMIT; null: they do already
    const char* lockJob;       // the same for a job
    const char* insertJobOnce; // adds nothing when its key is there
    // Claims the job of a type that has been due longest, in one statement, and gives it; null: that takes
    // findJobToClaim, which locks it and passes over what others have locked, and an UPDATE.
    const char* claimJob;
    const char* findJobToClaim;
    const char* lockForMigrating; // gives 1 when nobody else migrates, until the connection ends; or null
    QString askIfAlive;           // null: a connection lasts
    // Whether what is committed from now on outlasts a power cut; null: it always does.
    QString commitsLast;
    QString commitsMayVanish;
    // Moves what was committed into the database file, beside those who write; null: there is no such need.
    // Gives whether it could not, how much there is and how much of it has been moved.
    const char* checkpoint;
    QString releaseMemory;    // gives back what a connection has read; null: it keeps nothing of it
    std::size_t largestValue; // bytes that one row takes at most
    bool isFar;               // others write as well, and rows are locked one by one
    std::vector<ServerSetting> settings;
    SqlFault (*faultOf)(const QSqlError& error);
};

const SqlDialect& dialectOf(const DatabaseAddress& address);

} // namespace tandem
