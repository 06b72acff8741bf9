#include "crdt/history.h"

namespace tandem {

namespace {

// What undoes it all.
std::vector<Replacement> reversed(std::vector<Replacement> replacements) {
    std::size_t inserted = 0;
    std::size_t removed = 0;
    for (Replacement& replacement : replacements) {
        replacement.index += removed;
        replacement.index -= inserted;
        inserted += replacement.inserted.size();
        removed += replacement.removed.size();
        std::swap(replacement.removed, replacement.inserted);
    }
    return replacements;
}

} // namespace

Result<void> History::play(Replica& replica, Seq after, Seq through) {
    Seq read = after;
    const auto apply = [&](std::string_view bytes) -> Result<void> {
        ++read;
        // Changes of the first format have no short way.
        if (const auto encoded = splitChange(bytes)) {
            const auto applied = replica.apply(*encoded);
            return applied.ok() ? Result<void>() : applied.error();
        }
        const auto change = decodeChange(bytes);
        if (!change.ok())
            return change.error();
        const auto applied = replica.apply(*change);
        return applied.ok() ? Result<void>() : applied.error();
    };
    if (auto played = m_source.readChanges(after, through, apply); !played.ok())
        return played;
    if (read != through)
        return Error{ErrorCode::internal, "the log ends at version " + std::to_string(read)};
    return {};
}

Result<Replica> History::at(Seq version) {
    const auto checkpoint = m_source.checkpointAt(version);
    if (!checkpoint.ok())
        return checkpoint.error();
    auto replica = *checkpoint ? Replica::decode((*checkpoint)->bytes) : Result<Replica>(Replica());
    if (!replica.ok())
        return replica;
    if (auto played = play(*replica, *checkpoint ? (*checkpoint)->version : 0, version); !played.ok())
        return played.error();
    return replica;
}

Result<std::vector<Replacement>> History::between(Seq from, Seq to) {
    if (from > to) {
        auto forward = between(to, from);
        return forward.ok() ? reversed(std::move(*forward)) : forward;
    }
    auto replica = at(from);
    if (!replica.ok())
        return replica.error();
    const Replica::Moment then = replica->moment();
    if (auto played = play(*replica, from, to); !played.ok())
        return played.error();
    return replica->changesSince(then);
}

} // namespace tandem
