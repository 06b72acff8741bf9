// Reads the structure of a snapshot of format 2 from bytes that anyone may have sent. For snapshot.cpp.
//
// What comes out is a document's: a tree in Fugue's order, every element with an id of its own. Iterative;
// memory in proportion to the bytes.
#pragma once

#include "crdt/op_id.h"
#include "crdt/snapshot_format.h"

namespace tandem {

class SnapshotReader {
public:
    struct Author {
        ReplicaId replica = 0;
        Counter highest = 0;
    };
    // As in PieceTree, but whole however long; the replica is a number in authors().
    struct ReadPiece {
        RunNumber run = 0;
        std::uint32_t offset = 0; // of its first element in the run
        std::uint32_t length = 0; // 0: a border
        std::uint32_t depth = 0;
        bool deleted = false;
        bool head = false;
    };
    struct Run {
        std::uint32_t author = 0;
        Counter counter = 0; // of its first element
        std::uint32_t length = 0;
        std::uint32_t rank = 0;
    };

    explicit SnapshotReader(std::string_view bytes) : m_in(bytes) {}

    // False: these are not the bytes of a snapshot. Everything else holds only after true.
    bool read();

    const std::vector<Author>& authors() const { return m_authors; }
    const std::vector<ReadPiece>& pieces() const { return m_pieces; } // without the root
    const std::vector<Run>& runs() const { return m_runs; }
    // Runs by author and counter.
    const std::vector<RunNumber>& runsByCounter() const { return m_byCounter; }
    std::string_view text() const { return m_text; } // UTF-8, as long as the pieces say

private:
    using Element = RunPath::Element;
    struct Column {
        ByteReader in{std::string_view()};
    };

    bool readAuthors();
    bool readPieces(ByteReader flags, ByteReader longSteps, ByteReader lengths);
    bool readPiece(unsigned flags, std::uint32_t step, ByteReader& lengths);
    bool readBorder(std::uint32_t depth);
    bool readRuns(ByteReader authors, ByteReader ranks, ByteReader gaps);
    bool checkSiblings() const;
    OpId idOf(Element element) const;

    ByteReader m_in;
    std::vector<Author> m_authors;
    std::vector<ReadPiece> m_pieces;
    std::vector<Run> m_runs;
    std::vector<RunNumber> m_byCounter;
    std::string_view m_text;

    DepthWalk m_walk;
    RunPath m_path;
    std::uint64_t m_elements = 0;
    std::uint64_t m_visible = 0;
    // Behind a border: the sibling before it, until the one after it comes.
    struct Awaiting {
        std::uint32_t depth = 0;
        Element before;
    };
    std::vector<Awaiting> m_awaiting;
    std::vector<std::pair<Element, Element>> m_siblings; // that stand one after the other
    // Heads that are right children of an element, which they must not simply continue.
    std::vector<std::pair<Element, RunNumber>> m_rightHeads;
};

} // namespace tandem
