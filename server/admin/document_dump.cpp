#include "admin/document_dump.h"

#include "base/utf8.h"
#include "crdt/replica.h"
#include "log/timestamp.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace tandem {

namespace {

// In quotes, with escapes for what does not show.
std::string inQuotes(std::string_view utf8) {
    return nlohmann::json(utf8).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string idOf(OpId id) {
    return id == OpId::root() ? "the start" : std::to_string(id.replica) + ":" + std::to_string(id.counter);
}

std::string rangeOf(const ElementRange& range) {
    return idOf(range.first) +
           (range.length > 1 ? "-" + std::to_string(range.first.counter + range.length - 1) : "");
}

std::string describe(const Change& change) {
    std::string text;
    Counter counter = change.first;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            const ElementRange range{{change.replica, counter}, static_cast<Counter>(insert->text.size())};
            text += "    insert " + rangeOf(range) + " " +
                    (insert->side == Side::left ? "left of " : "right of ") + idOf(insert->parent) + " " +
                    inQuotes(toUtf8(insert->text)) + "\n";
        } else {
            text += "    delete";
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges)
                text += " " + rangeOf(range);
            text += "\n";
        }
        counter += counterCount(op);
    }
    return text;
}

std::string describeLog(const StoredDocument& document, Replica& replica) {
    std::string text = "log\n";
    for (const LoggedChange& logged : document.log) {
        text += "  " + std::to_string(logged.seq) + "  " + timestamp(logged.timeMs) + "  replica " +
                std::to_string(logged.replica) + "  " + std::to_string(logged.bytes.size()) + " bytes\n";
        const auto change = decodeChange(logged.bytes);
        if (!change.ok()) {
            text += "    cannot be read: " + change.error().detail + "\n";
            continue;
        }
        text += describe(*change);
        if (const auto applied = replica.apply(*change); !applied.ok())
            text += "    does not apply: " + applied.error().detail + "\n";
    }
    return text;
}

std::string describeElements(const std::vector<ReplicaId>& replicas, const Replica& replica) {
    std::vector<std::pair<std::size_t, Stretch>> stretches;
    for (const ReplicaId id : replicas) {
        for (Stretch& stretch : replica.stretches({{id, 1}, replica.version().highest(id)})) {
            if (const auto index = replica.indexOf({stretch.elements.first, Side::left}); index.ok())
                stretches.emplace_back(*index, std::move(stretch));
        }
    }
    // Deleted ones stand where they were, before what is there now.
    std::stable_sort(stretches.begin(), stretches.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, !a.second.text.empty()) < std::pair(b.first, !b.second.text.empty());
    });
    std::string text = "elements\n";
    for (const auto& [index, stretch] : stretches) {
        text += "  at " + std::to_string(index) + "  " + rangeOf(stretch.elements) + "  " +
                (stretch.text.empty() ? "deleted" : inQuotes(toUtf8(stretch.text))) + "\n";
    }
    return text;
}

} // namespace

std::string dumpOf(const StoredDocument& document) {
    const DocumentInfo& info = document.info;
    std::string text = "document " + info.id + " " + inQuotes(info.title) + "\n  epoch " + info.epoch +
                       "\n  version " + std::to_string(info.head) + "\n  created " +
                       timestamp(info.createdMs) + "\n  changed " + timestamp(info.updatedMs) +
                       "\nreplicas\n";
    std::vector<ReplicaId> replicas;
    for (const ReplicaBinding& binding : document.bindings) {
        text += "  " + std::to_string(binding.replica) + " " + inQuotes(binding.name) + "\n";
        replicas.push_back(binding.replica);
    }
    for (const LoggedChange& logged : document.log)
        replicas.push_back(logged.replica);
    std::sort(replicas.begin(), replicas.end());
    replicas.erase(std::unique(replicas.begin(), replicas.end()), replicas.end());

    Replica replica;
    text += describeLog(document, replica) + "snapshots\n";
    for (const StoredSnapshot& snapshot : document.snapshots)
        text += "  version " + std::to_string(snapshot.seq) + ", " + std::to_string(snapshot.bytes.size()) +
                " bytes\n";
    return text + describeElements(replicas, replica) + "text\n" + replica.text() + "\n";
}

} // namespace tandem
