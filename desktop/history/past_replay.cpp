#include "history/past_replay.h"

#include "crdt/change.h"

#include <algorithm>
#include <limits>

namespace tandem {

namespace {
constexpr Seq firstInterval = 1'024; // changes from one copy to the next
constexpr std::size_t mostCheckpointBytes = 96 * 1024 * 1024;
} // namespace

Result<std::unique_ptr<PastReplay>> PastReplay::of(PastLog log) {
    auto replay = std::unique_ptr<PastReplay>(new PastReplay(std::move(log)));
    if (auto played = replay->play(); !played.ok())
        return played.error();
    return replay;
}

Result<void> PastReplay::play() {
    Replica replica;
    if (!m_log.base().empty()) {
        auto base = Replica::decode(m_log.base());
        if (!base.ok())
            return base.error();
        replica = std::move(*base);
        m_checkpoints.emplace(0, m_log.base());
    }
    Seq interval = firstInterval;
    for (Seq version = 1; version <= head(); ++version) {
        const auto change = decodeChange(m_log.change(version));
        if (!change.ok())
            return change.error();
        if (auto applied = replica.apply(*change); !applied.ok()) {
            if (!m_log.mayHaveHoles())
                return applied.error();
            continue;
        }
        m_placed.push_back(version);
        m_changesOf[change->replica].emplace_back(change->first, version);
        if (m_placed.size() % interval != 0)
            continue;
        std::string bytes = replica.encode();
        m_checkpointBytes += bytes.size();
        m_checkpoints.emplace(m_placed.size(), std::move(bytes));
        if (m_checkpointBytes > mostCheckpointBytes)
            thinCheckpoints(interval *= 2);
    }
    return {};
}

void PastReplay::thinCheckpoints(Seq interval) {
    for (auto each = m_checkpoints.begin(); each != m_checkpoints.end();) {
        if (each->first % interval == 0) {
            ++each;
            continue;
        }
        m_checkpointBytes -= each->second.size();
        each = m_checkpoints.erase(each);
    }
}

Result<std::optional<HistorySource::Checkpoint>> PastReplay::checkpointAt(Seq version) {
    const auto behind = m_checkpoints.upper_bound(version);
    if (behind == m_checkpoints.begin())
        return std::optional<Checkpoint>();
    const auto& [at, bytes] = *std::prev(behind);
    return std::optional<Checkpoint>({at, bytes});
}

Result<void> PastReplay::readChanges(Seq after, Seq through,
                                     const std::function<Result<void>(std::string_view)>& visit) {
    for (Seq version = after + 1; version <= through; ++version) {
        if (auto visited = visit(m_log.change(m_placed[version - 1])); !visited.ok())
            return visited;
    }
    return {};
}

Result<PastText> PastReplay::at(Seq version) {
    const auto behind = std::upper_bound(m_placed.begin(), m_placed.end(), version);
    auto replica = History(*this).at(static_cast<Seq>(behind - m_placed.begin()));
    if (!replica.ok())
        return replica.error();
    m_shown = std::move(*replica);
    PastText past;
    past.version = static_cast<qint64>(version);
    past.text = QString::fromStdString(m_shown.text());
    qsizetype start = 0;
    std::size_t index = 0;
    for (const AuthorRange& range : m_shown.authors()) {
        index += range.length;
        const auto end = static_cast<qsizetype>(m_shown.utf16OfIndex(index));
        past.authors.append({static_cast<qint64>(range.replica),
                             QString::fromStdString(m_log.nameOf(range.replica)), start, end - start});
        start = end;
    }
    return past;
}

std::int64_t PastReplay::writtenMs(qsizetype position) const {
    const auto place = static_cast<std::size_t>(position);
    if (place >= m_shown.utf16Length())
        return 0;
    const OpId element = m_shown.anchorAt(m_shown.indexOfUtf16(place), Side::left).element;
    const auto changes = m_changesOf.find(element.replica);
    if (changes == m_changesOf.end())
        return 0;
    const auto behind = std::upper_bound(changes->second.begin(), changes->second.end(),
                                         std::pair(element.counter, std::numeric_limits<Seq>::max()));
    return behind == changes->second.begin() ? 0 : m_log.timeMs(std::prev(behind)->second);
}

PastPlayer::PastPlayer(QObject* parent) : QObject(parent), m_worker(new QObject) {
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start(QThread::LowPriority);
}

PastPlayer::~PastPlayer() {
    m_thread.quit();
    m_thread.wait();
}

void PastPlayer::load(const QByteArray& archive) {
    QMetaObject::invokeMethod(m_worker, [this, archive] {
        begin(PastLog::read({archive.constData(), static_cast<std::size_t>(archive.size())}));
    });
}

void PastPlayer::play(PastLog log) {
    QMetaObject::invokeMethod(m_worker, [this, log = std::move(log)] { begin(log); });
}

void PastPlayer::begin(Result<PastLog> log) {
    if (!log.ok())
        return;
    auto replay = PastReplay::of(std::move(*log));
    if (!replay.ok())
        return;
    m_replay = std::move(*replay);
    emit ready(static_cast<qint64>(m_replay->head()));
}

void PastPlayer::show(qint64 version) {
    m_wanted = version;
    QMetaObject::invokeMethod(m_worker, [this] {
        const qint64 wanted = m_wanted.exchange(-1); // -1: a call before has answered for this one
        if (wanted < 0 || !m_replay || wanted > static_cast<qint64>(m_replay->head()))
            return;
        if (auto past = m_replay->at(static_cast<Seq>(wanted)); past.ok())
            emit arrived(*past);
    });
}

void PastPlayer::askWritten(int position) {
    QMetaObject::invokeMethod(m_worker, [this, position] {
        if (const std::int64_t ms = m_replay ? m_replay->writtenMs(position) : 0; ms > 0)
            emit writtenTold(position, QDateTime::fromMSecsSinceEpoch(ms));
    });
}

} // namespace tandem
