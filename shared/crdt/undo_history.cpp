#include "crdt/undo_history.h"

#include "base/utf8.h"
#include "crdt/undo_player.h"

#include <utility>

namespace tandem {

namespace {

bool areAtOnePlace(const Replica& replica, const Anchor& a, const Anchor& b) {
    const Result<std::size_t> first = replica.indexOf(a);
    const Result<std::size_t> second = replica.indexOf(b);
    return first && second && *first == *second;
}

} // namespace

// --- recording

// Notes a letter right before or behind the ones that were deleted last. False: it is another one.
// Precondition: an erased key.
inline bool UndoHistory::eraseOn(const Replica& replica, const LocalEdit& edit) {
    const OpId erased = edit.deleted.front().first;
    const UndoStep& last = m_undo.lastStep();
    if (!last.isDeletion || last.elements.first.replica != erased.replica ||
        m_undo.textEnd() != edit.deletedAt)
        return false;
    const bool isOne = last.elements.length == 1;
    if (erased.counter + 1 == last.elements.first.counter && (last.isReversed || isOne) &&
        (followsAtOnce(edit) ? edit.index + 1 == m_end : replica.standTogether({erased, 2}))) {
        m_undo.eraseBeforeLast();
        return true;
    }
    if (last.elements.last().counter + 1 == erased.counter && (!last.isReversed || isOne) &&
        followsAtOnce(edit) && edit.index == m_end) {
        m_undo.eraseBehindLast();
        return true;
    }
    return false;
}

[[gnu::always_inline]] inline void UndoHistory::recordStep(const Replica& replica, const LocalEdit& edit,
                                                           const Occasion& occasion) {
    const bool isDeletion = !edit.deleted.empty();
    const bool isTyping = occasion.kind == Kind::typing;
    const bool isRun =
        isDeletion ? edit.inserted.empty() && edit.deletesOne() : !contains(edit.inserted, U'\n');
    if (!m_redo.empty())
        m_redo = UndoStack();
    const bool mayGoOn = isRun & isTyping & (occasion.atMs - m_lastAtMs < pauseMs);
    const bool goesOn = !m_ended && !m_undo.empty() && (m_depth > 0 || (mayGoOn && continues(replica, edit)));
    if (!goesOn)
        m_undo.beginGroup(m_selection);
    if (isDeletion)
        m_undo.addDeletion(replica, edit);
    if (!edit.inserted.empty()) {
        m_undo.addInsertion({edit.firstInserted(), static_cast<Counter>(edit.inserted.size())});
        m_lastTyped = edit.inserted.back();
    }
    noteEnd(edit.index + edit.inserted.size(), edit.countersBefore + edit.counterCount(), occasion);
    m_ended = m_depth == 0 && !(isRun & isTyping);
    if (!goesOn)
        trim();
}

// A key that does not go on with the last step: it comes behind its own author's last one, so that nothing
// else could make it go on.
inline void UndoHistory::recordTyped(const LocalEdit& edit, const Occasion& occasion) {
    if (!m_redo.empty())
        m_redo = UndoStack();
    const bool goesOn = !m_ended && m_depth > 0;
    if (!goesOn)
        m_undo.beginGroup(m_selection);
    m_undo.addInsertion({edit.first, 1});
    m_lastTyped = edit.inserted.front();
    noteEnd(edit.index + 1, edit.countersBefore + 1, occasion);
    m_ended = m_depth == 0 && (m_lastTyped == U'\n' || occasion.kind != Kind::typing);
    if (!goesOn)
        trim();
}

void UndoHistory::recordOther(const Replica& replica, const LocalEdit& edit, const Occasion& occasion) {
    if (edit.key == LocalEdit::Key::typed)
        recordTyped(edit, occasion);
    else if (edit.key == LocalEdit::Key::erased && isInRun(occasion) && eraseOn(replica, edit))
        noteEnd(edit.index, edit.countersBefore + 1, occasion);
    else if (!edit.empty())
        recordStep(replica, edit, occasion);
}

// Does an edit that may be part of a run go on where the last group ends?
bool UndoHistory::continues(const Replica& replica, const LocalEdit& edit) const {
    const UndoStep& last = m_undo.lastStep();
    if (edit.deleted.empty()) {
        if (last.isDeletion || (isSpace(edit.inserted.front()) && !isSpace(m_lastTyped)))
            return false; // or the word has ended
        const OpId end = last.elements.last();
        // Behind a letter that still stands comes its right child or, if it has one, a left child of what is
        // next.
        if (edit.side == Side::right)
            return edit.parent == end;
        return followsAtOnce(edit) ? isBeside(edit)
                                   : areAtOnePlace(replica, {end, Side::right}, {edit.first, Side::left});
    }
    if (!last.isDeletion)
        return false;
    if (followsAtOnce(edit))
        return isBeside(edit);
    const OpId before = last.elements.first;
    const OpId element = edit.deleted.front().first;
    const bool isNextTo = element.replica == before.replica && element.counter + 1 == before.counter;
    if (isNextTo && replica.standTogether({element, 2}))
        return true;
    return areAtOnePlace(replica, {before, Side::right}, {element, Side::right});
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
        m_undo.setAfter(selection);
}

// --- undo and redo

UndoHistory::Undone UndoHistory::undo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    return play(m_undo, m_redo, &UndoGroup::before, replica, author, mostInserted);
}

UndoHistory::Undone UndoHistory::redo(Replica& replica, ReplicaId author, std::size_t mostInserted) {
    return play(m_redo, m_undo, &UndoGroup::after, replica, author, mostInserted);
}

UndoHistory::Undone UndoHistory::play(UndoStack& from, UndoStack& to,
                                      std::optional<Selection> UndoGroup::*selection, Replica& replica,
                                      ReplicaId author, std::size_t mostInserted) {
    m_ended = true;
    m_awaitsAfter = false;
    Undone undone;
    while (!from.empty() && undone.changes.empty() && undone.outcome.ok()) {
        UndoGroup group = from.takeLast();
        UndoPlayer player(replica, author, mostInserted, m_reborn);
        for (const UndoStep& step : group.steps)
            player.play(step);
        undone = {player.takeChanges(), player.takeEdits(), std::nullopt, player.outcome()};
        if (!undone.changes.empty())
            undone.selection = group.*selection;
        group.steps = player.takeInverse();
        if (!group.steps.empty())
            to.put(group);
    }
    m_reborn.resolve(undone.selection);
    trim();
    compactReborn();
    return undone;
}

// Takes out what is not named any more: all is renamed when there is more of it than of what may name it.
void UndoHistory::compactReborn() {
    constexpr std::size_t few = 1000;
    if (m_reborn.size() <= 2 * (m_undo.stepCount() + m_redo.stepCount()) + few)
        return;
    const auto renameInsertion = [this](const ElementRange& range) { return m_reborn.resolve(range); };
    const auto renameSelection = [this](std::optional<Selection>& selection) { m_reborn.resolve(selection); };
    m_undo.renameAll(renameInsertion, renameSelection);
    m_redo.renameAll(renameInsertion, renameSelection);
    m_reborn.resolve(m_selection);
    m_reborn.clear();
}

void UndoHistory::forgetOldest() {
    do {
        if (m_undo.groupCount() > (m_redo.empty() ? 1u : 0u))
            m_undo.forgetOldest();
        else if (m_redo.groupCount() > (m_undo.empty() ? 1u : 0u))
            m_redo.forgetOldest();
        else
            return;
    } while (isTooMuch());
}

} // namespace tandem
