#include "crdt/change_stream.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace tandem {

namespace {

// The two low bits of a head, of FORMAT.md.
enum Head : std::uint64_t {
    goesOn = 0,  // the last change's replica, its next counter; above: 5 bits of it
    another = 1, // a replica that was here before, its next counter; above: which; then a byte of the counter
    jumps = 2,   // the same, but the counter is written out
    firstTime = 3, // a new replica and its counter are written out
};

} // namespace

void ChangeStream::writeOtherHead(ReplicaId replica, Counter first, Counter count, std::string& out) {
    ByteWriter head;
    if (const auto known = m_slots.find(replica); known != m_slots.end()) {
        m_last = known->second;
        if (m_authors[m_last].next == first) {
            head.varint(another | m_last << 2);
            head.byte(static_cast<std::uint8_t>(first));
        } else {
            head.varint(jumps | m_last << 2);
            head.varint(first);
        }
    } else {
        head.varint(firstTime);
        head.varint(replica);
        head.varint(first);
        m_last = m_authors.size();
        m_slots.emplace(replica, m_last);
        m_authors.push_back({replica, 0});
    }
    m_authors[m_last].next = first + count;
    out += std::move(head).take();
}

Result<EncodedChange> ChangeStream::readOtherHead(std::string_view bytes) {
    ByteReader in(bytes);
    const std::uint64_t head = in.varint();
    const std::uint64_t above = head >> 2;
    const auto kind = static_cast<Head>(head & 3);
    if (kind == firstTime) {
        const ReplicaId replica = in.varintUpTo(maxReplicaId);
        const auto first = static_cast<Counter>(in.varintUpTo(maxCounter));
        if (above != 0 || replica == 0 || first == 0 || !m_slots.emplace(replica, m_authors.size()).second)
            in.fail();
        else {
            m_last = m_authors.size();
            m_authors.push_back({replica, first});
        }
    } else if (kind == goesOn) {
        if (m_authors.empty() || above != (m_authors[m_last].next & checkBits))
            in.fail();
    } else if (above >= m_authors.size()) {
        in.fail();
    } else {
        m_last = static_cast<std::size_t>(above);
        Author& author = m_authors[m_last];
        if (kind == jumps)
            author.next = static_cast<Counter>(in.varintUpTo(maxCounter));
        else if (in.byte() != static_cast<std::uint8_t>(author.next))
            in.fail();
        if (author.next == 0)
            in.fail();
    }
    if (!in.ok() || in.atEnd())
        return Error{ErrorCode::malformed, "the stream of changes is not in step"};
    return EncodedChange{m_authors[m_last].replica, m_authors[m_last].next, in.rest()};
}

} // namespace tandem
