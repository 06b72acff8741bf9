#include "crdt/op_codec.h"

#include "base/utf8.h"

namespace tandem {

namespace {

using namespace op_kind;

constexpr std::size_t mostInHeader = 63;

bool continues(OpId parent, Side side, OpId current) {
    return side == Side::right && current.counter > 1 && parent.replica == current.replica &&
           parent.counter + 1 == current.counter;
}

} // namespace

std::size_t ForeignReplicas::find(ReplicaId replica) const {
    if (m_numbers) {
        const auto entry = m_numbers->find(replica);
        return entry == m_numbers->end() ? 0 : entry->second;
    }
    for (std::size_t i = 0; i < m_ids.size(); ++i) {
        if (m_ids[i] == replica)
            return i + 1;
    }
    return 0;
}

void ForeignReplicas::add(ReplicaId replica) {
    m_ids.push_back(replica);
    if (m_ids.size() <= few)
        return;
    if (!m_numbers)
        m_numbers.emplace();
    for (std::size_t number = m_numbers->size() + 1; number <= m_ids.size(); ++number)
        m_numbers->emplace(m_ids[number - 1], number);
}

// --- writing

void OpWriter::varint(std::uint64_t value) {
    while (value >= 0x80) {
        put(value | 0x80);
        value >>= 7;
    }
    put(value);
}

void OpWriter::header(unsigned kind, std::size_t count) {
    if (count <= mostInHeader) {
        put(kind | (count - 1) << 2);
        return;
    }
    put(kind | mostInHeader << 2);
    varint(count - mostInHeader - 1);
}

void OpWriter::reference(OpId target) {
    if (target.isRoot()) {
        put(0);
    } else if (target.replica == m_current.replica) {
        varint(std::uint64_t{m_current.counter - target.counter} << 1);
    } else {
        const std::size_t known = m_foreign.find(target.replica);
        varint(known << 1 | 1);
        if (known == 0) {
            varint(target.replica);
            m_foreign.add(target.replica);
        }
        varint(target.counter);
    }
}

void OpWriter::insert(OpId parent, Side side, std::u32string_view text) {
    if (continues(parent, side, m_current)) {
        header(continuing, text.size());
    } else {
        header(side == Side::right ? rightOf : leftOf, text.size());
        reference(parent);
    }
    writeOut();
    appendUtf8(m_out, text);
    m_current.counter += static_cast<Counter>(text.size());
}

void OpWriter::erase(std::span<const ElementRange> ranges) {
    if (ranges.size() == 1 && ranges.front().length <= mostInHeader) {
        header(deleting, ranges.front().length);
        reference(ranges.front().first);
    } else {
        put(deleting | mostInHeader << 2);
        varint(ranges.size() - 1);
        for (const ElementRange& range : ranges) {
            writeOut();
            reference(range.first);
            varint(range.length - 1);
        }
    }
    writeOut();
    ++m_current.counter;
}

// --- reading

bool writeKey(const LocalEdit& edit, std::string& out) {
    if (edit.key == LocalEdit::Key::typed) {
        if (edit.inserted.front() >= 0x80)
            return false;
        const char bytes[] = {char{continuing}, static_cast<char>(edit.inserted.front())};
        out.append(bytes, sizeof bytes);
        return true;
    }
    if (edit.key == LocalEdit::Key::erased && edit.deleted.front().first.replica == edit.first.replica) {
        const std::uint64_t reference = std::uint64_t{edit.first.counter - edit.deleted.front().first.counter}
                                        << 1;
        if (reference >= 0x4000)
            return false;
        const bool isLong = reference >= 0x80;
        const char bytes[] = {char{deleting}, static_cast<char>(reference | (isLong ? 0x80 : 0)),
                              static_cast<char>(reference >> 7)};
        out.append(bytes, isLong ? 3 : 2);
        return true;
    }
    return false;
}

OpId OpReader::reference(OpId current) {
    const std::uint64_t value = m_in.varint();
    const std::uint64_t number = value >> 1;
    if ((value & 1) == 0) {
        if (number == 0)
            return OpId::root();
        if (number >= current.counter)
            m_in.fail();
        return {current.replica, static_cast<Counter>(current.counter - number)};
    }
    OpId target;
    if (number == 0) {
        target.replica = m_in.varintUpTo(maxReplicaId);
        if (target.replica == 0 || target.replica == current.replica || m_foreign.find(target.replica) != 0)
            m_in.fail();
        m_foreign.add(target.replica);
    } else if (number <= m_foreign.size()) {
        target.replica = m_foreign[number];
    } else {
        m_in.fail();
    }
    target.counter = static_cast<Counter>(m_in.varintUpTo(maxCounter));
    if (target.counter == 0)
        m_in.fail();
    return target;
}

bool OpReader::readInsert(OpView& op, unsigned kind, std::uint64_t count) {
    op.isInsert = true;
    op.length = static_cast<Counter>(count);
    op.side = kind == leftOf ? Side::left : Side::right;
    if (kind == continuing) {
        op.parent = {m_replica, op.id.counter - 1};
        if (op.id.counter == 1)
            m_in.fail();
    } else {
        op.parent = reference(op.id);
        if (continues(op.parent, op.side, op.id) || (op.parent.isRoot() && op.side == Side::left))
            m_in.fail();
    }
    if (count == 1 && !m_in.atEnd() && static_cast<unsigned char>(m_in.rest().front()) < 0x80) { // a key
        op.utf8 = m_in.bytes(1);
        return m_in.ok();
    }
    const std::size_t bytes = utf8Prefix(m_in.rest(), count);
    if (bytes == 0)
        m_in.fail();
    op.utf8 = m_in.bytes(bytes);
    return m_in.ok();
}

bool OpReader::next(OpView& op) {
    if (!m_in.ok() || m_in.atEnd())
        return false;
    const std::uint8_t byte = m_in.byte();
    const unsigned kind = byte & 3;
    std::uint64_t count = (byte >> 2) + 1u;
    op.id = {m_replica, static_cast<Counter>(m_next)};
    m_current = op.id;
    if (kind == deleting) {
        op.isInsert = false;
        op.rangeCount = 1;
        m_headerLength = static_cast<Counter>(count);
        if (count > mostInHeader) {
            m_headerLength = 0;
            const std::uint64_t more = m_in.varint();
            if (more >= m_in.remaining()) // a range takes at least two bytes
                m_in.fail();
            op.rangeCount = static_cast<std::size_t>(more) + 1;
            m_isOnlyRange = more == 0;
        }
        count = 1;
    } else if (count > mostInHeader) {
        const std::uint64_t more = m_in.varint();
        if (more > m_in.remaining())
            m_in.fail();
        count = more + mostInHeader + 1;
    }
    if (m_next + count - 1 > maxCounter)
        m_in.fail();
    m_next += count;
    return kind == deleting ? m_in.ok() : readInsert(op, kind, count);
}

ElementRange OpReader::nextRange() {
    ElementRange range;
    range.first = reference(m_current);
    range.length = m_headerLength;
    if (m_headerLength == 0) {
        range.length = static_cast<Counter>(m_in.varintUpTo(maxCounter - 1)) + 1;
        if (m_isOnlyRange && range.length <= mostInHeader)
            m_in.fail(); // the header has room for it
    }
    if (range.first.isRoot() || range.length - 1 > maxCounter - range.first.counter)
        m_in.fail();
    return range;
}

} // namespace tandem
