// Ops to bytes and back (FORMAT.md), one at a time and without memory of their own, so that a change can be
// applied as it is read. For change.cpp, change_stream.cpp and Replica.
#pragma once

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/utf8.h"
#include "crdt/local_edit.h"
#include "crdt/text_edit.h"

#include <array>
#include <map>
#include <optional>
#include <span>

namespace tandem {

// References of one change to other replicas' elements are numbered in the order of their first use.
class ForeignReplicas {
public:
    // 0 when it is new.
    std::size_t find(ReplicaId replica) const;
    void add(ReplicaId replica);
    // Precondition: number is 1 to size().
    ReplicaId operator[](std::size_t number) const { return m_ids[number - 1]; }
    std::size_t size() const { return m_ids.size(); }

private:
    static constexpr std::size_t few = 16; // looked through one by one

    std::vector<ReplicaId> m_ids;
    std::optional<std::map<ReplicaId, std::size_t>> m_numbers; // where they are more
};

class OpWriter {
public:
    // `current` is the id of the first op to come.
    OpWriter(std::string& out, OpId current) : m_out(out), m_current(current) {}

    void insert(OpId parent, Side side, std::u32string_view text);
    void erase(std::span<const ElementRange> ranges);

private:
    void header(unsigned kind, std::size_t count);
    void varint(std::uint64_t value);
    void reference(OpId target);
    void put(std::uint64_t byte) { m_bytes[m_count++] = static_cast<char>(byte); }
    void writeOut() {
        m_out.append(m_bytes.data(), m_count);
        m_count = 0;
    }

    std::string& m_out;
    // Bytes of a header and a reference, which go out together.
    std::array<char, 64> m_bytes;
    std::size_t m_count = 0;
    OpId m_current;
    ForeignReplicas m_foreign;
};

// Writes an edit that is a letter of ASCII, which continues its replica's last element, or deletes an own
// element. False: it is something else.
bool writeKey(const LocalEdit& edit, std::string& out);
// Kinds of FORMAT.md. A header has 2 bits for the kind and 6 for the count - 1.
namespace op_kind {
enum Kind : unsigned { continuing = 0, rightOf = 1, leftOf = 2, deleting = 3 };
}

// Is all of `ops` a letter of ASCII that continues its replica's last element? It is the second byte.
inline bool isKey(std::string_view ops) {
    return ops.size() == 2 && ops[0] == char{op_kind::continuing} &&
           static_cast<unsigned char>(ops[1]) < 0x80;
}
// Is it the deletion of one own element, not far back? Gives its distance from the current counter; 0: it is
// something else.
inline Counter distanceErased(std::string_view ops) {
    if (ops.size() < 2 || ops.size() > 3 || ops[0] != char{op_kind::deleting})
        return 0;
    const auto low = static_cast<unsigned char>(ops[1]);
    if (ops.size() == 2)
        return low < 0x80 && low % 2 == 0 ? low / 2u : 0;
    const auto high = static_cast<unsigned char>(ops[2]);
    return low >= 0x80 && low % 2 == 0 && high - 1u < 0x7F ? (low - 0x80u) / 2 + high * 64u : 0;
}

// One op as it stands in the bytes.
struct OpView {
    OpId id;
    bool isInsert = false;
    // Of an insertion.
    OpId parent;
    Side side = Side::right;
    Counter length = 0;    // code points
    std::string_view utf8; // valid
    // Of a deletion: what OpReader::nextRange() gives so many times.
    std::size_t rangeCount = 0;

    Counter counterCount() const { return isInsert ? length : 1; }
    template <typename Text>
    void appendTextTo(Text& out) const {
        if (utf8.size() == length)
            appendAsciiTo(out, utf8);
        else
            appendUtf8To(out, utf8);
    }
};

// The text of an insertion as code points, without memory of its own where it is short and of ASCII.
class OpText {
public:
    explicit OpText(const OpView& op) : m_text(m_few.data(), op.length) {
        if (op.utf8.size() == op.length && op.length <= m_few.size()) {
            putAscii(m_few.data(), op.utf8);
            return;
        }
        op.appendTextTo(m_many);
        m_text = m_many;
    }
    OpText(const OpText&) = delete;
    OpText& operator=(const OpText&) = delete;

    operator std::u32string_view() const { return m_text; }
    // Gives the text away to an edit.
    void appendTo(TextEdits& edits, std::size_t index, std::size_t utf16Index) && {
        if (m_many.empty())
            appendInsertion(edits, index, utf16Index, m_text);
        else
            appendInsertion(edits, index, utf16Index, std::move(m_many));
    }

private:
    std::array<char32_t, 64> m_few;
    std::u32string m_many;
    std::u32string_view m_text;
};

class OpReader {
public:
    OpReader(std::string_view ops, OpId first) : m_in(ops), m_next(first.counter), m_replica(first.replica) {}

    // After the last op, or the first fault, next() gives false; then ok() tells which. All ranges of a
    // deletion must be taken before the next op.
    bool next(OpView& op);
    ElementRange nextRange();
    // Takes the next op if it deletes one own element, and gives the distance from its counter; else 0, and
    // nothing is taken.
    Counter nextErased();
    bool ok() const { return m_in.ok(); }
    bool atEnd() const { return m_in.atEnd(); }

private:
    OpId reference(OpId current);
    bool readInsert(OpView& op, unsigned kind, std::uint64_t count);

    ByteReader m_in;
    std::uint64_t m_next;
    ReplicaId m_replica;
    OpId m_current;
    // Of a deletion: the length, where the header has it; else whether there is one range alone.
    Counter m_headerLength = 0;
    bool m_isOnlyRange = false;
    ForeignReplicas m_foreign;
};

inline Counter OpReader::nextErased() {
    const std::string_view ops = m_in.rest();
    if (ops.size() < 2 || ops.front() != char{op_kind::deleting} || m_next >= maxCounter)
        return 0;
    ByteReader in(ops.substr(1));
    const std::uint64_t reference = in.varint();
    const std::uint64_t distance = reference >> 1;
    if (!in.ok() || (reference & 1) != 0 || distance == 0 || distance >= m_next)
        return 0;
    m_in = in;
    ++m_next;
    return static_cast<Counter>(distance);
}

} // namespace tandem
