#include "base/check.h"
#include "base/utf8.h"
#include "bench/crdt_bench.h"
#include "bench/gap_buffer.h"
#include "bench/heap_count.h"
#include "crdt/change_stream.h"
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

void write(ChangeStream& stream, const LocalEdit& made, std::string& bytes) {
    stream.writeHead(made.first.replica, made.first.counter, made.counterCount(), bytes);
    writeOps(made, bytes);
}

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
    LocalEdit made;
    std::int64_t nowMs = 0;

    explicit Local(const Trace& trace) { edit({0, 0, trace.startContent, {}}); }

    const LocalEdit& edit(const Patches::Patch& patch) {
        const auto done = replica.edit(author, patch.index, patch.deleted, patch.inserted, made);
        check(done.ok(), "a patch of a trace is within the text");
        history.record(replica, made, {nowMs += 100});
        return made;
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
        ChangeStream stream;
        std::string bytes;
        return msOf([&] {
            for (const Patches::Patch& patch : given.patches)
                write(stream, local.edit(patch), bytes);
        });
    });
}

// All changes as one connection carries them, each by itself.
struct Sent {
    std::string bytes;
    std::vector<std::size_t> ends;
    std::size_t aloneBytes = 0; // of changes that stand alone, as a log keeps them
    std::vector<Change> changes;

    std::string_view at(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends[i - 1];
        return std::string_view(bytes).substr(begin, ends[i] - begin);
    }
};

Sent send(const Given& given) {
    Sent sent;
    ChangeStream stream;
    const Trace empty;
    Local local(empty);
    const auto add = [&](const LocalEdit& made) {
        if (made.empty())
            return;
        write(stream, made, sent.bytes);
        sent.ends.push_back(sent.bytes.size());
        const std::string alone = encodeChange(made);
        sent.aloneBytes += alone.size();
        sent.changes.push_back(*decodeChange(alone));
    };
    add(local.edit({0, 0, given.trace.startContent, {}}));
    for (const Patches::Patch& patch : given.patches)
        add(local.edit(patch));
    return sent;
}

void addRemote(Figures& figures, const Given& given, const std::string& text) {
    const Sent sent = send(given);
    figures["remote_each_ms"] = medianMs(given.passes, [&] {
        Replica replica;
        ChangeStream stream;
        TextEdits edits;
        const double ms = msOf([&] {
            for (std::size_t i = 0; i < sent.ends.size(); ++i) {
                edits.clear();
                const auto change = stream.readHead(sent.at(i));
                Counter used = 0;
                check(change.ok() && replica.apply(*change, &edits, &used).ok(), "a change applies");
                stream.advance(used);
            }
        });
        check(replica.text() == text, "a remote copy ends with the same text");
        return ms;
    });
    std::vector<std::string> together;
    for (const Change& change : merged(sent.changes))
        together.push_back(encodeChange(change));
    figures["remote_merged_ms"] = medianMs(given.passes, [&] {
        Replica replica;
        const double ms = msOf([&] {
            for (const std::string& bytes : together) {
                TextEdits edits;
                const auto change = splitChange(bytes);
                check(change.ok() && replica.apply(*change, &edits).ok(), "a change applies");
            }
        });
        check(replica.text() == text, "a remote copy ends with the same text");
        return ms;
    });
    figures["wire_bytes"] = sent.bytes.size();
    figures["wire_alone_bytes"] = sent.aloneBytes;
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

// Of the open document, with and without what deleted elements said.
void addMemory(Figures& figures, const Given& given) {
    const std::size_t before = liveHeapBytes();
    Replica replica;
    {
        LocalEdit made; // gone with its memory before that is counted
        static_cast<void>(replica.edit(author, 0, 0, given.trace.startContent, made));
        for (const Patches::Patch& patch : given.patches)
            static_cast<void>(replica.edit(author, patch.index, patch.deleted, patch.inserted, made));
    }
    const std::size_t all = liveHeapBytes() - before;
    figures["memory_bytes"] = all - replica.deletedTextBytes();
    figures["memory_all_bytes"] = all;
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
    addMemory(figures, given);
    figures["blocks"] = local.replica.blockCount();
    figures["undo_each_ms"] = undoMs(given);
    figures["text_matches"] = text == toUtf8(trace.endContent);
    return figures;
}

} // namespace tandem::bench
