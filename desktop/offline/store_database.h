// One connection to the file that a LocalStore keeps documents in. Belongs to the thread that opened it.
//
// Schema 1: `documents` (one row each: where it comes from, title, epoch and version of what is kept, how
// many rows of the journal it has, since damage may hide some without a sign),
// `snapshots` (deflated, with all rows of the journal up to `through`), `journal` (own_record.h: others' and
// own changes in the order in which they came into the replica, `n`; own ones stay behind the snapshot while
// they are not acked, and the newest acked ones), `authors` (under whose ids own changes were made, and how
// far they are acked). Schema 3: `version_names` (given while no server had the document) and `author_names`
// (of those ids), which stay whatever the document becomes. Schema 4: `documents` knows a bin, and what was
// left out of the recent ones. Schema 5: `named_states`: versions of a document that no server has by the
// changes in them (PastState); `version_names` are those that wait for a server.
#pragma once

#include "base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <map>
#include <memory>

namespace tandem {

class StoreDatabase {
public:
    enum class Purpose { readingAndWriting, reading };

    // Makes the file, and brings an older one to the present schema, when it is for writing. Errors:
    // versionTooOld when this program is too old for the file, of which nothing is changed then; else as of
    // run().
    static Result<std::unique_ptr<StoreDatabase>> open(const QString& file, Purpose purpose);
    ~StoreDatabase();
    StoreDatabase(const StoreDatabase&) = delete;
    StoreDatabase& operator=(const StoreDatabase&) = delete;

    // Errors: malformed for a damaged file, limitExceeded for a full disk, unavailable for all else; with the
    // words of the system. `statement` must live as long as the program. One answer of each at a time.
    Result<QSqlQuery*> run(const char* statement, const QVariantList& values = {});
    // The same for what gives no rows.
    Result<void> execute(const char* statement, const QVariantList& values = {});
    // Of a query whose next() gave false.
    static Result<void> faultOf(const QSqlQuery& query);

private:
    StoreDatabase() = default;
    Result<void> prepare();
    Result<void> migrate();

    QSqlDatabase m_database;
    std::map<const char*, QSqlQuery> m_prepared;
};

// Everything that `work`, which gives a Result, does is done in one transaction, or none of it.
template <typename Work>
auto inTransaction(StoreDatabase& database, const Work& work) -> decltype(work()) {
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun.ok())
        return begun.error();
    auto done = work();
    if (done.ok()) {
        if (auto committed = database.execute("COMMIT"); !committed.ok())
            done = committed.error();
    }
    if (!done.ok())
        static_cast<void>(database.execute("ROLLBACK")); // it may have been undone already
    return done;
}

QVariant storeText(std::string_view utf8);
QVariant storeBytes(std::string_view bytes);
std::string textAt(const QSqlQuery& query, int column);
std::string bytesAt(const QSqlQuery& query, int column);

} // namespace tandem
