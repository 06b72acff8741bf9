#include "storage/sql/sql_document_past.h"

#include "storage/sql/sql_op_log.h"
#include "storage/sql/sql_snapshot_store.h"
#include "storage/sql/version_names.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::size_t changesAtOnce = 4'096;

// Within one reading transaction.
class SqlHistorySource final : public HistorySource {
public:
    SqlHistorySource(SqlConnection& connection, const DocumentId& document, const std::string& epoch)
        : m_connection(connection), m_document(document), m_epoch(epoch) {}

    // A damaged snapshot is passed over: the log has everything.
    Result<std::optional<Checkpoint>> checkpointAt(Seq version) override {
        for (Seq upTo = version;;) {
            auto snapshot = readSnapshot(m_connection, m_document, upTo);
            if (!snapshot)
                return snapshot.error();
            if (!*snapshot)
                return std::optional<Checkpoint>();
            const Seq seq = (*snapshot)->seq;
            if (Replica::decode((*snapshot)->bytes))
                return std::optional(Checkpoint{seq, std::move((*snapshot)->bytes)});
            if (seq == 0)
                return std::optional<Checkpoint>();
            upTo = seq - 1;
        }
    }

    Result<void> readChanges(Seq after, Seq through,
                             const std::function<Result<void>(std::string_view)>& visit) override {
        while (after < through) {
            const auto changes = readLoggedChanges(m_connection, m_document, m_epoch, after,
                                                   std::min<std::uint64_t>(changesAtOnce, through - after));
            if (!changes)
                return changes.error();
            if (changes->empty())
                return {}; // the caller sees that some are missing
            for (const LoggedChange& change : *changes) {
                if (auto visited = visit(change.bytes); !visited)
                    return visited;
            }
            after = changes->back().seq;
        }
        return {};
    }

private:
    SqlConnection& m_connection;
    const DocumentId& m_document;
    const std::string& m_epoch;
};

Result<void> refuseBeyondHead(SqlConnection& connection, const DocumentId& document, const std::string& epoch,
                              Seq version) {
    const auto head = readHead(connection, document, epoch);
    if (!head)
        return head.error();
    if (version > *head)
        return noSuchVersion(version, *head);
    return {};
}

// When a version was reached.
Result<std::int64_t> timeOf(SqlConnection& connection, const DocumentId& document, const std::string& epoch,
                            Seq version) {
    if (version == 0)
        return std::int64_t{0};
    const auto change = readLoggedChanges(connection, document, epoch, version - 1, 1);
    if (!change)
        return change.error();
    return change->empty() ? std::int64_t{0} : change->front().timeMs;
}

Result<PastVersion> readVersion(SqlConnection& connection, const DocumentId& document,
                                const std::string& epoch, Seq version) {
    if (auto there = refuseBeyondHead(connection, document, epoch, version); !there)
        return there.error();
    SqlHistorySource source(connection, document, epoch);
    const auto replica = History(source).at(version);
    if (!replica)
        return replica.error();
    const auto timeMs = timeOf(connection, document, epoch, version);
    if (!timeMs)
        return timeMs.error();
    return PastVersion{replica->text(), *timeMs, replica->authors()};
}

Result<std::vector<Replacement>> readChangesBetween(SqlConnection& connection, const DocumentId& document,
                                                    const std::string& epoch, Seq from, Seq to) {
    if (auto there = refuseBeyondHead(connection, document, epoch, std::max(from, to)); !there)
        return there.error();
    SqlHistorySource source(connection, document, epoch);
    return History(source).between(from, to);
}

// In pieces that begin where segments do, from the newest on.
Result<EditSessionPage> readSessions(SqlConnection& connection, const DocumentId& document,
                                     const std::string& epoch, Seq before, std::size_t most) {
    constexpr std::size_t mostPieces = 16;
    const auto head = readHead(connection, document, epoch);
    if (!head)
        return head.error();
    EditSessions sessions(most);
    Seq last = std::min(before - std::min<Seq>(before, 1), *head);
    for (std::size_t piece = 0; piece < mostPieces && last > 0; ++piece) {
        const Seq after = (last - 1) / changesAtOnce * changesAtOnce;
        const auto changes = readLoggedChanges(connection, document, epoch, after, last - after);
        if (!changes)
            return changes.error();
        for (auto change = changes->rbegin(); change != changes->rend(); ++change) {
            if (!sessions.add(change->seq, change->replica, change->timeMs))
                return sessions.take();
        }
        last = after;
    }
    return sessions.take();
}

} // namespace

void SqlDocumentPast::versionAt(DocumentId document, std::string epoch, Seq version,
                                std::function<void(Result<PastVersion>)> done) {
    m_calls.read<PastVersion>(
        document,
        [document, epoch = std::move(epoch), version](SqlConnection& connection) {
            return readingOneState(connection,
                                   [&] { return readVersion(connection, document, epoch, version); });
        },
        std::move(done));
}

void SqlDocumentPast::changesBetween(DocumentId document, std::string epoch, Seq from, Seq to,
                                     std::function<void(Result<std::vector<Replacement>>)> done) {
    m_calls.read<std::vector<Replacement>>(
        document,
        [document, epoch = std::move(epoch), from, to](SqlConnection& connection) {
            return readingOneState(connection,
                                   [&] { return readChangesBetween(connection, document, epoch, from, to); });
        },
        std::move(done));
}

void SqlDocumentPast::sessionsBefore(DocumentId document, std::string epoch, Seq before, std::size_t most,
                                     std::function<void(Result<EditSessionPage>)> done) {
    m_calls.read<EditSessionPage>(
        document,
        [document, epoch = std::move(epoch), before, most](SqlConnection& connection) {
            return readingOneState(connection,
                                   [&] { return readSessions(connection, document, epoch, before, most); });
        },
        std::move(done));
}

void SqlDocumentPast::nameVersion(DocumentId document, std::optional<Seq> version, std::string label,
                                  std::function<void(Result<NamedVersion>)> done) {
    m_calls.change<NamedVersion>(
        document,
        [this, document, version, label = std::move(label)](SqlConnection& connection) {
            return storeName(connection, document, version, label, m_clock.wallMs());
        },
        std::move(done));
}

void SqlDocumentPast::removeName(DocumentId document, Seq version, std::function<void(Result<void>)> done) {
    m_calls.change<void>(
        document,
        [document, version](SqlConnection& connection) { return deleteName(connection, document, version); },
        std::move(done));
}

void SqlDocumentPast::namedVersions(DocumentId document,
                                    std::function<void(Result<std::vector<NamedVersion>>)> done) {
    m_calls.read<std::vector<NamedVersion>>(
        document,
        [document](SqlConnection& connection) {
            return readingOneState(connection, [&] { return readNames(connection, document); });
        },
        std::move(done));
}

} // namespace tandem
