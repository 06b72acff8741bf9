// Changes as format 1 wrote them (FORMAT.md): logs and outboxes of before.
#include "crdt/change_v1.h"

#include "base/byte_reader.h"
#include "base/utf8.h"

namespace tandem {

namespace {

enum Kind : std::uint64_t { continuing = 0, rightOf = 1, leftOf = 2, deleting = 3 };
enum Reference : std::uint64_t { toRoot = 0, toOwn = 1, toForeign = 2 };

OpId readReference(ByteReader& in, OpId current) {
    switch (in.varintUpTo(toForeign)) {
    case toOwn: {
        const std::uint64_t distance = in.varintUpTo(current.counter - 1);
        if (distance == 0)
            in.fail();
        return {current.replica, static_cast<Counter>(current.counter - distance)};
    }
    case toForeign: {
        const OpId id{in.varintUpTo(maxReplicaId), static_cast<Counter>(in.varintUpTo(maxCounter))};
        if (id.replica == 0 || id.counter == 0 || id.replica == current.replica)
            in.fail();
        return id;
    }
    default:
        return OpId::root();
    }
}

bool continues(const InsertOp& insert, OpId current) {
    return insert.side == Side::right && current.counter > 1 &&
           insert.parent == OpId{current.replica, current.counter - 1};
}

InsertOp readInsert(ByteReader& in, Kind kind, std::size_t count, OpId current) {
    InsertOp insert;
    insert.side = kind == leftOf ? Side::left : Side::right;
    if (kind == continuing) {
        insert.parent = {current.replica, current.counter - 1};
        if (current.counter == 1)
            in.fail();
    } else {
        insert.parent = readReference(in, current);
        if (continues(insert, current) || (insert.parent.isRoot() && insert.side == Side::left))
            in.fail();
    }
    std::string_view rest = in.rest();
    auto text = takeUtf8(rest, count);
    if (!text.ok()) {
        in.fail();
        return insert;
    }
    in.bytes(in.remaining() - rest.size());
    insert.text = std::move(*text);
    return insert;
}

DeleteOp readDelete(ByteReader& in, std::size_t count, OpId current) {
    DeleteOp del;
    if (count > in.remaining()) { // a range takes at least two bytes
        in.fail();
        return del;
    }
    del.ranges.reserve(count);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        ElementRange range;
        range.first = readReference(in, current);
        range.length = static_cast<Counter>(in.varintUpTo(maxCounter - 1)) + 1;
        if (range.first.isRoot() || range.length - 1 > maxCounter - range.first.counter)
            in.fail();
        del.ranges.push_back(range);
    }
    return del;
}

} // namespace

Result<Change> decodeChangeV1(std::string_view bytes) {
    const Error malformed{ErrorCode::malformed, "these are not the bytes of a change"};
    ByteReader in(bytes);
    Change change;
    change.replica = in.varintUpTo(maxReplicaId);
    change.first = static_cast<Counter>(in.varintUpTo(maxCounter));
    if (!in.ok() || change.replica == 0 || change.first == 0 || in.atEnd())
        return malformed;

    std::uint64_t next = change.first;
    while (in.ok() && !in.atEnd()) {
        const std::uint64_t header = in.varint();
        const std::uint64_t count = header / 4;
        const auto kind = static_cast<Kind>(header % 4);
        const std::uint64_t used = kind == deleting ? 1 : count;
        if (count == 0 || count > bytes.size() || next + used - 1 > maxCounter)
            return malformed;
        const OpId current{change.replica, static_cast<Counter>(next)};
        if (kind == deleting)
            change.ops.emplace_back(readDelete(in, count, current));
        else
            change.ops.emplace_back(readInsert(in, kind, count, current));
        next += used;
    }
    if (!in.ok())
        return malformed;
    return change;
}

} // namespace tandem
