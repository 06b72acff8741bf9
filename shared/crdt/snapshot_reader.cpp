#include "crdt/snapshot_reader.h"

#include "base/utf8.h"
#include "crdt/document.h"

#include <algorithm>

namespace tandem {

using namespace snapshot_format;

bool SnapshotReader::read() {
    if (m_in.bytes(magic.size()) != magic || !readAuthors())
        return false;
    std::array<std::string_view, 6> columns;
    for (std::string_view& column : columns)
        column = m_in.bytes(m_in.varintUpTo(m_in.remaining()));
    if (!m_in.ok())
        return false;
    m_text = m_in.rest();
    if (!readPieces(ByteReader(columns[0]), ByteReader(columns[1]), ByteReader(columns[2])) ||
        !readRuns(ByteReader(columns[3]), ByteReader(columns[4]), ByteReader(columns[5])) || !checkSiblings())
        return false;
    if (m_visible > m_text.size())
        return false;
    const std::size_t bytes = utf8Prefix(m_text, static_cast<std::size_t>(m_visible));
    return bytes == m_text.size() && (bytes > 0 || m_visible == 0);
}

bool SnapshotReader::readAuthors() {
    const std::uint64_t count = m_in.varintUpTo(m_in.remaining());
    for (std::uint64_t i = 0; i < count; ++i) {
        const Author author{m_in.varintUpTo(maxReplicaId),
                            static_cast<Counter>(m_in.varintUpTo(maxCounter - 1))};
        const ReplicaId last = m_authors.empty() ? 0 : m_authors.back().replica;
        if (!m_in.ok() || author.replica <= last || author.highest == 0)
            return false;
        m_authors.push_back(author);
    }
    return m_in.ok();
}

bool SnapshotReader::readPieces(ByteReader flags, ByteReader longSteps, ByteReader lengths) {
    m_pieces.reserve(flags.remaining());
    m_path.enter({rootRun, 0}, 0, 1);
    while (!flags.atEnd()) {
        const unsigned byte = flags.byte();
        std::uint32_t step = byte >> stepShift;
        if (step == longStep)
            step += static_cast<std::uint32_t>(longSteps.varintUpTo(maxElements));
        if (!longSteps.ok() || !readPiece(byte, step, lengths))
            return false;
    }
    return m_walk.isComplete() && longSteps.atEnd() && lengths.ok() && lengths.atEnd();
}

bool SnapshotReader::readPiece(unsigned flags, std::uint32_t step, ByteReader& lengths) {
    const unsigned kind = flags & kindMask;
    const bool deleted = (flags & deletedFlag) != 0;
    const auto depth = m_walk.depthAfter(step, kind == border);
    if (!depth || kind > border || (kind == border && deleted))
        return false;
    if (kind == border)
        return readBorder(*depth);

    const std::uint64_t length = lengths.varint() + 1;
    m_elements += length;
    if (length > maxElements || m_elements > maxElements || *depth > maxElements - length)
        return false;
    m_visible += deleted ? 0 : length;
    const bool afterBorder = m_walk.afterBorder();
    m_walk.enter(*depth, static_cast<std::uint32_t>(length));
    m_path.cut(*depth - 1);
    const auto parent = m_path.at(*depth - 1);

    ReadPiece piece;
    piece.length = static_cast<std::uint32_t>(length);
    piece.depth = *depth;
    piece.deleted = deleted;
    piece.head = kind == head;
    if (piece.head) {
        piece.run = static_cast<RunNumber>(m_runs.size());
        m_runs.emplace_back();
        if (parent && parent->run != rootRun)
            m_rightHeads.emplace_back(*parent, piece.run);
    } else {
        if (!parent || parent->run == rootRun || parent->offset + 1 != m_runs[parent->run].length)
            return false;
        piece.run = parent->run;
        piece.offset = parent->offset + 1;
        // One piece where one would do.
        const ReadPiece& before = m_pieces.back();
        if (!afterBorder && before.run == piece.run && before.deleted == deleted)
            return false;
    }
    m_runs[piece.run].length += piece.length;
    const Element first{piece.run, piece.offset};
    if (!m_awaiting.empty() && m_awaiting.back().depth == piece.depth) {
        m_siblings.emplace_back(m_awaiting.back().before, first);
        m_awaiting.pop_back();
    }
    m_path.enter(first, piece.depth, piece.length);
    m_pieces.push_back(piece);
    return true;
}

bool SnapshotReader::readBorder(std::uint32_t depth) {
    // The sibling that has just ended is the one on the way to the last piece.
    m_path.cut(m_walk.lastDepth());
    const auto before = m_path.at(depth + 1);
    if (!before)
        return false;
    m_awaiting.push_back({depth + 1, *before});
    m_walk.enter(depth, 0);
    m_path.cut(depth);
    ReadPiece piece;
    piece.depth = depth;
    m_pieces.push_back(piece);
    return true;
}

bool SnapshotReader::readRuns(ByteReader authors, ByteReader ranks, ByteReader gaps) {
    std::vector<std::uint32_t> counts(m_authors.size() + 1);
    std::vector<std::uint32_t> expected(m_authors.size());
    for (Run& run : m_runs) {
        if (m_authors.size() > 1)
            run.author = static_cast<std::uint32_t>(authors.varint());
        if (!authors.ok() || run.author >= m_authors.size())
            return false;
        const std::int64_t rank = std::int64_t{expected[run.author]} + unzigzag(ranks.varintUpTo(maxCounter));
        if (!ranks.ok() || rank < 0 || rank >= static_cast<std::int64_t>(m_runs.size()))
            return false;
        run.rank = static_cast<std::uint32_t>(rank);
        expected[run.author] = run.rank + 1;
        ++counts[run.author + 1];
    }
    for (std::size_t i = 1; i < counts.size(); ++i)
        counts[i] += counts[i - 1];
    constexpr RunNumber none = ~RunNumber{0};
    m_byCounter.assign(m_runs.size(), none);
    for (RunNumber i = 0; i < m_runs.size(); ++i) {
        const Run& run = m_runs[i];
        if (run.rank >= counts[run.author + 1] - counts[run.author])
            return false;
        RunNumber& place = m_byCounter[counts[run.author] + run.rank];
        if (place != none)
            return false;
        place = i;
    }
    std::uint64_t next = 1;
    for (const RunNumber i : m_byCounter) {
        Run& run = m_runs[i];
        if (run.rank == 0)
            next = 1;
        next += gaps.varintUpTo(maxCounter);
        if (!gaps.ok() || next + run.length - 1 > m_authors[run.author].highest)
            return false;
        run.counter = static_cast<Counter>(next);
        next += run.length;
    }
    return authors.atEnd() && ranks.atEnd() && gaps.atEnd();
}

OpId SnapshotReader::idOf(Element element) const {
    const Run& run = m_runs[element.run];
    return {m_authors[run.author].replica, run.counter + element.offset};
}

// Siblings stand in the order of their ids, and what continues a run is no head.
bool SnapshotReader::checkSiblings() const {
    const bool ordered = std::all_of(m_siblings.begin(), m_siblings.end(), [this](const auto& pair) {
        return idOf(pair.first) < idOf(pair.second);
    });
    return ordered && std::none_of(m_rightHeads.begin(), m_rightHeads.end(), [this](const auto& pair) {
               const OpId parent = idOf(pair.first);
               return idOf({pair.second, 0}) == OpId{parent.replica, parent.counter + 1};
           });
}

} // namespace tandem
