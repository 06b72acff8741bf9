#include "wasm/page_journal.h"

#include "wasm/exchange.h"

#include <iterator>

namespace tandem {

namespace {

using exchange::readString;
using exchange::writeString;

std::string headOf(const OpenDocument::Leftover& leftover) {
    ByteWriter out;
    writeString(out, leftover.epoch);
    out.varint(leftover.authors.size());
    for (const OpenDocument::Author& author : leftover.authors) {
        out.varint(author.replica);
        writeString(out, author.key);
    }
    out.varint(leftover.doneAnew.size());
    for (const auto& [replica, first] : leftover.doneAnew) {
        out.varint(replica);
        out.varint(first);
    }
    out.varint(leftover.leftEpochs.size());
    for (const std::string& epoch : leftover.leftEpochs)
        writeString(out, epoch);
    return std::move(out).take();
}

std::string bytesOf(const Outbox::Entry& entry) {
    ByteWriter out;
    out.varint(entry.replica);
    out.varint(entry.first);
    out.varint(entry.last);
    out.bytes(entry.bytes);
    return std::move(out).take();
}

Counter readCounter(ByteReader& in) {
    return static_cast<Counter>(in.varintUpTo(maxCounter));
}

} // namespace

std::string PageJournal::takeChanges() {
    const OpenDocument::Leftover leftover = m_document.leftover();
    ByteWriter came;
    std::size_t cameCount = 0;
    std::map<OpId, std::uint64_t> stored;
    for (const Outbox::Entry& entry : leftover.outbox) {
        const OpId id{entry.replica, entry.first};
        auto known = m_stored.extract(id);
        if (known.empty()) {
            came.varint(++m_lastNumber);
            writeString(came, bytesOf(entry));
            ++cameCount;
            stored.emplace(id, m_lastNumber);
        } else {
            stored.insert(std::move(known));
        }
    }
    ByteWriter out;
    out.varint(leftover.outbox.size());
    writeString(out, headOf(leftover));
    out.varint(cameCount);
    out.bytes(std::move(came).take());
    out.varint(m_stored.size());
    for (const auto& [id, number] : m_stored)
        out.varint(number);
    m_stored = std::move(stored);
    return std::move(out).take();
}

Result<OpenDocument::Leftover> leftoverFrom(std::string_view head, std::span<const std::string> entries) {
    const Error damaged{ErrorCode::malformed, "what was kept in this browser is damaged"};
    OpenDocument::Leftover leftover;
    ByteReader in(head);
    leftover.epoch = readString(in);
    for (std::uint64_t left = in.varintUpTo(in.remaining()); left > 0 && in.ok(); --left) {
        const ReplicaId replica = in.varintUpTo(maxReplicaId);
        leftover.authors.push_back({replica, readString(in)});
    }
    for (std::uint64_t left = in.varintUpTo(in.remaining()); left > 0 && in.ok(); --left) {
        const ReplicaId replica = in.varintUpTo(maxReplicaId);
        leftover.doneAnew[replica] = readCounter(in);
    }
    for (std::uint64_t left = in.varintUpTo(in.remaining()); left > 0 && in.ok(); --left)
        leftover.leftEpochs.insert(readString(in));
    if (!in.ok())
        return damaged;
    for (const std::string& bytes : entries) {
        ByteReader entryIn(bytes);
        Outbox::Entry entry;
        entry.replica = entryIn.varintUpTo(maxReplicaId);
        entry.first = readCounter(entryIn);
        entry.last = readCounter(entryIn);
        entry.bytes = std::string(entryIn.rest());
        const auto change = decodeChange(entry.bytes);
        if (!entryIn.ok() || !change.ok() || change->replica != entry.replica ||
            change->first != entry.first || change->last() != entry.last)
            return damaged;
        leftover.outbox.push_back(std::move(entry));
    }
    return leftover;
}

bool join(OpenDocument::Leftover& leftover, OpenDocument::Leftover more) {
    if (!leftover.outbox.empty() && leftover.epoch != more.epoch)
        return false;
    leftover.epoch = std::move(more.epoch);
    std::move(more.outbox.begin(), more.outbox.end(), std::back_inserter(leftover.outbox));
    std::move(more.authors.begin(), more.authors.end(), std::back_inserter(leftover.authors));
    leftover.doneAnew.merge(more.doneAnew);
    leftover.leftEpochs.merge(more.leftEpochs);
    return true;
}

} // namespace tandem
