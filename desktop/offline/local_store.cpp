#include "offline/local_store.h"

#include "deflate/deflate.h"
#include "offline/past_order.h"
#include "offline/store_database.h"
#include "offline/store_rescue.h"
#include "offline/store_writer.h"
#include "offline/stored_document.h"
#include "offline/stored_journal.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace tandem {

namespace {

// Rows behind a snapshot that make opening slower than need be.
constexpr std::size_t manyRows = 2'000;

// What the journal behind the snapshot adds goes into another one.
void compactStored(const QString& file, const std::string& key, StoreWriter& writer) {
    const auto database = StoreDatabase::open(file, StoreDatabase::Purpose::reading);
    if (!database.ok())
        return;
    const auto stored = readStored(**database, key); // damage is found by whoever opens it
    if (!stored.ok() || !*stored || !(*stored)->isComplete)
        return;
    writer.add({key, StoreTask::Compacted{(*stored)->generation, (*stored)->through,
                                          deflate((*stored)->kept.replica.encode())}});
}

} // namespace

QString LocalStore::userFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
}

LocalStore::LocalStore(const QString& folder, QObject* parent)
    : QObject(parent), m_folder(folder), m_file(QDir(folder).filePath(QStringLiteral("documents.sqlite"))) {
    m_compactions.setMaxThreadCount(1);
    m_compactions.setThreadPriority(QThread::LowestPriority);
    if (!lock(folder))
        return;
    if (!openFile()) {
        recover();
        return;
    }
    startWriting();
    examine();
}

LocalStore::~LocalStore() {
    m_compactions.waitForDone();
    if (!m_writer)
        return;
    m_writer->stop();
    if (m_writer->hasMetDamage())
        recover();
    m_writer.reset();
}

bool LocalStore::lock(const QString& folder) {
    if (!QDir().mkpath(folder)) {
        m_refusal = tr("The folder %1 cannot be made, so nothing is kept on this computer.").arg(folder);
        return false;
    }
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_lock = std::make_unique<QLockFile>(QDir(folder).filePath(QStringLiteral("documents.lock")));
    m_lock->setStaleLockTime(0); // however long it is held
    if (m_lock->tryLock())
        return true;
    m_refusal =
        m_lock->error() == QLockFile::LockFailedError
            ? tr("Another Tandem is running and keeps the documents on this computer. What you type in "
                 "this one is kept by the server only.")
            : tr("The folder %1 cannot be written, so nothing is kept on this computer.").arg(folder);
    m_lock.reset();
    return false;
}

// False when the file is damaged, or of no use otherwise, of which m_refusal tells.
bool LocalStore::openFile() {
    auto opened = StoreDatabase::open(m_file, StoreDatabase::Purpose::readingAndWriting);
    if (opened.ok())
        m_reader = std::move(*opened);
    else if (opened.error().code != ErrorCode::malformed)
        refuse(opened.error());
    return opened.ok();
}

void LocalStore::refuse(const Error& error) {
    if (error.code == ErrorCode::versionTooOld)
        m_refusal =
            tr("The documents on this computer were kept by a newer Tandem. This one leaves them as they "
               "are, and what you type is kept by the server only. Use the newer one again, or update "
               "this one.");
    else
        m_refusal =
            tr("The documents on this computer cannot be opened, and what you type is kept by the server "
               "only: %1")
                .arg(QString::fromStdString(error.detail));
}

void LocalStore::startWriting() {
    StoreWriter::Told told;
    told.fault = [this](std::optional<Error> error) {
        QMetaObject::invokeMethod(this, [this, error = std::move(error)] {
            if (error && error->code == ErrorCode::malformed) {
                if (m_writer && m_writer->hasMetDamage()) // it may be over already
                    recover();
            } else {
                showFault(error);
            }
        });
    };
    told.isLong = [this](std::set<std::string> keys) {
        QMetaObject::invokeMethod(this, [this, keys = std::move(keys)] {
            for (const std::string& key : keys)
                compact(key);
        });
    };
    m_writer = std::make_unique<StoreWriter>(m_file, std::move(told));
    m_writer->start();
}

void LocalStore::showFault(const std::optional<Error>& error) {
    QString fault;
    if (error && error->code == ErrorCode::limitExceeded)
        fault =
            tr("This computer's disk is full. What you type is in this window, and goes to the disk as soon "
               "as there is room.");
    else if (error)
        fault = tr("This computer's disk cannot be written. What you type is in this window, and goes to the "
                   "disk as soon as that works again: %1")
                    .arg(QString::fromStdString(error->detail));
    if (fault == m_fault)
        return;
    m_fault = fault;
    emit problemChanged();
}

void LocalStore::write(StoreTask task) {
    if (m_writer)
        m_writer->add(std::move(task));
}

bool LocalStore::flush() {
    return m_writer && m_writer->flush();
}

std::unique_ptr<StoredJournal> LocalStore::keep(const QString& key, const QString& link,
                                                OpenDocument& document) {
    const std::string name = key.toStdString();
    if (m_reader) {
        flush(); // it may have been closed a moment ago
        auto stored = readStored(*m_reader, name);
        if (!stored.ok() && stored.error().code == ErrorCode::malformed && recover())
            stored = readStored(*m_reader, name);
        if (!stored.ok())
            showFault(stored.error());
        if (stored.ok() && *stored) {
            StoredDocument& found = **stored;
            if (found.isComplete)
                document.adopt(std::move(found.kept));
            else
                document.adopt(std::move(found.kept.leftover));
            if (found.rowsBehind >= manyRows)
                compact(name);
        }
    }
    noteOpened(key, link);
    return std::make_unique<StoredJournal>(*this, name, document);
}

std::unique_ptr<StoredJournal> LocalStore::move(std::unique_ptr<StoredJournal> journal, const QString& key,
                                                const QString& link, OpenDocument& document) {
    const std::string keyBefore = journal->key();
    PastNames names = namesOf(QString::fromStdString(keyBefore));
    const PastOrder order(document.outbox()); // the server will number them so
    for (const auto& [state, label] : std::exchange(names.states, {}))
        names.versions[order.versionOf(state)] = label;
    journal.reset();
    noteOpened(key, link);
    auto moved = std::make_unique<StoredJournal>(*this, key.toStdString(), document);
    moved->keepAnew(keyBefore);
    if (!names.empty())
        write({key.toStdString(), StoreTask::Named{names}});
    return moved;
}

void LocalStore::noteOpened(const QString& key, const QString& link) {
    write({key.toStdString(), StoreTask::Opened{link.toStdString(), QDateTime::currentMSecsSinceEpoch()}});
}

void LocalStore::setLink(const QString& key, const QString& link) {
    write({key.toStdString(), StoreTask::Opened{link.toStdString(), 0}});
}

void LocalStore::setTitle(const QString& key, const QString& title) {
    write({key.toStdString(), StoreTask::Titled{title.toStdString()}});
}

void LocalStore::setBinned(const QString& key, bool isBinned) {
    write({key.toStdString(), StoreTask::Binned{isBinned ? QDateTime::currentMSecsSinceEpoch() : 0}});
}

void LocalStore::leaveOut(const QString& key) {
    write({key.toStdString(), StoreTask::LeftOut()});
}

bool LocalStore::has(const QString& key) {
    if (!m_reader)
        return false;
    const auto rows = m_reader->run("SELECT 1 FROM documents WHERE key = ?", {key});
    const bool found = rows.ok() && (*rows)->next();
    if (rows.ok())
        (*rows)->finish();
    return found;
}

template <typename Found>
Found LocalStore::readOf(const QString& key, Result<Found> (*read)(StoreDatabase&, const std::string&)) {
    if (!m_reader)
        return {};
    flush();
    auto found = read(*m_reader, key.toStdString());
    if (!found.ok() && found.error().code == ErrorCode::malformed && recover())
        found = read(*m_reader, key.toStdString());
    return found.ok() ? std::move(*found) : Found();
}

PastTimes LocalStore::timesOf(const QString& key) {
    return readOf(key, readPastTimes);
}

PastNames LocalStore::namesOf(const QString& key) {
    return readOf(key, readPastNames);
}

std::optional<KeptPast> LocalStore::pastOf(const QString& key) {
    return readOf(key, readKeptPast);
}

void LocalStore::nameAuthors(const QString& key, const std::map<ReplicaId, std::string>& names) {
    write({key.toStdString(), StoreTask::Named{{{}, {}, names}}});
}

void LocalStore::nameState(const QString& key, const PastState& state, const std::string& label) {
    write({key.toStdString(), StoreTask::Named{{{{state, label}}, {}, {}}}});
}

void LocalStore::nameVersion(const QString& key, std::int64_t version, const std::string& label) {
    write({key.toStdString(), StoreTask::Named{{{}, {{version, label}}, {}}}});
}

QList<LocalStore::Entry> LocalStore::documents() {
    if (!m_reader)
        return {};
    flush();
    auto found = readDocuments(*m_reader);
    if (!found.ok() && found.error().code == ErrorCode::malformed && recover())
        found = readDocuments(*m_reader);
    return found.ok() ? *found : QList<Entry>();
}

Result<QList<LocalStore::Entry>> LocalStore::readDocuments(StoreDatabase& database) {
    auto rows = database.run(
        "SELECT key, link, title, used, (SELECT count(*) FROM authors CROSS JOIN journal ON "
        "journal.document = authors.document AND journal.replica = authors.replica AND own = 1 "
        "AND last > acked "
        "WHERE authors.document = documents.id), binned, left_out FROM documents ORDER BY used DESC");
    if (!rows.ok())
        return rows.error();
    QList<Entry> found;
    const auto timeOf = [](const QVariant& ms) {
        return ms.toLongLong() == 0 ? QDateTime() : QDateTime::fromMSecsSinceEpoch(ms.toLongLong());
    };
    while ((*rows)->next()) {
        const QSqlQuery& row = **rows;
        const qint64 leftOut = row.value(6).toLongLong();
        found.append({row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                      row.value(4).toLongLong(), timeOf(row.value(3)), timeOf(row.value(5)),
                      leftOut > 0 && row.value(3).toLongLong() <= leftOut});
    }
    if (auto fault = StoreDatabase::faultOf(**rows); !fault.ok())
        return fault.error();
    return found;
}

void LocalStore::forget(const QString& key) {
    write({key.toStdString(), StoreTask::Forgotten()});
}

void LocalStore::compact(const std::string& key) {
    if (!m_writer || !m_compacting.insert(key).second)
        return;
    m_compactions.start([this, key] {
        compactStored(m_file, key, *m_writer);
        QMetaObject::invokeMethod(this, [this, key] { m_compacting.erase(key); });
    });
}

void LocalStore::examine() {
    m_compactions.start([this, number = m_fileNumber] {
        const auto database = StoreDatabase::open(m_file, StoreDatabase::Purpose::reading);
        if (!database.ok())
            return;
        const auto answer = (*database)->run("PRAGMA integrity_check(1)");
        const bool isWhole = answer.ok() ? (*answer)->next() && textAt(**answer, 0) == "ok"
                                         : answer.error().code != ErrorCode::malformed;
        if (isWhole)
            return;
        QMetaObject::invokeMethod(this, [this, number] {
            if (number == m_fileNumber)
                recover();
        });
    });
}

void LocalStore::addUnknown(const Rescue& rescue) {
    for (const StoredJournal* journal : m_journals) {
        for (const StoreTask& task : rescue.tasks) {
            const auto* made = std::get_if<StoreTask::Made>(&task.what);
            if (made && task.document == journal->key() && !journal->knows(made->change))
                m_writer->add(task);
        }
    }
}

// What had not been written yet. Behind a document that was not read whole only own changes make sense.
void LocalStore::addRest(const Rescue& rescue, std::vector<StoreTask> tasks) {
    std::set<std::string> begun = rescue.partly;
    for (StoreTask& task : tasks) {
        if (std::holds_alternative<StoreTask::Compacted>(task.what))
            continue; // it counts rows of the file before
        const bool isWhole = rescue.whole.contains(task.document);
        if (!isWhole && !std::holds_alternative<StoreTask::Made>(task.what))
            continue;
        if (!isWhole && begun.insert(task.document).second)
            m_writer->add({task.document, StoreTask::Rescued{}});
        m_writer->add(std::move(task));
    }
}

bool LocalStore::recover() {
    if (!m_refusal.isEmpty())
        return false;
    ++m_fileNumber;
    m_compactions.waitForDone();
    if (m_writer)
        m_writer->stop();
    m_reader.reset();

    const QString aside = m_file + QStringLiteral(".damaged-") +
                          QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    for (const char* suffix : {"-wal", "-shm", ""}) {
        const QString part = m_file + QLatin1String(suffix);
        if (QFileInfo::exists(part) && !QFile::rename(part, aside + QLatin1String(suffix))) {
            m_refusal =
                tr("The file %1 is damaged and cannot be put aside. What you type is kept by the server "
                   "only.")
                    .arg(m_file);
            m_writer.reset();
            emit problemChanged();
            return false;
        }
    }
    Rescue rescue = rescueFrom(aside);
    if (!openFile()) {
        m_writer.reset();
        emit problemChanged();
        return false;
    }
    std::vector<StoreTask> later;
    if (m_writer) {
        later = m_writer->takeAll();
        m_writer->start();
    } else {
        startWriting();
    }
    for (const StoreTask& task : rescue.tasks)
        m_writer->add(task);
    addRest(rescue, std::move(later));
    for (StoredJournal* journal : m_journals)
        journal->keepAnew();
    addUnknown(rescue);
    m_writer->flush();
    m_notice =
        tr("The file with the documents on this computer was damaged. It is kept as %1. %2 documents were "
           "read from it, and %3 edits of others; all else comes from the servers.")
            .arg(aside)
            .arg(rescue.whole.size())
            .arg(rescue.ownChanges);
    emit noticed(m_notice);
    return true;
}

} // namespace tandem
