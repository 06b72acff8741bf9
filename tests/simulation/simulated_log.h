// One server's way to the log and the snapshots that all servers share: every call takes time, answers come
// in the order of the calls to each store, and some fail as databases do. Owned by the SimulatedServer; when
// it goes, what was under way may still be stored.
#pragma once

#include "fakes/memory_op_log.h"
#include "simulation/environment.h"

#include <memory>

namespace tandem::simulation {

class SimulatedLog final : public OpLog, public DocumentStore, public SnapshotStore {
public:
    SimulatedLog(Environment& environment, MemoryOpLog& store);
    ~SimulatedLog() override;

    // Nothing of the stores is reached for a while.
    void goAway(std::int64_t forMs) { m_life->awayUntilMs = m_environment.time.monotonicMs() + forMs; }
    // Someone still waits for an answer of a slow disk.
    bool isSlow() const;
    // How many snapshots it gave that cannot be read.
    std::size_t damagedSnapshots() const { return m_damagedSnapshots; }

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
    void latest(DocumentId document, Seq upTo,
                std::function<void(Result<std::optional<StoredSnapshot>>)> done) override;

private:
    struct Life {
        bool alive = true;
        bool storesAfterwards = false; // what was handed over when the server died
        std::int64_t awayUntilMs = 0;

        bool isAway(const Environment& environment) const;
    };
    // When the last call to a store is done; the next ones come after.
    struct Lane {
        std::int64_t writtenAtMs = 0;
        std::int64_t readAtMs = 0;
        std::int64_t answeredAtMs = 0;
    };
    template <typename T>
    using Done = std::function<void(Result<T>)>;
    template <typename T>
    using Ask = std::function<void(Done<T>)>;

    std::int64_t latencyMs();
    std::int64_t nextAnswerMs(Lane& lane, std::int64_t doneAtMs);
    // Asks the store at `atMs`, if it is reached then; `answer` gets what comes of it.
    template <typename T>
    void askAt(std::int64_t atMs, Ask<T> ask, std::shared_ptr<Result<T>> answer);
    template <typename T>
    void tellAt(std::int64_t atMs, std::shared_ptr<Result<T>> answer, Done<T> done);
    template <typename T>
    void read(Lane& lane, Ask<T> ask, Done<T> done);

    Environment& m_environment;
    MemoryOpLog& m_store;
    std::shared_ptr<Life> m_life = std::make_shared<Life>();
    Lane m_log;
    Lane m_snapshots;
    std::size_t m_damagedSnapshots = 0;
};

} // namespace tandem::simulation
