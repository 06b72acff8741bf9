#include "base/check.h"
#include "base/utf8.h"
#include "bench/crdt_bench.h"
#include "bench/gap_buffer.h"
#include "bench/heap_count.h"
#include "crdt/undo_history.h"

namespace tandem::bench {

namespace {

constexpr ReplicaId author = 0x1234'5678'9ABC; // as long as the ids that programs make

// The patches of a trace, packed so that reading them costs next to nothing.
class Patches {
public:
    struct Patch {
        std::uint32_t index = 0;
        std::uint32_t deleted = 0;
        std::u32string_view inserted;
        std::u16string_view insertedUnits;
    };

    explicit Patches(const Trace& trace) {
        for (const Trace::Transaction& transaction : trace.transactions) {
            for (const Splice& patch : transaction.patches)
                m_text += patch.inserted;
        }
        m_units = toUtf16(m_text);
        std::u32string_view text = m_text;
        std::u16string_view units = m_units;
        for (const Trace::Transaction& transaction : trace.transactions) {
            for (const Splice& patch : transaction.patches) {
                Patch packed;
                packed.index = static_cast<std::uint32_t>(patch.index);
                packed.deleted = static_cast<std::uint32_t>(patch.deleted);
                packed.inserted = text.substr(0, patch.inserted.size());
                packed.insertedUnits = units.substr(0, utf16Length(patch.inserted));
                text.remove_prefix(packed.inserted.size());
                units.remove_prefix(packed.insertedUnits.size());
                m_patches.push_back(packed);
            }
        }
    }
    Patches(const Patches&) = delete;
    Patches& operator=(const Patches&) = delete;

    auto begin() const { return m_patches.begin(); }
    auto end() const { return m_patches.end(); }

private:
    std::u32string m_text;
    std::u16string m_units;
    std::vector<Patch> m_patches;
};

// What all measurements of one trace begin with.
struct Given {
    const Trace& trace;
    Patches patches;
    int passes;
};

double floorMs(const Given& given) {
    const std::u16string start = toUtf16(given.trace.startContent);
    const std::u16string expected = toUtf16(given.trace.endContent);
    return medianMs(given.passes, [&] {
        GapBuffer buffer;
        buffer.splice(0, 0, start);
        const double ms = msOf([&] {
            for (const Patches::Patch& patch : given.patches)
                buffer.splice(patch.index, patch.deleted, patch.insertedUnits);
        });
        // Indexes of the trace count code points: the floor knows texts of the basic plane only.
        check(expected.size() != given.trace.endContent.size() || buffer.text() == expected,
              "the floor makes the text");
        return ms;
    });
}

// A document as its author has it, who types 10 keys a second.
struct Local {
    Replica replica;
    UndoHistory history;
    std::int64_t nowMs = 0;

    explicit Local(const Trace& trace) { edit({0, 0, trace.startContent, {}}); }

    Change edit(const Patches::Patch& patch) {
        const Splice splice{patch.index, patch.deleted, std::u32string(patch.inserted)};
        std::u32string deletedText;
        auto change = replica.edit(author, std::span(&splice, 1), &deletedText);
        check(change.ok(), "a patch of a trace is within the text");
        history.record(replica, *change, deletedText, {nowMs += 100});
        return std::move(*change);
    }
};

void addLocal(Figures& figures, const Given& given) {
    figures["local_ms"] = medianMs(given.passes, [&] {
        Local local(given.trace);
        return msOf([&] {
            for (const Patches::Patch& patch : given.patches)
                local.edit(patch);
        });
    });
    figures["local_encode_ms"] = medianMs(given.passes, [&] {
        Local local(given.trace);
        std::string bytes;
        return msOf([&] {
            for (const Patches::Patch& patch : given.patches)
                bytes += encodeChange(local.edit(patch));
        });
    });
}

std::vector<Change> changesOf(const Given& given) {
    std::vector<Change> changes;
    Local local(Trace{});
    changes.push_back(local.edit({0, 0, given.trace.startContent, {}}));
    for (const Patches::Patch& patch : given.patches)
        changes.push_back(local.edit(patch));
    std::erase_if(changes, [](const Change& change) { return change.ops.empty(); });
    return changes;
}

double remoteMs(const std::vector<std::string>& bytes, const std::string& text, int passes) {
    return medianMs(passes, [&] {
        Replica replica;
        const double ms = msOf([&] {
            for (const std::string& each : bytes) {
                TextEdits edits;
                const auto change = decodeChange(each);
                check(change.ok() && replica.apply(*change, &edits).ok(), "a change applies");
            }
        });
        check(replica.text() == text, "a remote copy ends with the same text");
        return ms;
    });
}

void addRemote(Figures& figures, const Given& given, const std::string& text) {
    const std::vector<Change> changes = changesOf(given);
    std::vector<std::string> bytes;
    std::size_t wire = 0;
    for (const Change& change : changes) {
        bytes.push_back(encodeChange(change));
        wire += bytes.back().size();
    }
    figures["remote_each_ms"] = remoteMs(bytes, text, given.passes);
    std::vector<std::string> together;
    for (const Change& change : merged(changes))
        together.push_back(encodeChange(change));
    figures["remote_merged_ms"] = remoteMs(together, text, given.passes);
    figures["wire_bytes"] = wire;
}

// Takes everything back, a group at a time.
double undoMs(const Given& given) {
    return medianMs(given.passes, [&] {
        Local local(given.trace);
        for (const Patches::Patch& patch : given.patches)
            local.edit(patch);
        return msOf([&] {
            while (local.history.canUndo())
                static_cast<void>(local.history.undo(local.replica, author, 32 * 1024));
        });
    });
}

std::size_t memoryOf(const Given& given) {
    const Splice start{0, 0, given.trace.startContent};
    const std::size_t before = liveHeapBytes();
    Replica replica;
    static_cast<void>(replica.edit(author, std::span(&start, 1)));
    for (const Patches::Patch& patch : given.patches) {
        const Splice splice{patch.index, patch.deleted, std::u32string(patch.inserted)};
        static_cast<void>(replica.edit(author, std::span(&splice, 1)));
    }
    return liveHeapBytes() - before;
}

} // namespace

Figures benchSequential(const std::string& name, const Trace& trace, int passes) {
    const Given given{trace, Patches(trace), passes};
    Figures figures;
    figures["trace"] = name;
    figures["patches"] = trace.patchCount();
    figures["floor_ms"] = floorMs(given);
    addLocal(figures, given);

    Local local(trace);
    for (const Patches::Patch& patch : given.patches)
        local.edit(patch);
    const std::string text = local.replica.text();
    addRemote(figures, given, text);
    addSaving(figures, local.replica, text, passes);
    figures["memory_bytes"] = memoryOf(given);
    figures["blocks"] = local.replica.blockCount();
    figures["undo_each_ms"] = undoMs(given);
    figures["text_matches"] = text == toUtf8(trace.endContent);
    return figures;
}

} // namespace tandem::bench
