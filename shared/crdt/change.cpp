#include "crdt/change.h"

#include "base/utf8.h"
#include "crdt/change_v1.h"
#include "crdt/local_edit.h"
#include "crdt/op_codec.h"

namespace tandem {

namespace {

// Begins a change of the present format: in format 1 a replica stood here, which is never 0.
constexpr char formatMark = 0;

std::string begin(ReplicaId replica, Counter first) {
    ByteWriter out;
    out.byte(formatMark);
    out.varint(replica);
    out.varint(first);
    return std::move(out).take();
}

} // namespace

Counter Change::counterCount() const {
    Counter count = 0;
    for (const Op& op : ops)
        count += tandem::counterCount(op);
    return count;
}

void writeOps(const Change& change, std::string& out) {
    OpWriter writer(out, {change.replica, change.first});
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op))
            writer.insert(insert->parent, insert->side, insert->text);
        else
            writer.erase(std::get<DeleteOp>(op).ranges);
    }
}

void writeOps(const LocalEdit& edit, std::string& out) {
    if (writeKey(edit, out))
        return;
    OpWriter writer(out, edit.first);
    if (!edit.deleted.empty())
        writer.erase(edit.deleted);
    if (!edit.inserted.empty())
        writer.insert(edit.parent, edit.side, edit.inserted);
}

std::string encodeChange(const Change& change) {
    std::string out = begin(change.replica, change.first);
    writeOps(change, out);
    return out;
}

std::string encodeChange(const LocalEdit& edit) {
    std::string out = begin(edit.first.replica, edit.first.counter);
    writeOps(edit, out);
    return out;
}

namespace {

const Error malformed{ErrorCode::malformed, "these are not the bytes of a change"};

} // namespace

Result<EncodedChange> splitChange(std::string_view bytes) {
    ByteReader in(bytes);
    EncodedChange change;
    if (in.byte() != formatMark)
        in.fail();
    change.replica = in.varintUpTo(maxReplicaId);
    change.first = static_cast<Counter>(in.varintUpTo(maxCounter));
    if (!in.ok() || change.replica == 0 || change.first == 0 || in.atEnd())
        return malformed;
    change.ops = in.rest();
    return change;
}

Result<Change> decodeChange(std::string_view bytes) {
    if (!bytes.empty() && bytes.front() != formatMark)
        return decodeChangeV1(bytes);
    const auto encoded = splitChange(bytes);
    if (!encoded.ok())
        return encoded.error();
    return decodeChange(*encoded);
}

Result<Change> decodeChange(const EncodedChange& encoded) {
    Change change{encoded.replica, encoded.first, {}};
    OpReader in(encoded.ops, {encoded.replica, encoded.first});
    OpView op;
    while (in.next(op)) {
        if (op.isInsert) {
            InsertOp insert{op.parent, op.side, {}};
            op.appendTextTo(insert.text);
            change.ops.emplace_back(std::move(insert));
            continue;
        }
        DeleteOp del;
        for (std::size_t i = 0; i < op.rangeCount && in.ok(); ++i)
            del.ranges.push_back(in.nextRange());
        change.ops.emplace_back(std::move(del));
    }
    if (!in.ok() || change.ops.empty())
        return malformed;
    return change;
}

} // namespace tandem
