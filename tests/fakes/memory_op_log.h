// The log, the documents and their snapshots in memory, for tests without a database or threads. Every
// callback waits until pump() runs it, as a real storage's waits for the event loop. Can be told to fail as
// databases do.
#pragma once

#include "base/clock.h"
#include "fakes/memory_changes.h"
#include "storage/document_store.h"
#include "storage/snapshot_store.h"

#include <deque>
#include <map>
#include <set>
#include <utility>

namespace tandem {

class MemoryOpLog final : public OpLog, public DocumentStore, public SnapshotStore {
public:
    // Segments are of `segmentChanges` changes, at most maxSegmentChanges.
    explicit MemoryOpLog(const Clock& clock, std::size_t segmentChanges = maxSegmentChanges)
        : m_clock(clock), m_segmentChanges(segmentChanges) {}

    enum class Fault {
        refused,    // nothing is stored; answered `unavailable`
        answerLost, // everything is stored, and yet answered `unavailable`
    };
    // For the next append only.
    void failNextAppend(Fault fault) { m_fault = fault; }

    // From now on a snapshot is asked for when an append comes into another interval of so many changes.
    void askForSnapshots(Seq interval) { m_snapshotInterval = interval; }
    void askForSnapshot(const DocumentId& document) { m_snapshotRequests.insert(document); }
    // The documents of which one was asked for, and is no more.
    std::set<DocumentId> takeSnapshotRequests() { return std::exchange(m_snapshotRequests, {}); }

    // The next snapshot is not stored; answered `unavailable`.
    void failNextSnapshot() { m_snapshotFails = true; }

    // Keeps a copy of the document as it is now, and brings it back as a log of another epoch.
    void backUp(const DocumentId& id) { m_backups[id] = m_documents.at(id); }
    void restore(const DocumentId& id, std::string epoch);

    // Runs what waits, and what comes of it, until nothing waits.
    void pump();
    // Runs the callback that has waited longest. False: none waits.
    bool pumpOne();
    std::size_t appendCount() const { return m_appendCount; }
    std::size_t snapshotCount() const { return m_snapshotCount; } // asked for
    // How many changes readAfter has given.
    std::size_t readCount() const { return m_readCount; }

    void append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                std::function<void(Result<Appended>)> done) override;
    void readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                   std::function<void(Result<std::vector<LoggedChange>>)> done) override;
    void readHeads(std::vector<DocumentId> documents,
                   std::function<void(Result<std::vector<LogHead>>)> done) override;
    void readBindings(DocumentId document,
                      std::function<void(Result<std::vector<ReplicaBinding>>)> done) override;
    void readEditIds(DocumentId document, ReplicaId replica,
                     std::function<void(Result<std::vector<EditId>>)> done) override;

    void create(NewDocument document, std::function<void(Result<Created>)> done) override;
    void find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) override;
    void probe(std::function<void(Result<void>)> done) override;

    void store(DocumentId document, std::string epoch, Seq seq, std::shared_ptr<const std::string> bytes,
               std::function<void(Result<void>)> done) override;
    // The two steps of store(), for those between whom and the database something happens.
    struct PlannedSnapshot {
        Seq seq = 0;
        std::shared_ptr<const std::string> bytes;
        std::vector<MemoryChanges::Segment> segments;
    };
    PlannedSnapshot plan(const DocumentId& document, Seq seq, std::shared_ptr<const std::string> bytes) const;
    void store(const DocumentId& document, const std::string& epoch, const PlannedSnapshot& planned,
               std::function<void(Result<void>)> done);
    void latest(DocumentId document, Seq upTo,
                std::function<void(Result<std::optional<StoredSnapshot>>)> done) override;

private:
    struct StoredDocument {
        DocumentInfo info;
        std::string requestHash;
        MemoryChanges changes;
        std::map<ReplicaId, std::map<std::string, Seq>> editIds;
        std::map<ReplicaId, ReplicaBinding> bindings;
        std::map<Seq, std::string> snapshots;
    };

    static Result<Appended> keep(StoredDocument& document, const std::vector<AppendEntry>& entries,
                                 std::int64_t timeMs);
    Result<void> keepSnapshot(const DocumentId& document, const std::string& epoch,
                              const PlannedSnapshot& planned);
    const StoredDocument* storedDocument(const DocumentId& id) const;
    void later(std::function<void()> callback) { m_waiting.push_back(std::move(callback)); }

    const Clock& m_clock;
    const std::size_t m_segmentChanges;
    std::map<DocumentId, StoredDocument> m_documents;
    std::map<DocumentId, StoredDocument> m_backups;
    std::deque<std::function<void()>> m_waiting;
    std::optional<Fault> m_fault;
    Seq m_snapshotInterval = 0; // 0: never
    std::set<DocumentId> m_snapshotRequests;
    std::size_t m_appendCount = 0;
    bool m_snapshotFails = false;
    std::size_t m_snapshotCount = 0;
    std::size_t m_readCount = 0;
};

} // namespace tandem
