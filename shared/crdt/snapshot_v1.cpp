// Snapshots as format 1 wrote them (FORMAT.md).
#include "crdt/snapshot_v1.h"

#include "base/byte_reader.h"
#include "base/utf8.h"
#include "crdt/document.h"

#include <map>

namespace tandem {

namespace {

constexpr std::string_view magic = "TDS1";

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
            m_document.advance(id, highest);
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
        if (!m_in.ok() || id.counter == 0 || continuesOther || !m_document.find(parent).exists() ||
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
            Document::LoadedRun run{id, {parent, side}, {}, 0};
            std::u32string text;
            if (header % 2 == 1) {
                run.deletedLength = static_cast<std::uint32_t>(length);
            } else {
                text = readText(length);
                run.text = text;
            }
            if (!m_in.ok())
                return;
            m_document.load(run);
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
    bool isFree(OpId first, std::uint64_t length) {
        const std::uint64_t last = first.counter + length - 1;
        if (last > m_document.version().highest(first.replica))
            return false;
        std::map<Counter, Counter>& taken = m_taken[first.replica];
        const auto after = taken.upper_bound(static_cast<Counter>(last));
        if (after != taken.begin() && std::prev(after)->second > first.counter)
            return false;
        // Joined with the one before, which it nearly always follows.
        if (after != taken.begin() && std::prev(after)->second == first.counter)
            std::prev(after)->second = static_cast<Counter>(last + 1);
        else
            taken.emplace(first.counter, static_cast<Counter>(last + 1));
        return true;
    }

    ByteReader m_in;
    Document& m_document;
    std::vector<ReplicaId> m_replicas;
    std::map<ReplicaId, std::map<Counter, Counter>> m_taken; // first counter -> end
};

} // namespace

bool isSnapshotV1(std::string_view bytes) {
    return bytes.starts_with(magic);
}

Result<void> decodeSnapshotV1(std::string_view bytes, Document& document) {
    return Decoder(bytes, document).run();
}

} // namespace tandem
