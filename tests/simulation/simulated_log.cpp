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

// --- time and failures

std::int64_t SimulatedLog::latencyMs() {
    return m_environment.happens(Fault::slowDisk, 40) ? m_environment.between(200, 4'000)
                                                      : m_environment.between(0, 8);
}

bool SimulatedLog::isSlow() const {
    constexpr std::int64_t soonMs = 200;
    return std::max(m_log.answeredAtMs, m_snapshots.answeredAtMs) > m_environment.time.monotonicMs() + soonMs;
}

std::int64_t SimulatedLog::nextAnswerMs(Lane& lane, std::int64_t doneAtMs) {
    lane.answeredAtMs = std::max(lane.answeredAtMs, doneAtMs + latencyMs());
    return lane.answeredAtMs;
}

bool SimulatedLog::Life::isAway(const Environment& environment) const {
    return environment.faultsOn && awayUntilMs > environment.time.monotonicMs();
}

template <typename T>
void SimulatedLog::askAt(std::int64_t atMs, Ask<T> ask, std::shared_ptr<Result<T>> answer) {
    m_environment.time.at(atMs, [&environment = m_environment, &store = m_store, life = m_life,
                                 ask = std::move(ask), answer = std::move(answer)] {
        if (life->isAway(environment) || (!life->alive && !life->storesAfterwards))
            return;
        ask([&answer](Result<T> result) { *answer = std::move(result); });
        store.pump();
    });
}

template <typename T>
void SimulatedLog::tellAt(std::int64_t atMs, std::shared_ptr<Result<T>> answer, Done<T> done) {
    m_environment.time.at(atMs, [&environment = m_environment, life = m_life, answer = std::move(answer),
                                 done = std::move(done)] {
        if (!life->alive)
            return;
        if (life->isAway(environment))
            done(away);
        else
            done(std::move(*answer));
    });
}

template <typename T>
void SimulatedLog::read(Lane& lane, Ask<T> ask, Done<T> done) {
    lane.readAtMs = std::max(lane.readAtMs, m_environment.time.monotonicMs() + latencyMs());
    auto answer = std::make_shared<Result<T>>(Result<T>(away));
    if (!m_environment.happens(Fault::readFails, 15))
        askAt<T>(lane.readAtMs, std::move(ask), answer);
    tellAt<T>(nextAnswerMs(lane, lane.readAtMs), answer, std::move(done));
}

// --- the log

void SimulatedLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                          std::function<void(Result<Appended>)> done) {
    m_log.writtenAtMs = std::max(m_log.writtenAtMs, m_environment.time.monotonicMs() + latencyMs());
    const std::int64_t answeredAtMs = nextAnswerMs(m_log, m_log.writtenAtMs);
    const bool fails = m_environment.happens(Fault::appendFails, 30);
    const bool late = m_environment.happens(Fault::lateCommit, 15);
    const bool unknown = fails || late || m_environment.happens(Fault::answerLost, 30);
    const auto answer = std::make_shared<Result<Appended>>(away);
    if (!fails) {
        const std::int64_t storedAtMs =
            late ? answeredAtMs + m_environment.between(0, 3'000) : m_log.writtenAtMs;
        askAt<Appended>(
            storedAtMs,
            [&store = m_store, document = std::move(document), epoch = std::move(epoch),
             entries = std::move(entries)](const Done<Appended>& got) {
                store.append(document, epoch, entries, got);
            },
            unknown ? std::make_shared<Result<Appended>>(away) : answer);
    }
    tellAt<Appended>(answeredAtMs, answer, std::move(done));
}

void SimulatedLog::readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                             std::function<void(Result<std::vector<LoggedChange>>)> done) {
    read<std::vector<LoggedChange>>(
        m_log,
        [&store = m_store, document, epoch, after, limit](auto got) {
            store.readAfter(document, epoch, after, limit, got);
        },
        std::move(done));
}

void SimulatedLog::readHeads(std::vector<DocumentId> documents,
                             std::function<void(Result<std::vector<LogHead>>)> done) {
    read<std::vector<LogHead>>(
        m_log, [&store = m_store, documents](auto got) { store.readHeads(documents, got); }, std::move(done));
}

void SimulatedLog::readBindings(DocumentId document,
                                std::function<void(Result<std::vector<ReplicaBinding>>)> done) {
    read<std::vector<ReplicaBinding>>(
        m_log, [&store = m_store, document](auto got) { store.readBindings(document, got); },
        std::move(done));
}

void SimulatedLog::readEditIds(DocumentId document, ReplicaId replica,
                               std::function<void(Result<std::vector<EditId>>)> done) {
    read<std::vector<EditId>>(
        m_log, [&store = m_store, document, replica](auto got) { store.readEditIds(document, replica, got); },
        std::move(done));
}

// --- the documents

void SimulatedLog::create(NewDocument document, std::function<void(Result<Created>)> done) {
    read<Created>(
        m_log, [&store = m_store, document](auto got) { store.create(document, got); }, std::move(done));
}

void SimulatedLog::find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) {
    read<DocumentInfo>(
        m_log, [&store = m_store, id](auto got) { store.find(id, got); }, std::move(done));
}

void SimulatedLog::probe(std::function<void(Result<void>)> done) {
    read<void>(
        m_log, [&store = m_store](auto got) { store.probe(got); }, std::move(done));
}

// --- the snapshots

void SimulatedLog::store(DocumentId document, std::string epoch, Seq seq,
                         std::shared_ptr<const std::string> bytes, std::function<void(Result<void>)> done) {
    Lane& lane = m_snapshots;
    // Two servers may store at the same time, and the younger snapshot may be the first there.
    const std::int64_t tookMs = m_environment.between(5, 100);
    lane.writtenAtMs = std::max(lane.writtenAtMs, m_environment.time.monotonicMs() + tookMs + latencyMs());
    // What is packed is read first and moved later: meanwhile another server may pack, or the log be
    // replaced.
    const auto planned = std::make_shared<std::optional<MemoryOpLog::PlannedSnapshot>>();
    m_environment.time.at(m_environment.time.monotonicMs() + tookMs / 2,
                          [&environment = m_environment, &store = m_store, life = m_life, planned, document,
                           seq, bytes = std::move(bytes)] {
                              if (life->alive && !life->isAway(environment))
                                  *planned = store.plan(document, seq, bytes);
                          });
    const auto answer = std::make_shared<Result<void>>(away);
    if (!m_environment.happens(Fault::snapshotFails, 100))
        askAt<void>(
            lane.writtenAtMs,
            [&store = m_store, document, epoch = std::move(epoch), planned](auto got) {
                if (*planned)
                    store.store(document, epoch, **planned, got);
            },
            answer);
    tellAt<void>(nextAnswerMs(lane, lane.writtenAtMs), answer, std::move(done));
}

void SimulatedLog::latest(DocumentId document, Seq upTo,
                          std::function<void(Result<std::optional<StoredSnapshot>>)> done) {
    using Answer = std::optional<StoredSnapshot>;
    read<Answer>(
        m_snapshots, [&store = m_store, document, upTo](auto got) { store.latest(document, upTo, got); },
        [this, done = std::move(done)](Result<Answer> answer) {
            if (answer.ok() && *answer && m_environment.happens(Fault::snapshotDamaged, 150)) {
                ++m_damagedSnapshots;
                std::string& bytes = (*answer)->bytes;
                bytes.resize(m_environment.random.below(bytes.size()));
            }
            done(std::move(answer));
        });
}

} // namespace tandem::simulation
