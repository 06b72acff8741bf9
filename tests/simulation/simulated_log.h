// One server's way to the log that all servers share: every call takes time, answers come in the order of the
// calls, and some fail as databases do. Owned by the SimulatedServer; when it goes, what was under way may
// still be stored.
#pragma once

#include "fakes/memory_op_log.h"
#include "simulation/environment.h"

#include <memory>

namespace tandem::simulation {

class SimulatedLog final : public OpLog, public DocumentStore {
public:
    SimulatedLog(Environment& environment, MemoryOpLog& store);
    ~SimulatedLog() override;

    void append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                std::function<void(Result<Appended>)> done) override;
    void readAfter(DocumentId document, Seq after, std::size_t limit,
                   std::function<void(Result<std::vector<LoggedChange>>)> done) override;
    void readHeads(std::vector<DocumentId> documents,
                   std::function<void(Result<std::vector<LogHead>>)> done) override;
    void readBindings(DocumentId document,
                      std::function<void(Result<std::vector<ReplicaBinding>>)> done) override;
    void readEditIds(DocumentId document, ReplicaId replica,
                     std::function<void(Result<std::vector<EditId>>)> done) override;

    void create(NewDocument document, std::function<void(Result<Created>)> done) override;
    void find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) override;
    void list(std::size_t limit, std::optional<std::string> cursor,
              std::function<void(Result<DocumentPage>)> done) override;
    void probe(std::function<void(Result<void>)> done) override;

private:
    struct Life {
        bool alive = true;
        bool storesAfterwards = false; // what was handed over when the server died
    };

    std::int64_t latencyMs();
    std::int64_t answerAt(std::int64_t doneAtMs);
    template <typename T>
    void read(std::function<void(std::function<void(Result<T>)>)> ask, std::function<void(Result<T>)> done);

    Environment& m_environment;
    MemoryOpLog& m_store;
    std::shared_ptr<Life> m_life = std::make_shared<Life>();
    std::int64_t m_writtenAtMs = 0; // the last asked for
    std::int64_t m_readAtMs = 0;
    std::int64_t m_answeredAtMs = 0;
};

} // namespace tandem::simulation
