#include "crdt/snapshot.h"

#include "base/utf8.h"
#include "crdt/document.h"
#include "crdt/snapshot_reader.h"
#include "crdt/snapshot_v1.h"

#include <algorithm>

namespace tandem {

namespace {

const Error damaged{ErrorCode::malformed, "the snapshot is damaged"};

// The pieces of a document, the longest cut; and how to go through them by counter.
void fill(const SnapshotReader& in, Document& document) {
    std::vector<ReplicaIndex> replicas(in.authors().size());
    for (const SnapshotReader::Run& run : in.runs()) {
        if (replicas[run.author] == 0)
            replicas[run.author] = document.indexFor(in.authors()[run.author].replica);
    }
    std::vector<Piece> pieces;
    pieces.reserve(in.pieces().size() + 1);
    Piece root;
    root.length = 1;
    root.deleted = true;
    root.head = true;
    pieces.push_back(root);
    std::vector<std::uint32_t> counts(in.runs().size() + 1); // pieces of each run
    std::vector<RunNumber> runOf{0};
    runOf.reserve(in.pieces().size() + 1);
    for (const SnapshotReader::ReadPiece& read : in.pieces()) {
        Piece piece;
        piece.depth = read.depth;
        if (read.length == 0) {
            pieces.push_back(piece);
            runOf.push_back(0);
            continue;
        }
        const SnapshotReader::Run& run = in.runs()[read.run];
        piece.replica = replicas[run.author];
        piece.counter = run.counter + read.offset;
        piece.deleted = read.deleted;
        piece.head = read.head;
        const std::uint32_t longest = piece.deleted ? maxDeletedLength : maxPieceLength;
        for (std::uint32_t left = read.length; left > 0; left -= piece.length) {
            piece.length = std::min(left, longest);
            pieces.push_back(piece);
            runOf.push_back(read.run);
            ++counts[read.run + 1];
            piece.counter += piece.length;
            piece.depth += piece.length;
            piece.head = false;
        }
    }
    // Where each run's pieces begin in an order by counter, which they have within a run.
    std::uint32_t begin = 0;
    std::vector<std::uint32_t> next(in.runs().size());
    for (const RunNumber run : in.runsByCounter()) {
        next[run] = begin;
        begin += counts[run + 1];
    }
    std::vector<std::uint32_t> byCounter(begin);
    for (std::uint32_t i = 1; i < pieces.size(); ++i) {
        if (!pieces[i].isBorder())
            byCounter[next[runOf[i]]++] = i;
    }
    for (const SnapshotReader::Author& author : in.authors())
        document.advance(author.replica, author.highest);
    document.loadAll(pieces, byCounter, in.text());
}

} // namespace

Result<void> decodeSnapshot(std::string_view bytes, Document& document) {
    if (isSnapshotV1(bytes))
        return decodeSnapshotV1(bytes, document);
    SnapshotReader in(bytes);
    if (!in.read())
        return damaged;
    fill(in, document);
    return {};
}

std::string encodeDeletedText(const Document& document) {
    // Counts of elements whose text is known and is not, in turn; then the text.
    std::vector<std::uint64_t> counts{0};
    bool known = true;
    std::string text;
    const auto count = [&](bool isKnown, std::uint64_t more) {
        if (isKnown != known) {
            counts.push_back(0);
            known = isKnown;
        }
        counts.back() += more;
    };
    const DeletedText::Lookup lookup(document.deletedText());
    document.pieces().forEach([&](PieceTree::Place, const Piece& piece) {
        if (!piece.deleted || piece.replica == 0)
            return;
        lookup.visit(
            piece.replica, piece.counter, piece.length,
            [&](std::u32string_view part) {
                count(true, part.size());
                appendUtf8(text, part);
            },
            [&](std::uint64_t missing) { count(false, missing); });
    });
    ByteWriter out;
    out.bytes(snapshot_format::deletedMagic);
    out.varint(counts.size());
    for (const std::uint64_t one : counts)
        out.varint(one);
    out.bytes(text);
    return std::move(out).take();
}

Result<void> restoreDeletedText(std::string_view snapshot, std::string_view deletedText, Document& document) {
    SnapshotReader structure(snapshot);
    ByteReader in(deletedText);
    if (!structure.read() || in.bytes(snapshot_format::deletedMagic.size()) != snapshot_format::deletedMagic)
        return damaged;
    std::vector<std::uint64_t> counts(in.varintUpTo(in.remaining()));
    std::uint64_t known = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        counts[i] = in.varintUpTo(maxElements);
        known += i % 2 == 0 ? counts[i] : 0;
    }
    const auto text = fromUtf8(in.rest());
    if (!in.ok() || !text.ok() || text->size() != known)
        return damaged;
    // Collected first, so that nothing has happened when something is wrong.
    struct Part {
        ReplicaIndex replica;
        Counter first;
        std::u32string_view text;
    };
    std::vector<Part> parts;
    std::u32string_view rest = *text;
    std::size_t at = 0;
    for (const SnapshotReader::ReadPiece& piece : structure.pieces()) {
        if (!piece.deleted)
            continue;
        const SnapshotReader::Run& run = structure.runs()[piece.run];
        const ReplicaIndex replica = document.index().find(structure.authors()[run.author].replica);
        for (std::uint32_t done = 0; done < piece.length;) {
            while (at < counts.size() && counts[at] == 0)
                ++at;
            if (at == counts.size() || replica == noReplica)
                return damaged;
            const Counter first = run.counter + piece.offset + done;
            const PieceTree::Place place = document.pieces().find(replica, first);
            if (!place.exists() || !document.pieces().piece(place).deleted)
                return damaged;
            const std::uint64_t here = document.pieces().piece(place).length - place.offset;
            const auto length =
                static_cast<std::uint32_t>(std::min({std::uint64_t{piece.length - done}, counts[at], here}));
            if (at % 2 == 0) {
                parts.push_back({replica, first, rest.substr(0, length)});
                rest.remove_prefix(length);
            }
            counts[at] -= length;
            done += length;
        }
    }
    if (!rest.empty())
        return damaged;
    const DeletedText::Lookup before(document.deletedText());
    std::vector<Part> missing;
    for (const Part& part : parts) {
        std::size_t offset = 0;
        before.visit(
            part.replica, part.first, part.text.size(),
            [&](std::u32string_view here) { offset += here.size(); },
            [&](std::uint64_t length) {
                missing.push_back({part.replica, static_cast<Counter>(part.first + offset),
                                   part.text.substr(offset, length)});
                offset += length;
            });
    }
    for (const Part& part : missing)
        document.addDeletedText(part.replica, part.first, static_cast<Counter>(part.text.size()),
                                toUtf16(part.text));
    return {};
}

} // namespace tandem
