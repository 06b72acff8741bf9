// Writes snapshots of format 2.
#include "crdt/document.h"
#include "crdt/snapshot.h"
#include "crdt/snapshot_format.h"

#include <algorithm>

namespace tandem {

namespace {

class Writer {
public:
    explicit Writer(const Document& document) : m_document(document) {}

    std::string run() {
        collect();
        ByteWriter out;
        out.bytes(snapshot_format::magic);
        const auto& entries = m_document.version().entries();
        out.varint(entries.size());
        for (const auto& [replica, highest] : entries) {
            m_replicaNumbers[replica] = m_replicaNumbers.size();
            out.varint(replica);
            out.varint(highest);
        }
        writeRuns();
        for (ByteWriter* column : {&m_flags, &m_longSteps, &m_lengths, &m_authors, &m_ranks, &m_gaps}) {
            out.varint(column->size());
            out.bytes(std::move(*column).take());
        }
        out.bytes(m_document.text().utf8());
        return std::move(out).take();
    }

private:
    struct Run {
        ReplicaIndex replica = 0;
        Counter counter = 0;
        std::uint32_t length = 0;
        std::uint32_t rank = 0;
    };

    // Pieces, those joined that belong together; what they are cut into in memory is no matter.
    void collect() {
        Piece joined;
        m_document.pieces().forEach([&](PieceTree::Place place, const Piece& piece) {
            const bool goesOn = !piece.isBorder() && !piece.head && !joined.isBorder() &&
                                joined.deleted == piece.deleted && joined.replica == piece.replica &&
                                joined.endCounter() == piece.counter && place != m_document.pieces().first();
            if (goesOn) {
                joined.length += piece.length;
                return;
            }
            if (m_any)
                write(joined);
            m_any = true;
            joined = piece;
        });
        write(joined);
    }

    void write(const Piece& piece) {
        if (piece.replica == 0 && !piece.isBorder()) { // the root stands for itself
            m_path.enter({snapshot_format::rootRun, 0}, 0, 1);
            return;
        }
        using namespace snapshot_format;
        const std::uint32_t step = m_walk.stepTo(piece.depth, piece.isBorder());
        const unsigned kind = piece.isBorder() ? border : piece.head ? head : continuation;
        const std::uint32_t inFlags = std::min(step, longStep);
        m_flags.byte(
            static_cast<std::uint8_t>(kind | (piece.deleted ? deletedFlag : 0) | inFlags << stepShift));
        if (inFlags == longStep)
            m_longSteps.varint(step - longStep);
        m_walk.enter(piece.depth, piece.length);
        if (piece.isBorder()) {
            m_path.cut(piece.depth);
            return;
        }
        m_lengths.varint(piece.length - 1);
        m_path.cut(piece.depth - 1);
        RunPath::Element first{static_cast<RunNumber>(m_runs.size()), 0};
        if (piece.head) {
            m_runs.push_back({piece.replica, piece.counter, 0, 0});
        } else {
            first.run = m_path.at(piece.depth - 1)->run;
            first.offset = m_runs[first.run].length;
        }
        m_runs[first.run].length += piece.length;
        m_path.enter(first, piece.depth, piece.length);
    }

    // Whose each run is, and when it was made, which is its counter's rank among its replica's: near to that
    // of the run before it in the text more often than not. Counters follow from ranks, lengths and gaps.
    void writeRuns() {
        std::vector<std::uint32_t> byCounter(m_runs.size());
        for (std::uint32_t i = 0; i < byCounter.size(); ++i)
            byCounter[i] = i;
        const auto number = [this](const Run& run) {
            return m_replicaNumbers.at(m_document.index().idOf(run.replica));
        };
        std::vector<std::size_t> numbers(m_runs.size());
        for (std::size_t i = 0; i < m_runs.size(); ++i)
            numbers[i] =
                i > 0 && m_runs[i].replica == m_runs[i - 1].replica ? numbers[i - 1] : number(m_runs[i]);
        std::sort(byCounter.begin(), byCounter.end(), [&](std::uint32_t a, std::uint32_t b) {
            return std::pair(numbers[a], m_runs[a].counter) < std::pair(numbers[b], m_runs[b].counter);
        });
        const Run* before = nullptr;
        for (const std::uint32_t i : byCounter) {
            Run& run = m_runs[i];
            const bool same = before && before->replica == run.replica;
            run.rank = same ? before->rank + 1 : 0;
            m_gaps.varint(run.counter - (same ? before->counter + before->length : 1));
            before = &run;
        }
        std::vector<std::uint32_t> expected(m_replicaNumbers.size());
        for (std::size_t i = 0; i < m_runs.size(); ++i) {
            std::uint32_t& next = expected[numbers[i]];
            if (m_replicaNumbers.size() > 1)
                m_authors.varint(numbers[i]);
            m_ranks.varint(snapshot_format::zigzag(m_runs[i].rank, next));
            next = m_runs[i].rank + 1;
        }
    }

    const Document& m_document;
    std::map<ReplicaId, std::size_t> m_replicaNumbers;
    bool m_any = false;
    DepthWalk m_walk;
    RunPath m_path;
    std::vector<Run> m_runs;
    ByteWriter m_flags;
    ByteWriter m_longSteps;
    ByteWriter m_lengths;
    ByteWriter m_authors;
    ByteWriter m_ranks;
    ByteWriter m_gaps;
};

} // namespace

std::string encodeSnapshot(const Document& document) {
    return Writer(document).run();
}

} // namespace tandem
