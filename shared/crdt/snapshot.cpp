#include "crdt/snapshot.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/utf8.h"
#include "crdt/document.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr std::string_view magic = "TDS1";

// A head and the continuations that follow it in its replica's counters.
struct Run {
    std::vector<BlockHandle> blocks;
};

std::vector<Run> runsOf(const Document& document) {
    std::vector<Run> runs;
    const TextTree& tree = document.tree();
    for (ReplicaIndex replica = 1; replica < document.index().replicaCount(); ++replica) {
        for (const auto& [counter, block] : document.index().blocksOf(replica)) {
            if (tree[block].kind == Block::Kind::head)
                runs.emplace_back();
            runs.back().blocks.push_back(block);
        }
    }
    // A parent is less deep than its children, and so is the head of its run. The ids make it one order.
    const auto key = [&](const Run& run) {
        const BlockHandle head = run.blocks.front();
        return std::pair(tree[head].depth, document.idOf({head, 0}));
    };
    std::sort(runs.begin(), runs.end(), [&key](const Run& a, const Run& b) { return key(a) < key(b); });
    return runs;
}

struct PieceOut {
    bool deleted = false;
    std::uint64_t length = 0;
    std::u32string text;
};

std::vector<PieceOut> piecesOf(const TextTree& tree, const Run& run) {
    std::vector<PieceOut> pieces;
    for (const BlockHandle handle : run.blocks) {
        const Block& block = tree[handle];
        if (pieces.empty() || pieces.back().deleted != block.deleted)
            pieces.push_back({block.deleted, 0, {}});
        pieces.back().length += block.length;
        pieces.back().text += block.text;
    }
    return pieces;
}

class Decoder {
public:
    Decoder(std::string_view bytes, Document& document) : m_in(bytes), m_document(document) {}

    Result<void> run() {
        if (m_in.bytes(magic.size()) != magic)
            return Error{ErrorCode::malformed, "these are not the bytes of a snapshot"};
        readReplicas();
        const std::uint64_t runs = m_in.varint();
        for (std::uint64_t i = 0; i < runs && m_in.ok(); ++i)
            readRun();
        if (!m_in.ok() || !m_in.atEnd())
            return Error{ErrorCode::malformed, "the snapshot is damaged"};
        return {};
    }

private:
    void readReplicas() {
        const std::uint64_t count = m_in.varint();
        ReplicaId last = 0;
        for (std::uint64_t i = 0; i < count && m_in.ok(); ++i) {
            const ReplicaId id = m_in.varintUpTo(maxReplicaId);
            const auto highest = static_cast<Counter>(m_in.varintUpTo(maxCounter - 1));
            if (id <= last || highest == 0) {
                m_in.fail();
                return;
            }
            m_replicas.push_back(id);
            m_document.version().advance(id, highest);
            last = id;
        }
    }

    ReplicaId replicaAt(std::uint64_t index) {
        if (index < m_replicas.size())
            return m_replicas[index];
        m_in.fail();
        return 0;
    }

    void readRun() {
        OpId id;
        id.replica = replicaAt(m_in.varint());
        id.counter = static_cast<Counter>(m_in.varintUpTo(maxCounter));
        OpId parent = OpId::root();
        if (const std::uint64_t index = m_in.varint(); index > 0) {
            parent.replica = replicaAt(index - 1);
            parent.counter = static_cast<Counter>(m_in.varintUpTo(maxCounter));
        }
        const Side side = m_in.byte() == 0 ? Side::left : Side::right;
        const bool continuesOther =
            side == Side::right && parent.replica == id.replica && parent.counter + 1 == id.counter;
        if (!m_in.ok() || id.counter == 0 || continuesOther || !m_document.find(parent) ||
            (parent.isRoot() && side == Side::left)) {
            m_in.fail();
            return;
        }
        readPieces(id, parent, side);
    }

    void readPieces(OpId id, OpId parent, Side side) {
        const std::uint64_t count = m_in.varint();
        if (count == 0)
            m_in.fail();
        for (std::uint64_t i = 0; i < count && m_in.ok(); ++i) {
            const std::uint64_t header = m_in.varint();
            const std::uint64_t length = header / 2;
            if (length == 0 || m_document.elementCount() + length > maxElements || !isFree(id, length)) {
                m_in.fail();
                return;
            }
            Document::Piece piece;
            std::u32string text;
            if (header % 2 == 1) {
                piece.deletedLength = static_cast<std::uint32_t>(length);
            } else {
                text = readText(length);
                piece.text = text;
            }
            if (!m_in.ok())
                return;
            m_document.insertRun(id, parent, side, piece, nullptr);
            id.counter += static_cast<Counter>(length);
            parent = {id.replica, id.counter - 1};
            side = Side::right;
        }
    }

    std::u32string readText(std::uint64_t length) {
        std::string_view rest = m_in.rest();
        auto text = takeUtf8(rest, length);
        if (!text.ok()) {
            m_in.fail();
            return {};
        }
        m_in.bytes(m_in.remaining() - rest.size());
        return std::move(*text);
    }

    // Are these counters covered by the version, and not an element's yet?
    bool isFree(OpId first, std::uint64_t length) const {
        const std::uint64_t last = first.counter + length - 1;
        if (last > m_document.version().highest(first.replica))
            return false;
        const auto replica = m_document.index().find(first.replica);
        if (!replica)
            return true;
        const auto entry = m_document.index().at(*replica, static_cast<Counter>(last));
        if (entry == m_document.index().blocksOf(*replica).end())
            return true;
        return m_document.tree()[entry->second].endCounter() <= first.counter;
    }

    ByteReader m_in;
    Document& m_document;
    std::vector<ReplicaId> m_replicas;
};

} // namespace

std::string encodeSnapshot(const Document& document) {
    ByteWriter out;
    out.bytes(magic);
    std::map<ReplicaId, std::uint64_t> indexes;
    const auto& entries = document.version().entries();
    out.varint(entries.size());
    for (const auto& [replica, highest] : entries) {
        indexes.emplace(replica, indexes.size());
        out.varint(replica);
        out.varint(highest);
    }

    const std::vector<Run> runs = runsOf(document);
    out.varint(runs.size());
    for (const Run& run : runs) {
        const BlockHandle head = run.blocks.front();
        const OpId id = document.idOf({head, 0});
        const OpId parent = document.parentOf(head);
        out.varint(indexes.at(id.replica));
        out.varint(id.counter);
        out.varint(parent.isRoot() ? 0 : indexes.at(parent.replica) + 1);
        if (!parent.isRoot())
            out.varint(parent.counter);
        out.byte(document.tree()[head].side == Side::left ? 0 : 1);

        const std::vector<PieceOut> pieces = piecesOf(document.tree(), run);
        out.varint(pieces.size());
        for (const PieceOut& piece : pieces) {
            out.varint(piece.length * 2 + (piece.deleted ? 1 : 0));
            out.bytes(toUtf8(piece.text));
        }
    }
    return std::move(out).take();
}

Result<void> decodeSnapshot(std::string_view bytes, Document& document) {
    return Decoder(bytes, document).run();
}

} // namespace tandem
