#include "storage/document_check.h"

#include <set>

namespace tandem {

namespace {

std::string at(Seq version) {
    return "version " + std::to_string(version) + ": ";
}

// Nothing when it is as it should be.
std::optional<std::string> faultIn(const LoggedChange& logged, Replica& replica) {
    const auto change = decodeChange(logged.bytes);
    if (!change.ok())
        return "the change cannot be read: " + change.error().detail;
    if (change->replica != logged.replica)
        return "the change is of replica " + std::to_string(change->replica) + ", but stored as of " +
               std::to_string(logged.replica);
    const auto effect = replica.apply(*change);
    if (!effect.ok())
        return "the change does not apply: " + effect.error().detail;
    if (*effect == Replica::Effect::duplicate)
        return "the change has been there before";
    return std::nullopt;
}

std::optional<std::string> faultIn(const StoredSnapshot& snapshot, const Replica& replica) {
    const auto stored = Replica::decode(snapshot.bytes);
    if (!stored.ok())
        return "the snapshot cannot be read: " + stored.error().detail;
    if (stored->version() != replica.version())
        return "the snapshot has other changes than the log";
    if (stored->codePoints() != replica.codePoints())
        return "the snapshot has another text than the log";
    return std::nullopt;
}

} // namespace

std::vector<std::string> problemsOf(const StoredDocument& document) {
    Replica replica;
    return problemsOf(document, replica);
}

std::vector<std::string> problemsOf(const StoredDocument& document, Replica& replica) {
    std::vector<std::string> problems;
    Seq version = 0;
    std::set<ReplicaId> bound;
    for (const ReplicaBinding& binding : document.bindings)
        bound.insert(binding.replica);

    auto snapshot = document.snapshots.rbegin(); // the oldest first
    for (const LoggedChange& logged : document.log) {
        if (logged.seq != version + 1) {
            problems.push_back(at(version + 1) + "missing; the next one is " + std::to_string(logged.seq));
            return problems; // nothing behind a hole can be judged
        }
        version = logged.seq;
        if (const auto fault = faultIn(logged, replica)) {
            problems.push_back(at(version) + *fault);
            return problems;
        }
        for (; snapshot != document.snapshots.rend() && snapshot->seq <= version; ++snapshot) {
            if (const auto fault = faultIn(*snapshot, replica))
                problems.push_back(at(snapshot->seq) + *fault);
        }
    }
    if (version != document.info.head)
        problems.push_back("the log ends at version " + std::to_string(version) + ", but the document says " +
                           std::to_string(document.info.head));
    for (; snapshot != document.snapshots.rend(); ++snapshot)
        problems.push_back(at(snapshot->seq) + "there is a snapshot, but no change");
    return problems;
}

} // namespace tandem
