#include "crdt/undo_player.h"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace tandem {

namespace {
// What an op or a range weighs in a change, in code points.
constexpr std::size_t opWeight = 8;
} // namespace

void UndoPlayer::play(const UndoStep& step) {
    if (step.isDeletion) {
        restore(step);
        return;
    }
    for (const ElementRange& range : m_reborn.resolve(step.elements))
        remove(range);
}

void UndoPlayer::remove(const ElementRange& range) {
    for (const Stretch& stretch : m_replica.stretches(range)) {
        const std::uint32_t textAt = m_replica.deletedTextEnd();
        if (!stretch.text.empty() && apply({{stretch.elements}, {}, {}}))
            m_inverse.push_back({stretch.elements, textAt, true, false});
    }
}

void UndoPlayer::restore(const UndoStep& step) {
    const ElementRange& elements = step.elements;
    std::u32string text = m_replica.deletedText(step.textAt, elements.length);
    assert(text.size() == elements.length);
    if (text.empty())
        return;
    if (step.isReversed)
        std::reverse(text.begin(), text.end());
    for (const Stretch& stretch : m_replica.stretches(elements)) {
        if (!stretch.text.empty())
            continue; // a restored log has forgotten the deletion
        // From the end, since each piece comes right after the whole stretch.
        const std::size_t offset = stretch.elements.first.counter - elements.first.counter;
        const OpId after = stretch.elements.last();
        for (Counter end = stretch.elements.length; end > 0;) {
            const auto length = static_cast<Counter>(std::min<std::size_t>(end, m_mostInserted));
            end -= length;
            const std::optional<OpId> now = apply({{}, after, text.substr(offset + end, length)});
            if (!now)
                return;
            m_reborn.add({{after.replica, stretch.elements.first.counter + end}, length}, *now);
            m_inverse.push_back({{*now, length}, 0, false, false});
        }
    }
}

// The id of the first op; nothing when the edit was refused.
std::optional<OpId> UndoPlayer::apply(const ElementEdit& edit) {
    if (!m_outcome.ok())
        return std::nullopt;
    Result<Change> made = m_replica.edit(m_author, edit, &m_edits);
    if (!made) {
        m_outcome = made.error();
        return std::nullopt;
    }
    const OpId first{m_author, made->first};
    add(std::move(*made), edit.inserted.size() + opWeight);
    return first;
}

// Changes made one after another are one change, up to a size.
void UndoPlayer::add(Change made, std::size_t weight) {
    if (m_changes.empty() || m_weight + weight > m_mostInserted) {
        m_changes.push_back(std::move(made));
        m_weight = weight;
        return;
    }
    std::vector<Op>& ops = m_changes.back().ops;
    ops.insert(ops.end(), std::make_move_iterator(made.ops.begin()), std::make_move_iterator(made.ops.end()));
    m_weight += weight;
}

} // namespace tandem
