#include "jobs/types/backup_run_job.h"

#include "backup/database_backup.h"
#include "backup/output_file.h"
#include "backup/stored_backup.h"
#include "storage/sql/migrations.h"

#include <QDateTime>
#include <QDir>

namespace tandem {

namespace {

const QString ending = QStringLiteral(".backup");
const QString unchecked = QStringLiteral(".unchecked");

JobFailure failed(const Error& error) {
    return {error.detail, JobRetry::later, std::nullopt};
}

// Only what has this form is ever deleted.
QStringList namesIn(const QDir& folder, const QString& pattern) {
    return folder.entryList({pattern}, QDir::Files, QDir::Name | QDir::Reversed);
}

// What a run that broke off has left.
void dropLeftovers(QDir& folder) {
    for (const QString& name : namesIn(folder, QStringLiteral("tandem-*") + unchecked + QStringLiteral("*")))
        folder.remove(name);
}

// Names begin with the time, so the newest come first. What was made just now stays, whatever the clock says.
void dropOld(QDir& folder, const QString& job, const QString& newest, std::size_t keep) {
    std::size_t kept = 1;
    for (const QString& name : namesIn(folder, QStringLiteral("tandem-*") + ending)) {
        const bool isEarlierRun = name.endsWith(job + ending);
        if (name != newest && (isEarlierRun || ++kept > keep))
            folder.remove(name);
    }
}

} // namespace

Result<void> BackupRunJob::check(std::string_view payload) const {
    if (payload != "{}")
        return Error{ErrorCode::invalidArgument, "The payload must be {}."};
    return {};
}

JobOutcome BackupRunJob::run(const JobRequest& request, JobProgress& progress) {
    QDir folder(QString::fromStdString(m_place.folder));
    if (!folder.mkpath(QStringLiteral(".")))
        return JobFailure{"The folder for backups cannot be made.", JobRetry::later, std::nullopt};
    dropLeftovers(folder);
    const QString job = QString::fromStdString(request.id);
    const QString time = QDateTime::fromMSecsSinceEpoch(m_clock.wallMs(), Qt::UTC)
                             .toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'"));
    const QString name = QStringLiteral("tandem-%1-%2").arg(time, job) + ending;
    const std::string path = folder.filePath(name + unchecked).toStdString();

    auto file = OutputFile::open(path);
    if (!file)
        return failed(file.error());
    BackupWriter writer([&](std::string_view bytes) -> Result<void> {
        if (progress.shouldStop())
            return Error{ErrorCode::unavailable, "It was stopped."};
        return (*file)->write(bytes);
    });
    progress.report(10, "Copying");
    if (const auto copied = backUpDatabase(m_place.database, m_clock, m_place.program, writer); !copied)
        return failed(copied.error());
    if (const auto kept = (*file)->commit(); !kept)
        return failed(kept.error());

    progress.report(70, "Checking");
    const auto stored = StoredBackup::open(path);
    if (!stored)
        return failed(stored.error());
    const auto contents = readBackup(stored->source(), knownSchemaVersion(dialectOf(m_place.database)),
                                     [&](const BackupTable&, const BackupRow&) -> Result<void> {
                                         if (progress.shouldStop())
                                             return Error{ErrorCode::unavailable, "It was stopped."};
                                         return {};
                                     });
    if (!contents)
        return failed(contents.error());
    if (!folder.rename(name + unchecked, name))
        return JobFailure{"The backup cannot be given its name.", JobRetry::later, std::nullopt};
    if (const auto durable = synchronize(m_place.folder); !durable)
        return failed(durable.error());
    dropOld(folder, job, name, m_place.keep);
    const bool isWhole = contents->counts.changes == contents->counts.versions;
    return JobResult{R"({"file":")" + name.toStdString() + R"(","documents":)" +
                         std::to_string(contents->counts.documents) + R"(,"changes":)" +
                         std::to_string(contents->counts.changes) + R"(,"bytes":)" +
                         std::to_string(contents->bytes) + R"(,"logs_whole":)" +
                         (isWhole ? "true" : "false") + "}",
                     std::nullopt};
}

} // namespace tandem
