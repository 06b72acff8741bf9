#include "admin/backup_commands.h"

#include "admin/command_outcome.h"
#include "backup/database_backup.h"
#include "backup/database_restore.h"
#include "backup/output_file.h"
#include "backup/stored_backup.h"
#include "log/timestamp.h"
#include "storage/sql/migrations.h"

#include <cstdio>

namespace tandem {

namespace {

std::string summaryOf(const BackupCounts& counts, std::uint64_t bytes) {
    return std::to_string(counts.documents) + " documents, " + std::to_string(counts.changes) + " changes, " +
           std::to_string(bytes) + " bytes";
}

// Nothing when the logs are as long as the documents say.
int reportLogs(const BackupCounts& counts) {
    if (counts.changes == counts.versions)
        return commandDone;
    return fail(
        somethingIsWrong,
        "The documents say that there are " + std::to_string(counts.versions) +
            " changes: some log is damaged, and was copied as it is. The command verify tells which.");
}

} // namespace

int runBackup(const std::string& name, const Config& config, const Clock& clock) {
    auto file = OutputFile::open(name);
    if (!file)
        return fail(somethingIsWrong, file.error().detail);
    std::optional<Error> output;
    BackupWriter writer([&](std::string_view bytes) {
        auto written = (*file)->write(bytes);
        if (!written)
            output = written.error();
        return written;
    });
    const auto copied =
        backUpDatabase(config.database, clock, config.appName + "/" + config.appVersion, writer);
    if (output)
        return fail(somethingIsWrong, output->detail);
    if (!copied)
        return fail(somethingIsWrong, copied.error().detail);
    if (const auto kept = (*file)->commit(); !kept)
        return fail(somethingIsWrong, kept.error().detail);
    std::fprintf(name == "-" ? stderr : stdout, "%s\n", summaryOf(writer.counts(), writer.bytes()).c_str());
    return reportLogs(writer.counts());
}

int runRestore(const std::string& name, bool replaces, const Config& config, const Clock& clock,
               Random& random) {
    const auto file = StoredBackup::open(name);
    if (!file)
        return fail(somethingIsWrong, file.error().detail);
    const auto refused = [&](const Error& error) {
        return fail(somethingIsWrong, "The backup " + name + " cannot be restored. " + error.detail);
    };
    const int schema = knownSchemaVersion(dialectOf(config.database));
    const BackupSource source = file->source();
    const auto contents =
        readBackup(source, schema, [](const BackupTable&, const BackupRow&) { return Result<void>(); });
    if (!contents)
        return refused(contents.error());
    auto target = RestoreTarget::open(config.database, clock, replaces);
    if (!target)
        return fail(somethingIsWrong, target.error().detail);
    file->rewind();
    if (const auto restored = restoreDatabase(source, *contents, schema, **target, clock, random); !restored)
        return refused(restored.error());
    std::printf("%s, from a backup of %s\n", summaryOf(contents->counts, contents->bytes).c_str(),
                timestamp(contents->header.madeMs).c_str());
    return reportLogs(contents->counts);
}

} // namespace tandem
