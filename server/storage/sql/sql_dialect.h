// Everything in which one database system differs from another as far as the storage code sees it, besides
// the migrations' own files. All other SQL here is what SQLite and MySQL both understand.
#pragma once

#include <QSqlError>
#include <QStringList>

namespace tandem {

struct SqlDialect {
    QString driver;
    QString migrations;       // resource folder of NNNN_name.sql
    QStringList sessionSetup; // statements for each new connection
    QString beginWriting; // takes the write lock at once, so that a transaction cannot fail half-way for want
                          // of it
    QString beginReading; // all statements up to COMMIT see the same state
    bool (*isDuplicateKey)(const QSqlError& error);
    bool (*isDamage)(const QSqlError& error); // of the database itself: trying again is of no use
};

const SqlDialect& sqliteDialect();

} // namespace tandem
