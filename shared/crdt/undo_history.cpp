#include "crdt/undo_history.h"

#include "crdt/undo_player.h"

#include <cassert>
#include <utility>

namespace tandem {

namespace {

bool isSpace(char32_t c) {
    if (c > U' ' && c < 0x80) // nearly always
        return false;
    return c == U' ' || c == U'\t' || c == U'\u00A0' || c == U'\u3000' || (c >= 0x2000 && c <= 0x200A);
}

// Looks at all of a text, several code points at once.
bool hasLineBreak(std::u32string_view text) {
    std::uint32_t breaks = 0;
    for (const char32_t c : text)
        breaks += c == U'\n' ? 1 : 0;
    return breaks > 0;
}

bool areAtOnePlace(const Replica& replica, const Anchor& a, const Anchor& b) {
    const Result<std::size_t> first = replica.indexOf(a);
    const Result<std::size_t> second = replica.indexOf(b);
    return first && second && *first == *second;
}

} // namespace

// --- recording

struct UndoHistory::Run {
    OpId element; // the first one inserted, or the one deleted
    bool isDeletion = false;
    // Of an insertion.
    OpId parent;
    Side side = Side::right;
    char32_t firstTyped = 0;
    std::optional<bool> isBeside; // the last edit, if that is known
};

template <typename ToRun>
bool UndoHistory::begin(const Replica& replica, bool isRun, const Occasion& occasion, ToRun&& toRun) {
    if (!m_redo.empty())
        m_redo = UndoStack();
    const bool mayGoOn = isRun && occasion.kind == Kind::typing && occasion.atMs - m_lastAtMs < pauseMs;
    const bool goesOn =
        !m_undo.empty() && !m_ended && (m_depth > 0 || (mayGoOn && continues(replica, toRun())));
    if (!goesOn)
        m_undo.beginGroup(m_selection);
    return !goesOn;
}

void UndoHistory::finish(bool isRun, bool isNew, const Occasion& occasion) {
    m_awaitsAfter = true;
    m_lastAtMs = occasion.atMs;
    m_ended = m_depth == 0 && !(isRun && occasion.kind == Kind::typing);
    if (isNew) // the newest group stays whatever its size
        trim();
}

// May a letter be of the last group? While that has not ended there is one, and nothing was undone since.
inline bool UndoHistory::isInRun(const Occasion& occasion) const {
    assert(m_ended || (!m_undo.empty() && m_redo.empty()));
    return !m_ended && occasion.kind == Kind::typing && occasion.atMs - m_lastAtMs < pauseMs;
}

// A letter of the word that was typed last, behind the one before. Precondition: a typed key.
inline bool UndoHistory::typesOn(const LocalEdit& edit) const {
    const UndoStep& last = m_undo.lastStep();
    if (last.isDeletion || last.elements.last() != edit.parent)
        return false;
    const char32_t c = edit.inserted.front();
    return c != U'\n' && (!isSpace(c) || isSpace(m_lastTyped));
}

// Notes a letter right before or behind the ones that were deleted last. False: it is another one.
// Precondition: an erased key.
inline bool UndoHistory::eraseOn(const Replica& replica, const LocalEdit& edit) {
    const OpId erased = edit.deleted.front().first;
    const UndoStep& last = m_undo.lastStep();
    if (!last.isDeletion || last.elements.first.replica != erased.replica)
        return false;
    const bool isOne = last.elements.length == 1;
    if (erased.counter + 1 == last.elements.first.counter && (last.isReversed || isOne) &&
        (followsAtOnce(edit) ? edit.index + 1 == m_end : replica.standTogether({erased, 2}))) {
        m_undo.eraseBeforeLast(edit.deletedText);
        return true;
    }
    if (last.elements.last().counter + 1 == erased.counter && (!last.isReversed || isOne) &&
        followsAtOnce(edit) && edit.index == m_end) {
        m_undo.eraseBehindLast(edit.deletedText);
        return true;
    }
    return false;
}

std::optional<bool> UndoHistory::isBeside(const LocalEdit& edit) const {
    if (!followsAtOnce(edit))
        return std::nullopt;
    return edit.index == m_end || (edit.deletesOne() && edit.index + 1 == m_end);
}

inline void UndoHistory::noteEnd(const LocalEdit& edit) {
    m_end = edit.index + edit.inserted.size();
    m_endCounters = edit.countersBefore + edit.counterCount();
}

void UndoHistory::record(const Replica& replica, const LocalEdit& edit, const Occasion& occasion) {
    if (edit.empty())
        return;
    // Nearly every key.
    if (edit.key == LocalEdit::Key::other || !isInRun(occasion)) {
        recordStep(replica, edit, occasion);
        return;
    }
    if (edit.key == LocalEdit::Key::typed) {
        if (!typesOn(edit)) {
            recordStep(replica, edit, occasion);
            return;
        }
        m_undo.extendLast();
        m_lastTyped = edit.inserted.front();
    } else if (!eraseOn(replica, edit)) {
        recordStep(replica, edit, occasion);
        return;
    }
    noteEnd(edit);
    m_awaitsAfter = true;
    m_lastAtMs = occasion.atMs;
}

// Precondition: the edit may be part of a run.
UndoHistory::Run UndoHistory::runOf(const LocalEdit& edit) const {
    if (!edit.deleted.empty())
        return {edit.deleted.front().first, true, {}, {}, 0, isBeside(edit)};
    return {edit.first, false, edit.parent, edit.side, edit.inserted.front(), isBeside(edit)};
}

void UndoHistory::recordStep(const Replica& replica, const LocalEdit& edit, const Occasion& occasion) {
    const bool isDeletion = !edit.deleted.empty();
    const bool isRun = isDeletion ? edit.inserted.empty() && edit.deletesOne() : !hasLineBreak(edit.inserted);
    const bool isNew = begin(replica, isRun, occasion, [&] { return runOf(edit); });
    if (isDeletion)
        m_undo.addDeletion(edit.deleted, edit.deletedText);
    if (!edit.inserted.empty()) {
        m_undo.addInsertion({edit.firstInserted(), static_cast<Counter>(edit.inserted.size())});
        m_lastTyped = edit.inserted.back();
    }
    noteEnd(edit);
    finish(isRun, isNew, occasion);
}

// Does an edit that may be part of a run go on where the last group ends?
bool UndoHistory::continues(const Replica& replica, const Run& run) const {
    const UndoStep& last = m_undo.lastStep();
    if (last.isDeletion != run.isDeletion)
        return false;
    if (!run.isDeletion) {
        if (isSpace(run.firstTyped) && !isSpace(m_lastTyped))
            return false; // the word has ended
        const OpId end = last.elements.last();
        // Behind a letter that still stands comes its right child or, if it has one, a left child of what is
        // next.
        if (run.side == Side::right)
            return run.parent == end;
        return run.isBeside ? *run.isBeside
                            : areAtOnePlace(replica, {end, Side::right}, {run.element, Side::left});
    }
    if (run.isBeside)
        return *run.isBeside;
    const OpId before = last.elements.first;
    const bool isNextTo = run.element.replica == before.replica && run.element.counter + 1 == before.counter;
    if (isNextTo && replica.standTogether({run.element, 2}))
        return true;
    return areAtOnePlace(replica, {before, Side::right}, {run.element, Side::right});
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
        for (const UndoStepText& step : group.steps)
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

void UndoHistory::trim() {
    while (isTooMuch()) {
        if (m_undo.groupCount() > (m_redo.empty() ? 1u : 0u))
            m_undo.forgetOldest();
        else if (m_redo.groupCount() > (m_undo.empty() ? 1u : 0u))
            m_redo.forgetOldest();
        else
            return;
    }
}

} // namespace tandem
