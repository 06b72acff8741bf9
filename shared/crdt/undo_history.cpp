#include "crdt/undo_history.h"

#include <algorithm>
#include <utility>

namespace tandem {

namespace {

// What an op or a range weighs in a change, in code points.
constexpr std::size_t opWeight = 8;

bool isSpace(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\u3000' || (c >= 0x2000 && c <= 0x200A);
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

class UndoHistory::Player {
public:
    Player(Replica& replica, ReplicaId author, std::size_t mostInserted, Reborn& reborn)
        : m_replica(replica), m_author(author), m_mostInserted(mostInserted), m_reborn(reborn) {}

    // Takes one step back.
    void play(const Step& step) {
        if (step.isDeletion()) {
            restore(step);
            return;
        }
        for (const ElementRange& range : m_reborn.resolve(step.elements))
            remove(range);
    }

    std::vector<Step> takeInverse() { return std::move(m_inverse); }
    Undone takeUndone() { return std::move(m_undone); }
    bool failed() const { return !m_undone.outcome.ok(); }

private:
    void remove(const ElementRange& range) {
        for (Stretch& stretch : m_replica.stretches(range)) {
            if (!stretch.text.empty() && apply({{stretch.elements}, {}, {}}))
                m_inverse.push_back({stretch.elements, std::move(stretch.text), false});
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
                ElementEdit edit{{}, after, textOf(step, offset + end, length)};
                const std::optional<OpId> now = apply(edit);
                if (!now)
                    return;
                const OpId old{after.replica, stretch.elements.first.counter + end};
                m_reborn.add({old, length}, *now);
                m_inverse.push_back({{*now, length}, {}, false});
            }
        }
    }

    static std::u32string textOf(const Step& step, std::size_t offset, std::size_t length) {
        if (!step.isReversed)
            return step.deletedText.substr(offset, length);
        std::u32string text = step.deletedText.substr(step.deletedText.size() - offset - length, length);
        std::reverse(text.begin(), text.end());
        return text;
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
    Reborn& m_reborn;
    std::vector<Step> m_inverse;
    Undone m_undone;
    std::size_t m_weight = 0; // of the last change
};

// --- what was made anew

bool UndoHistory::Reborn::resolveFirst(ElementRange& range, ElementRange& now) const {
    const auto next = m_ranges.upper_bound(range.first);
    Counter taken = range.length;
    bool found = false;
    now.first = range.first;
    if (next != m_ranges.end() && next->first.replica == range.first.replica)
        taken = std::min(taken, next->first.counter - range.first.counter);
    if (next != m_ranges.begin()) {
        const auto& [old, fate] = *std::prev(next);
        const Counter offset = range.first.counter - old.counter;
        if (old.replica == range.first.replica && offset < fate.length) {
            taken = std::min(taken, fate.length - offset);
            now.first = {fate.now.replica, fate.now.counter + offset};
            found = true;
        }
    }
    now.length = taken;
    range.first.counter += taken;
    range.length -= taken;
    return found;
}

std::vector<ElementRange> UndoHistory::Reborn::resolve(const ElementRange& range) const {
    std::vector<ElementRange> resolved;
    // What is still to look at, the first on top: elements made anew may have been made anew again.
    std::vector<ElementRange> pending{range};
    while (!pending.empty()) {
        ElementRange& top = pending.back();
        ElementRange now;
        const bool isNew = resolveFirst(top, now);
        if (top.length == 0)
            pending.pop_back();
        (isNew ? pending : resolved).push_back(now);
    }
    return resolved;
}

void UndoHistory::Reborn::resolve(std::optional<Selection>& selection) const {
    if (!selection)
        return;
    for (Anchor* anchor : {&selection->tail, &selection->head})
        anchor->element = resolve(ElementRange{anchor->element, 1}).front().first;
}

// --- recording

struct UndoHistory::Run {
    OpId element; // the first one inserted, or the one deleted
    bool isDeletion = false;
    // Of an insertion.
    OpId parent;
    Side side = Side::right;
    char32_t firstTyped = 0;
};

void UndoHistory::begin(const Replica& replica, const std::optional<Run>& run, const Occasion& occasion) {
    clearRedo();
    const bool inTime = occasion.atMs - m_lastAtMs < pauseMs;
    const bool goesOn =
        !m_undo.groups.empty() && !m_ended &&
        (m_depth > 0 || (run && occasion.kind == Kind::typing && inTime && continues(replica, *run)));
    if (goesOn)
        return;
    m_undo.groups.push_back({0, m_selection, {}});
    m_bytes += groupBytes;
}

void UndoHistory::finish(const Anchor& end, bool isRun, const Occasion& occasion) {
    m_undo.groups.back().after = Selection{end, end};
    m_awaitsAfter = true;
    m_lastAtMs = occasion.atMs;
    m_ended = m_depth == 0 && !(isRun && occasion.kind == Kind::typing);
    if (m_bytes > maxBytes || m_undo.groups.size() > maxGroups)
        trim();
}

void UndoHistory::record(const Replica& replica, const LocalEdit& edit, const Occasion& occasion) {
    if (edit.empty())
        return;
    const OpId inserted = edit.firstInserted();
    std::optional<Run> run;
    if (edit.deleted.empty()) {
        if (edit.inserted.find(U'\n') == std::u32string::npos)
            run = Run{inserted, false, edit.parent, edit.side, edit.inserted.front()};
    } else if (edit.inserted.empty() && edit.deletedText.size() == 1) {
        run = Run{edit.deleted.front().first, true, {}, {}, 0};
    }
    begin(replica, run, occasion);
    Anchor end;
    std::u32string_view text = edit.deletedText;
    for (const ElementRange& range : edit.deleted) {
        addDeletion(range, text.substr(0, range.length));
        text.remove_prefix(range.length);
        end = {range.first, Side::right};
    }
    if (!edit.inserted.empty()) {
        const ElementRange elements{inserted, static_cast<Counter>(edit.inserted.size())};
        addInsertion(elements);
        end = {lastOf(elements), Side::right};
        m_lastTyped = edit.inserted.back();
    }
    finish(end, run.has_value(), occasion);
}

void UndoHistory::record(const Replica& replica, const Change& change, std::u32string_view deletedText,
                         const Occasion& occasion) {
    if (change.ops.empty())
        return;
    OpId id{change.replica, change.first};
    std::optional<Run> run;
    if (change.ops.size() == 1) {
        if (const auto* insert = std::get_if<InsertOp>(&change.ops.front())) {
            if (insert->text.find(U'\n') == std::u32string::npos)
                run = Run{id, false, insert->parent, insert->side, insert->text.front()};
        } else if (const auto& ranges = std::get<DeleteOp>(change.ops.front()).ranges;
                   ranges.size() == 1 && ranges.front().length == 1) {
            run = Run{ranges.front().first, true, {}, {}, 0};
        }
    }
    begin(replica, run, occasion);
    Anchor end;
    for (const Op& op : change.ops) {
        if (const auto* insert = std::get_if<InsertOp>(&op)) {
            const ElementRange elements{id, static_cast<Counter>(insert->text.size())};
            addInsertion(elements);
            end = {lastOf(elements), Side::right};
            m_lastTyped = insert->text.back();
        } else {
            for (const ElementRange& range : std::get<DeleteOp>(op).ranges) {
                addDeletion(range, deletedText.substr(0, range.length));
                deletedText.remove_prefix(range.length);
                end = {range.first, Side::right};
            }
        }
        id.counter += counterCount(op);
    }
    finish(end, run.has_value(), occasion);
}

// Does an edit that may be part of a run go on where the last group ends?
bool UndoHistory::continues(const Replica& replica, const Run& run) const {
    const Step& last = m_undo.steps.back();
    if (last.isDeletion() != run.isDeletion)
        return false;
    if (!run.isDeletion) {
        if (isSpace(run.firstTyped) && !isSpace(m_lastTyped))
            return false; // the word has ended
        const OpId end = lastOf(last.elements);
        if (run.side == Side::right && run.parent == end)
            return true;
        return areAtOnePlace(replica, {end, Side::right}, {run.element, Side::left});
    }
    const OpId before = last.elements.first;
    const bool isNextTo = run.element.replica == before.replica && run.element.counter + 1 == before.counter;
    if (isNextTo && replica.standTogether({run.element, 2}))
        return true;
    return areAtOnePlace(replica, {before, Side::right}, {run.element, Side::right});
}

void UndoHistory::addInsertion(const ElementRange& elements) {
    Group& group = m_undo.groups.back();
    if (group.steps > 0 && !m_undo.steps.back().isDeletion()) {
        ElementRange& last = m_undo.steps.back().elements;
        if (last.first.replica == elements.first.replica &&
            last.first.counter + last.length == elements.first.counter) {
            last.length += elements.length;
            return;
        }
    }
    m_bytes += stepBytes;
    ++group.steps;
    m_undo.steps.push_back({elements, {}, false});
}

void UndoHistory::addDeletion(const ElementRange& elements, std::u32string_view text) {
    m_bytes += text.size() * sizeof(char32_t);
    Group& group = m_undo.groups.back();
    if (group.steps > 0 && m_undo.steps.back().isDeletion()) {
        Step& step = m_undo.steps.back();
        ElementRange& last = step.elements;
        const bool sameReplica = last.first.replica == elements.first.replica;
        const bool oneLetter = last.length == 1;
        if (sameReplica && last.first.counter + last.length == elements.first.counter &&
            (!step.isReversed || oneLetter)) {
            last.length += elements.length;
            step.deletedText += text;
            step.isReversed = false;
            return;
        }
        if (sameReplica && elements.length == 1 && elements.first.counter + 1 == last.first.counter &&
            (step.isReversed || oneLetter)) {
            last.first = elements.first;
            ++last.length;
            step.deletedText += text;
            step.isReversed = true;
            return;
        }
    }
    m_bytes += stepBytes;
    ++group.steps;
    m_undo.steps.push_back({elements, std::u32string(text), false});
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
    if (std::exchange(m_awaitsAfter, false) && !m_undo.groups.empty())
        m_undo.groups.back().after = selection;
}

// --- undo and redo

UndoHistory::Undone UndoHistory::undo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    Undone undone = play(m_undo, m_redo, replica, author, mostInserted);
    if (!undone.changes.empty())
        undone.selection = m_redo.groups.back().before;
    m_reborn.resolve(undone.selection);
    compactReborn();
    return undone;
}

UndoHistory::Undone UndoHistory::redo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    Undone undone = play(m_redo, m_undo, replica, author, mostInserted);
    if (!undone.changes.empty())
        undone.selection = m_undo.groups.back().after;
    m_reborn.resolve(undone.selection);
    compactReborn();
    return undone;
}

UndoHistory::Undone UndoHistory::play(Stack& from, Stack& to, Replica& replica, ReplicaId author,
                                      std::size_t mostInserted) {
    m_ended = true;
    m_awaitsAfter = false;
    while (!from.groups.empty()) {
        Group group = std::move(from.groups.back());
        from.groups.pop_back();
        m_bytes -= groupBytes;
        Player player(replica, author, mostInserted, m_reborn);
        for (; group.steps > 0; --group.steps) {
            const Step step = std::move(from.steps.back());
            from.steps.pop_back();
            m_bytes -= step.bytes();
            player.play(step);
        }
        for (Step& step : player.takeInverse()) {
            m_bytes += step.bytes();
            ++group.steps;
            to.steps.push_back(std::move(step));
        }
        if (group.steps > 0) {
            m_bytes += groupBytes;
            to.groups.push_back(std::move(group));
        }
        Undone undone = player.takeUndone();
        if (!undone.changes.empty() || !undone.outcome.ok()) {
            trim();
            return undone;
        }
    }
    return {};
}

// Takes out what is not named any more: all is renamed when there is more of it than of what may name it.
void UndoHistory::compactReborn() {
    constexpr std::size_t few = 1000;
    if (m_reborn.size() <= 2 * (m_undo.steps.size() + m_redo.steps.size()) + few)
        return;
    for (Stack* stack : {&m_undo, &m_redo}) {
        std::deque<Step> steps;
        auto next = stack->steps.begin();
        for (Group& group : stack->groups) {
            m_reborn.resolve(group.before);
            m_reborn.resolve(group.after);
            std::size_t count = 0;
            for (; group.steps > 0; --group.steps, ++next) {
                m_bytes -= next->bytes();
                if (next->isDeletion()) {
                    steps.push_back(std::move(*next));
                    ++count;
                    m_bytes += steps.back().bytes();
                    continue;
                }
                for (const ElementRange& range : m_reborn.resolve(next->elements)) {
                    steps.push_back({range, {}, false});
                    ++count;
                    m_bytes += steps.back().bytes();
                }
            }
            group.steps = count;
        }
        stack->steps = std::move(steps);
    }
    m_reborn.resolve(m_selection);
    m_reborn.clear();
}

void UndoHistory::clearRedo() {
    while (!m_redo.groups.empty())
        forgetOldest(m_redo);
}

void UndoHistory::forgetOldest(Stack& stack) {
    for (std::size_t steps = stack.groups.front().steps; steps > 0; --steps) {
        m_bytes -= stack.steps.front().bytes();
        stack.steps.pop_front();
    }
    m_bytes -= groupBytes;
    stack.groups.pop_front();
}

void UndoHistory::trim() {
    for (Stack* stack : {&m_undo, &m_redo}) {
        const Stack& other = stack == &m_undo ? m_redo : m_undo;
        while ((m_bytes > maxBytes || m_undo.groups.size() + m_redo.groups.size() > maxGroups) &&
               stack->groups.size() > (other.groups.empty() ? 1u : 0u))
            forgetOldest(*stack);
    }
}

} // namespace tandem
