#include "admin/admin_commands.h"

#include "access/token.h"
#include "admin/awaited_answer.h"
#include "admin/backup_commands.h"
#include "admin/command_outcome.h"
#include "admin/document_dump.h"
#include "admin/job_commands.h"
#include "admin/readiness_question.h"
#include "admin/sample_documents.h"
#include "archive/document_archive.h"
#include "deflate/deflate.h"
#include "log/timestamp.h"
#include "rooms/initial_content.h"
#include "storage/document_check.h"
#include "storage/sql/sql_storage.h"

#include <QFileInfo>

#include <cstdio>
#include <optional>

namespace tandem {

namespace {

// Calls `use` with each document, in the bin or not, until it fails.
Result<void> forEachDocument(SqlStorage& storage,
                             const std::function<Result<void>(const DocumentInfo&)>& use) {
    for (const bool deleted : {false, true}) {
        DocumentQuery query;
        query.limit = 100;
        query.deleted = deleted;
        do {
            auto page =
                wait<DocumentPage>([&](auto answer) { storage.catalog().list(query, std::move(answer)); });
            if (!page)
                return page.error();
            for (const DocumentInfo& info : page->documents) {
                if (auto used = use(info); !used)
                    return used;
            }
            query.cursor = page->next;
        } while (query.cursor);
    }
    return {};
}

Result<StoredDocument> read(SqlStorage& storage, const DocumentInfo& info) {
    StoredDocument document;
    document.info = info;
    auto bindings = wait<std::vector<ReplicaBinding>>(
        [&](auto answer) { storage.log().readBindings(info.id, std::move(answer)); });
    if (!bindings)
        return bindings.error();
    document.bindings = std::move(*bindings);
    constexpr std::size_t atOnce = 10'000;
    for (std::size_t read = atOnce; read == atOnce;) {
        const Seq after = document.log.empty() ? 0 : document.log.back().seq;
        auto changes = wait<std::vector<LoggedChange>>([&](auto answer) {
            storage.log().readAfter(info.id, info.epoch, after, atOnce, std::move(answer));
        });
        if (!changes)
            return changes.error();
        read = changes->size();
        std::move(changes->begin(), changes->end(), std::back_inserter(document.log));
    }
    for (Seq upTo = info.head; upTo > 0;) {
        auto snapshot = wait<std::optional<StoredSnapshot>>(
            [&](auto answer) { storage.snapshots().latest(info.id, upTo, std::move(answer)); });
        if (!snapshot)
            return snapshot.error();
        if (!*snapshot)
            break;
        upTo = (*snapshot)->seq - 1;
        document.snapshots.push_back(std::move(**snapshot));
    }
    return document;
}

int verify(SqlStorage& storage) {
    std::size_t documents = 0;
    std::size_t changes = 0;
    std::size_t wrong = 0;
    const auto problem = [&](const DocumentInfo& info, const std::string& sentence) {
        std::printf("%s %s\n", info.id.c_str(), sentence.c_str());
        ++wrong;
    };
    const auto checked = forEachDocument(storage, [&](const DocumentInfo& info) -> Result<void> {
        ++documents;
        const auto document = read(storage, info);
        if (!document) {
            problem(info, document.error().detail);
            return {};
        }
        changes += document->log.size();
        for (const std::string& sentence : problemsOf(*document))
            problem(info, sentence);
        return {};
    });
    if (!checked)
        return fail(somethingIsWrong, checked.error().detail);
    std::printf("%zu documents, %zu changes, %zu problems\n", documents, changes, wrong);
    return wrong == 0 ? commandDone : somethingIsWrong;
}

int dump(SqlStorage& storage, const DocumentId& id) {
    const auto info =
        wait<DocumentInfo>([&](auto answer) { storage.documents().find(id, std::move(answer)); });
    if (!info)
        return fail(somethingIsWrong, info.error().detail);
    const auto document = read(storage, *info);
    if (!document)
        return fail(somethingIsWrong, document.error().detail);
    const std::string text = dumpOf(*document);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return commandDone;
}

int seed(SqlStorage& storage, Random& random) {
    for (const SampleDocument& sample : sampleDocuments()) {
        NewDocument document;
        document.id = sample.id;
        document.title = sample.title;
        document.epoch = makeRandomId(random);
        document.requestHash = sha256(document.id + sample.title); // so that a repeat finds them
        document.content = initialContent(sample.text, random);
        const auto created = wait<DocumentStore::Created>(
            [&](auto answer) { storage.documents().create(std::move(document), std::move(answer)); });
        if (!created)
            return fail(somethingIsWrong, created.error().detail);
        std::printf("%s %s\n", created->existed ? "was there" : "made", sample.id.c_str());
    }
    return commandDone;
}

int archive(SqlStorage& storage, const DocumentId& id) {
    const auto info =
        wait<DocumentInfo>([&](auto answer) { storage.documents().find(id, std::move(answer)); });
    if (!info)
        return fail(somethingIsWrong, info.error().detail);
    auto document = read(storage, *info);
    if (!document)
        return fail(somethingIsWrong, document.error().detail);
    const auto names = wait<std::vector<NamedVersion>>(
        [&](auto answer) { storage.past().namedVersions(id, std::move(answer)); });
    if (!names)
        return fail(somethingIsWrong, names.error().detail);
    const std::string file = deflate(encodeArchive(
        {info->title, info->createdMs, std::move(document->bindings), *names, std::move(document->log)}));
    std::fwrite(file.data(), 1, file.size(), stdout);
    return commandDone;
}

int audit(SqlStorage& storage, const DocumentId& document) {
    constexpr std::size_t most = 10'000;
    const auto entries = wait<std::vector<AuditEntry>>(
        [&](auto answer) { storage.audit().read(document, most, std::move(answer)); });
    if (!entries)
        return fail(somethingIsWrong, entries.error().detail);
    for (const AuditEntry& entry : *entries)
        std::printf("%s %s %s by %s%s%s, request %s\n", timestamp(entry.timeMs).c_str(),
                    entry.document.c_str(), entry.event.c_str(), entry.actor.c_str(),
                    entry.detail.empty() ? "" : ": ", entry.detail.c_str(), entry.requestId.c_str());
    return commandDone;
}

// What may stand behind a command.
struct Words {
    std::size_t least = 0;
    std::size_t most = 0;
    std::string meaning = {};
};

std::optional<Words> wordsBehind(const std::string& command) {
    if (command == "init-db" || command == "migrate" || command == "seed" || command == "verify" ||
        command == "ready")
        return Words{0, 0};
    if (command == "dump" || command == "archive")
        return Words{1, 1, "the id of a document"};
    if (command == "audit")
        return Words{0, 1, "one document"};
    if (command == "backup")
        return Words{1, 1, "the name of a file, or - for standard output,"};
    if (command == "jobs")
        return Words{1, 2, "list, with a state or a type at most, or retry or discard with the id of a job,"};
    if (command == "restore")
        return Words{1, 2, "the name of a file, and at most the word replace,"};
    return std::nullopt;
}

} // namespace

int runAdminCommand(const std::vector<std::string>& words, const Config& config, const Clock& clock,
                    Random& random) {
    const std::string& command = words.front();
    const auto allowed = wordsBehind(command);
    if (!allowed)
        return fail(notACommand, "There is no command " + command + "; --help lists them all.");
    const std::size_t behind = words.size() - 1;
    if (behind < allowed->least)
        return fail(notACommand, "The command " + command + " needs " + allowed->meaning + " behind it.");
    if (behind > allowed->most || (command == "restore" && behind == 2 && words[2] != "replace"))
        return fail(notACommand, "The command " + command + " takes " +
                                     (allowed->most == 0 ? "nothing" : allowed->meaning) + " behind it.");
    if (command == "ready")
        return askWhetherReady(config);
    if (command == "restore")
        return runRestore(words[1], behind == 2, config, clock, random);
    const auto* file = std::get_if<SqliteFile>(&config.database);
    if (command != "init-db" && file && !QFileInfo::exists(QString::fromStdString(file->path)))
        return fail(somethingIsWrong,
                    "There is no database " + file->path + "; the command init-db makes one.");
    if (command == "backup")
        return runBackup(words[1], config, clock);

    if (command == "jobs")
        return runJobCommand({words.begin() + 1, words.end()}, config, clock);

    auto storage = SqlStorage::open(config.database, clock, {}, {}, {DatabaseUse::alone});
    if (!storage)
        return fail(somethingIsWrong, storage.error().detail);
    int exitCode = commandDone;
    if (command == "verify")
        exitCode = verify(**storage);
    else if (command == "dump")
        exitCode = dump(**storage, words[1]);
    else if (command == "archive")
        exitCode = archive(**storage, words[1]);
    else if (command == "audit")
        exitCode = audit(**storage, behind == 0 ? DocumentId() : words[1]);
    else if (command == "seed")
        exitCode = seed(**storage, random);
    else // opening it has made the tables or brought them up to date
        std::printf("The database %s is ready.\n", nameOf(config.database).c_str());
    (*storage)->stop();
    return exitCode;
}

std::string adminHelp() {
    return "Usage: tandem-server [--setting value]... COMMAND\n\n"
           "Commands, all but backup and jobs while no server uses the database if it is SQLite:\n\n"
           "  init-db               makes the database and its tables\n"
           "  migrate               brings the tables of a database up to date, as every start does\n"
           "  seed                  makes some sample documents\n"
           "  dump DOCUMENT         shows all that is stored of a document, its text as well\n"
           "  archive DOCUMENT      writes it with its whole history to standard output, to be imported "
           "again\n"
           "  audit [DOCUMENT]      shows what was done to links and documents, the newest first\n"
           "  verify                checks every log and snapshot; exit code 1 when something is wrong\n"
           "  backup FILE           writes all of the database to a file, also while a server uses it; - is "
           "standard "
           "output\n"
           "  restore FILE          puts a backup into an empty database, of whatever kind\n"
           "  restore FILE replace  the same, in place of all that is there\n"
           "  jobs list [WORD]      shows jobs, the newest first: all, or those of a state or a type\n"
           "  jobs retry JOB        has one done that failed, was cancelled or waits\n"
           "  jobs discard JOB      puts one that waits into the dead set, deletes one that is finished\n\n"
           "While a server runs with the same settings:\n\n"
           "  ready                 asks it whether it is ready; exit code 1 when it is not\n";
}

} // namespace tandem
