#include "bench/crdt_bench.h"

#include "base/check.h"
#include "bench/deflate.h"

namespace tandem::bench {

namespace {

bool continues(const InsertOp& insert, OpId previousEnd) {
    return insert.side == Side::right && insert.parent == previousEnd;
}

// Appends `op`, whose id is `id`, to those that came just before it.
void join(std::vector<Op>& ops, const Op& op, OpId id) {
    const auto* insert = std::get_if<InsertOp>(&op);
    auto* last = ops.empty() ? nullptr : std::get_if<InsertOp>(&ops.back());
    if (insert && last && continues(*insert, {id.replica, id.counter - 1}))
        last->text += insert->text;
    else
        ops.push_back(op);
}

} // namespace

std::vector<Change> merged(const std::vector<Change>& changes) {
    std::vector<Change> merged;
    for (const Change& change : changes) {
        if (merged.empty() || merged.back().replica != change.replica)
            merged.push_back({change.replica, change.first, {}});
        OpId id{change.replica, change.first};
        for (const Op& op : change.ops) {
            join(merged.back().ops, op, id);
            id.counter += counterCount(op);
        }
    }
    return merged;
}

void addSaving(Figures& figures, const Replica& replica, const std::string& text, int passes) {
    const std::string bytes = replica.encode();
    const std::string compressed = deflated(bytes);
    figures["save_full_bytes"] = compressed.size() + deflated(replica.encodeDeletedText()).size();
    figures["save_compact_bytes"] = compressed.size();
    figures["save_ms"] = medianMs(passes, [&] {
        return msOf([&] {
            static_cast<void>(deflated(replica.encode()));
            static_cast<void>(deflated(replica.encodeDeletedText()));
        });
    });
    // What deleted elements said is not waited for.
    figures["load_ms"] = medianMs(passes, [&] {
        std::string loadedText;
        const double ms = msOf([&] {
            auto loaded = Replica::decode(inflated(compressed, bytes.size()));
            check(loaded.ok(), "a replica comes back from its bytes");
            loadedText = loaded->text();
            LocalEdit made;
            check(loaded->edit(77, loaded->length() / 2, 0, U"x", made).ok(),
                  "a loaded replica takes an edit");
        });
        check(loadedText == text, "a replica comes back from its bytes");
        return ms;
    });
}

Figures benchTrace(const std::string& name, const Trace& trace, int passes) {
    return trace.kind == Trace::Kind::concurrent ? benchConcurrent(name, trace, passes)
                                                 : benchSequential(name, trace, passes);
}

} // namespace tandem::bench
