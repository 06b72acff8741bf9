#include "simulation/simulated_log.h"

#include <algorithm>

namespace tandem::simulation {

namespace {
const Error away{ErrorCode::unavailable, "the database is away"};
} // namespace

SimulatedLog::SimulatedLog(Environment& environment, MemoryOpLog& store)
    : m_environment(environment), m_store(store) {}

SimulatedLog::~SimulatedLog() {
    m_life->alive = false;
    m_life->storesAfterwards = m_environment.random.below(2) == 0;
}

std::int64_t SimulatedLog::latencyMs() {
    return m_environment.happens(Fault::slowDisk, 40) ? m_environment.between(200, 4'000)
                                                      : m_environment.between(0, 8);
}

std::int64_t SimulatedLog::answerAt(std::int64_t doneAtMs) {
    m_answeredAtMs = std::max(m_answeredAtMs, doneAtMs + latencyMs());
    return m_answeredAtMs;
}

void SimulatedLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                          std::function<void(Result<Appended>)> done) {
    VirtualTime& time = m_environment.time;
    m_writtenAtMs = std::max(m_writtenAtMs, time.monotonicMs() + latencyMs());
    const std::int64_t answeredAtMs = answerAt(m_writtenAtMs);
    const bool fails = m_environment.happens(Fault::appendFails, 30);
    const bool late = m_environment.happens(Fault::lateCommit, 15);
    const bool unknown = fails || late || m_environment.happens(Fault::answerLost, 30);
    auto answer = std::make_shared<Result<Appended>>(away);
    if (!fails) {
        const std::int64_t storedAtMs = late ? answeredAtMs + m_environment.between(0, 3'000) : m_writtenAtMs;
        time.at(storedAtMs, [&store = m_store, life = m_life, document = std::move(document),
                             epoch = std::move(epoch), entries = std::move(entries), answer, unknown]() mutable {
            if (!life->alive && !life->storesAfterwards)
                return;
            store.append(std::move(document), std::move(epoch), std::move(entries), [&](Result<Appended> result) {
                if (!unknown)
                    *answer = std::move(result);
            });
            store.pump();
        });
    }
    time.at(answeredAtMs, [life = m_life, answer, done = std::move(done)] {
        if (life->alive)
            done(*answer);
    });
}

template <typename T>
void SimulatedLog::read(std::function<void(std::function<void(Result<T>)>)> ask,
                        std::function<void(Result<T>)> done) {
    VirtualTime& time = m_environment.time;
    m_readAtMs = std::max(m_readAtMs, time.monotonicMs() + latencyMs());
    auto answer = std::make_shared<Result<T>>(Result<T>(away));
    if (!m_environment.happens(Fault::readFails, 15)) {
        time.at(m_readAtMs, [&store = m_store, answer, ask = std::move(ask)] {
            ask([&](Result<T> result) { *answer = std::move(result); });
            store.pump();
        });
    }
    time.at(answerAt(m_readAtMs), [life = m_life, answer, done = std::move(done)] {
        if (life->alive)
            done(std::move(*answer));
    });
}

void SimulatedLog::readAfter(DocumentId document, Seq after, std::size_t limit,
                             std::function<void(Result<std::vector<LoggedChange>>)> done) {
    read<std::vector<LoggedChange>>([&store = m_store, document, after,
                                     limit](auto got) { store.readAfter(document, after, limit, got); },
                                    std::move(done));
}

void SimulatedLog::readHeads(std::vector<DocumentId> documents,
                             std::function<void(Result<std::vector<LogHead>>)> done) {
    read<std::vector<LogHead>>([&store = m_store, documents](auto got) { store.readHeads(documents, got); },
                               std::move(done));
}

void SimulatedLog::readBindings(DocumentId document,
                                std::function<void(Result<std::vector<ReplicaBinding>>)> done) {
    read<std::vector<ReplicaBinding>>(
        [&store = m_store, document](auto got) { store.readBindings(document, got); }, std::move(done));
}

void SimulatedLog::readEditIds(DocumentId document, ReplicaId replica,
                               std::function<void(Result<std::vector<EditId>>)> done) {
    read<std::vector<EditId>>(
        [&store = m_store, document, replica](auto got) { store.readEditIds(document, replica, got); },
        std::move(done));
}

void SimulatedLog::create(NewDocument document, std::function<void(Result<Created>)> done) {
    read<Created>([&store = m_store, document](auto got) { store.create(document, got); }, std::move(done));
}

void SimulatedLog::find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) {
    read<DocumentInfo>([&store = m_store, id](auto got) { store.find(id, got); }, std::move(done));
}

void SimulatedLog::list(std::size_t limit, std::optional<std::string> cursor,
                        std::function<void(Result<DocumentPage>)> done) {
    read<DocumentPage>([&store = m_store, limit, cursor](auto got) { store.list(limit, cursor, got); },
                       std::move(done));
}

void SimulatedLog::probe(std::function<void(Result<void>)> done) {
    read<void>([&store = m_store](auto got) { store.probe(got); }, std::move(done));
}

} // namespace tandem::simulation
