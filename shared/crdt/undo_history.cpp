#include "crdt/undo_history.h"

#include <algorithm>
#include <map>
#include <utility>

namespace tandem {

namespace {

constexpr std::size_t groupBytes = 128;
constexpr std::size_t stepBytes = 64;
// What an op or a range weighs in a change, in code points.
constexpr std::size_t opWeight = 8;

bool isSpace(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\u3000' || (c >= 0x2000 && c <= 0x200A);
}

// May it be part of a run of typing, or of single deletions?
bool isOfARun(const Change& change) {
    if (change.ops.size() != 1)
        return false;
    if (const auto* insert = std::get_if<InsertOp>(&change.ops.front()))
        return insert->text.find(U'\n') == std::u32string::npos;
    const auto& ranges = std::get<DeleteOp>(change.ops.front()).ranges;
    return ranges.size() == 1 && ranges.front().length == 1;
}

OpId lastOf(const ElementRange& range) {
    return {range.first.replica, range.first.counter + range.length - 1};
}

bool areAtOnePlace(const Replica& replica, const Anchor& a, const Anchor& b) {
    const Result<std::size_t> first = replica.indexOf(a);
    const Result<std::size_t> second = replica.indexOf(b);
    return first && second && *first == *second;
}

} // namespace

class UndoHistory::Reborn {
public:
    bool empty() const { return m_ranges.empty(); }
    void add(const ElementRange& old, OpId now) { m_ranges[old.first] = {old.length, now}; }

    // A range with the elements made anew in place of the old ones.
    std::vector<ElementRange> resolve(ElementRange range) const {
        std::vector<ElementRange> resolved;
        while (range.length > 0) {
            auto next = m_ranges.upper_bound(range.first);
            Counter taken = range.length;
            OpId now = range.first;
            if (next != m_ranges.end() && next->first.replica == range.first.replica)
                taken = std::min(taken, next->first.counter - range.first.counter);
            if (next != m_ranges.begin()) {
                const auto& [old, fate] = *std::prev(next);
                const Counter offset = range.first.counter - old.counter;
                if (old.replica == range.first.replica && offset < fate.length) {
                    taken = std::min(taken, fate.length - offset);
                    now = {fate.now.replica, fate.now.counter + offset};
                }
            }
            resolved.push_back({now, taken});
            range.first.counter += taken;
            range.length -= taken;
        }
        return resolved;
    }

    void resolve(std::optional<Selection>& selection) const {
        if (!selection)
            return;
        for (Anchor* anchor : {&selection->tail, &selection->head})
            anchor->element = resolve(ElementRange{anchor->element, 1}).front().first;
    }

private:
    struct Fate {
        Counter length = 0;
        OpId now;
    };
    std::map<OpId, Fate> m_ranges;
};

class UndoHistory::Player {
public:
    Player(Replica& replica, ReplicaId author, std::size_t mostInserted)
        : m_replica(replica), m_author(author), m_mostInserted(mostInserted) {}

    // Takes one step back.
    void play(const Step& step) {
        if (step.isDeletion()) {
            restore(step);
            return;
        }
        for (const ElementRange& range : m_reborn.resolve(step.elements))
            remove(range);
    }

    const Reborn& reborn() const { return m_reborn; }
    std::vector<Step> takeInverse() { return std::move(m_inverse); }
    Undone takeUndone() { return std::move(m_undone); }
    bool failed() const { return !m_undone.outcome.ok(); }

private:
    void remove(const ElementRange& range) {
        for (Stretch& stretch : m_replica.stretches(range)) {
            if (!stretch.text.empty() && apply({{stretch.elements}, {}, {}}))
                m_inverse.push_back({stretch.elements, std::move(stretch.text)});
        }
    }

    void restore(const Step& step) {
        for (const Stretch& stretch : m_replica.stretches(step.elements)) {
            if (!stretch.text.empty())
                continue; // a restored log has forgotten the deletion
            // From the end, since each piece comes right after the whole stretch.
            const std::size_t offset = stretch.elements.first.counter - step.elements.first.counter;
            const OpId after = lastOf(stretch.elements);
            for (Counter end = stretch.elements.length; end > 0;) {
                const auto length = static_cast<Counter>(std::min<std::size_t>(end, m_mostInserted));
                end -= length;
                ElementEdit edit{{}, after, step.deletedText.substr(offset + end, length)};
                const std::optional<OpId> now = apply(edit);
                if (!now)
                    return;
                const OpId old{after.replica, stretch.elements.first.counter + end};
                m_reborn.add({old, length}, *now);
                m_inverse.push_back({{*now, length}, {}});
            }
        }
    }

    // The id of the first op; nothing when the edit was refused.
    std::optional<OpId> apply(const ElementEdit& edit) {
        if (failed())
            return std::nullopt;
        Result<Change> made = m_replica.edit(m_author, edit, &m_undone.edits);
        if (!made) {
            m_undone.outcome = made.error();
            return std::nullopt;
        }
        const OpId first{m_author, made->first};
        const std::size_t weight = edit.inserted.size() + opWeight;
        if (m_undone.changes.empty() || m_weight + weight > m_mostInserted) {
            m_undone.changes.push_back(std::move(*made));
            m_weight = weight;
            return first;
        }
        // Changes made one after another are one change.
        std::vector<Op>& ops = m_undone.changes.back().ops;
        ops.insert(ops.end(), std::make_move_iterator(made->ops.begin()),
                   std::make_move_iterator(made->ops.end()));
        m_weight += weight;
        return first;
    }

    Replica& m_replica;
    ReplicaId m_author;
    std::size_t m_mostInserted;
    Reborn m_reborn;
    std::vector<Step> m_inverse;
    Undone m_undone;
    std::size_t m_weight = 0; // of the last change
};

// --- recording

void UndoHistory::record(const Replica& replica, const Change& change, std::u32string_view deletedText,
                         const Occasion& occasion) {
    if (change.ops.empty())
        return;
    for (const Group& group : m_redo)
        m_bytes -= bytesOf(group);
    m_redo.clear();

    const bool runs = occasion.kind == Kind::typing && isOfARun(change);
    const bool inTime = occasion.atMs - m_lastAtMs < pauseMs;
    const bool goesOn =
        !m_undo.empty() && !m_ended && (m_depth > 0 || (runs && inTime && continues(replica, change)));
    if (!goesOn) {
        m_undo.push_back({{}, m_selection, {}});
        m_bytes += groupBytes;
    }

    Group& group = m_undo.back();
    OpId id{change.replica, change.first};
    Anchor end;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            const ElementRange elements{id, static_cast<Counter>(insert->text.size())};
            addStep(group, {elements, {}});
            end = {lastOf(elements), Side::right};
            m_lastTyped = insert->text.back();
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges) {
                addStep(group, {range, std::u32string(deletedText.substr(0, range.length))});
                deletedText.remove_prefix(range.length);
                end = {range.first, Side::right};
            }
        }
        id.counter += counterCount(op);
    }
    group.after = Selection{end, end};
    m_awaitsAfter = true;
    m_lastAtMs = occasion.atMs;
    m_ended = m_depth == 0 && !runs;
    trim();
}

// Does a change that may be part of a run go on where the last group ends?
bool UndoHistory::continues(const Replica& replica, const Change& change) const {
    const Step& last = m_undo.back().steps.back();
    if (const auto* insert = std::get_if<InsertOp>(&change.ops.front())) {
        const bool endsWord = isSpace(insert->text.front()) && !isSpace(m_lastTyped);
        return !last.isDeletion() && !endsWord &&
               areAtOnePlace(replica, {lastOf(last.elements), Side::right},
                             {{change.replica, change.first}, Side::left});
    }
    const OpId deleted = std::get<DeleteOp>(change.ops.front()).ranges.front().first;
    return last.isDeletion() &&
           areAtOnePlace(replica, {last.elements.first, Side::right}, {deleted, Side::right});
}

void UndoHistory::addStep(Group& group, Step step) {
    m_bytes += step.deletedText.size() * sizeof(char32_t);
    if (!group.steps.empty() && group.steps.back().isDeletion() == step.isDeletion()) {
        ElementRange& last = group.steps.back().elements;
        std::u32string& text = group.steps.back().deletedText;
        const bool sameReplica = last.first.replica == step.elements.first.replica;
        if (sameReplica && last.first.counter + last.length == step.elements.first.counter) {
            last.length += step.elements.length;
            text += step.deletedText;
            return;
        }
        if (sameReplica && step.elements.first.counter + step.elements.length == last.first.counter) {
            last.first = step.elements.first;
            last.length += step.elements.length;
            text.insert(0, step.deletedText);
            return;
        }
    }
    m_bytes += stepBytes;
    group.steps.push_back(std::move(step));
}

void UndoHistory::beginGroup() {
    if (m_depth++ == 0)
        m_ended = true;
}

void UndoHistory::endGroup() {
    if (m_depth > 0)
        --m_depth;
    if (m_depth == 0)
        m_ended = true;
}

void UndoHistory::noteSelection(const Selection& selection) {
    m_selection = selection;
    if (std::exchange(m_awaitsAfter, false) && !m_undo.empty())
        m_undo.back().after = selection;
}

// --- undo and redo

UndoHistory::Undone UndoHistory::undo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    Undone undone = play(m_undo, m_redo, replica, author, mostInserted);
    if (!undone.changes.empty())
        undone.selection = m_redo.back().before;
    return undone;
}

UndoHistory::Undone UndoHistory::redo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    Undone undone = play(m_redo, m_undo, replica, author, mostInserted);
    if (!undone.changes.empty())
        undone.selection = m_undo.back().after;
    return undone;
}

UndoHistory::Undone UndoHistory::play(Groups& from, Groups& to, Replica& replica, ReplicaId author,
                                      std::size_t mostInserted) {
    m_ended = true;
    m_awaitsAfter = false;
    while (!from.empty()) {
        Group group = std::move(from.back());
        from.pop_back();
        Player player(replica, author, mostInserted);
        for (auto step = group.steps.rbegin(); step != group.steps.rend(); ++step)
            player.play(*step);
        group.steps = player.takeInverse();
        if (!group.steps.empty())
            to.push_back(std::move(group));
        rename(player.reborn());
        Undone undone = player.takeUndone();
        if (!undone.changes.empty() || !undone.outcome.ok()) {
            trim();
            return undone;
        }
    }
    return {};
}

void UndoHistory::rename(const Reborn& reborn) {
    m_bytes = 0;
    for (Groups* groups : {&m_undo, &m_redo}) {
        for (Group& group : *groups) {
            if (!reborn.empty()) {
                reborn.resolve(group.before);
                reborn.resolve(group.after);
                std::vector<Step> steps;
                for (Step& step : group.steps) {
                    if (step.isDeletion()) {
                        steps.push_back(std::move(step));
                        continue;
                    }
                    for (const ElementRange& range : reborn.resolve(step.elements))
                        steps.push_back({range, {}});
                }
                group.steps = std::move(steps);
            }
            m_bytes += bytesOf(group);
        }
    }
    if (m_selection)
        reborn.resolve(m_selection);
}

void UndoHistory::trim() {
    for (Groups* groups : {&m_undo, &m_redo}) {
        const Groups& other = groups == &m_undo ? m_redo : m_undo;
        while ((m_bytes > maxBytes || m_undo.size() + m_redo.size() > maxGroups) &&
               groups->size() > (other.empty() ? 1u : 0u)) {
            m_bytes -= bytesOf(groups->front());
            groups->pop_front();
        }
    }
}

std::size_t UndoHistory::bytesOf(const Group& group) {
    std::size_t bytes = groupBytes + group.steps.size() * stepBytes;
    for (const Step& step : group.steps)
        bytes += step.deletedText.size() * sizeof(char32_t);
    return bytes;
}

} // namespace tandem
