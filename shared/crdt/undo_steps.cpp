#include "crdt/undo_steps.h"

namespace tandem {

namespace {

bool followsAtOnce(const ElementRange& range, const ElementRange& next) {
    return range.first.replica == next.first.replica &&
           range.first.counter + range.length == next.first.counter;
}

// Behind what was inserted, or where the text was that was deleted.
Selection behind(const UndoStep& step) {
    const Anchor end{step.isDeletion ? step.elements.first : step.elements.last(), Side::right};
    return {end, end};
}

} // namespace

// Joins it with the last step. False: they do not go together.
bool UndoStack::takeInsertion(const ElementRange& inserted) {
    UndoStep& last = m_steps.back();
    if (last.isDeletion || !followsAtOnce(last.elements, inserted))
        return false;
    forgetAfter();
    last.elements.length += inserted.length;
    return true;
}

bool UndoStack::takeDeletion(const ElementRange& deleted) {
    UndoStep& step = m_steps.back();
    if (!step.isDeletion)
        return false;
    const bool oneLetter = step.elements.length == 1;
    if (followsAtOnce(step.elements, deleted) && (!step.isReversed || oneLetter)) {
        forgetAfter();
        step.elements.length += deleted.length;
        step.isReversed = false;
        return true;
    }
    if (deleted.length == 1 && followsAtOnce(deleted, step.elements) && (step.isReversed || oneLetter)) {
        forgetAfter();
        step.elements.first = deleted.first;
        ++step.elements.length;
        step.isReversed = true;
        return true;
    }
    return false;
}

void UndoStack::addDeletion(const Replica& replica, const LocalEdit& edit) {
    std::uint32_t at = edit.deletedAt;
    for (const ElementRange& range : edit.deleted) {
        if (m_nextInGroup != 0 || at != m_textEnd || !takeDeletion(range))
            push({range, at, true, false});
        at += edit.isOneUnitEach ? range.length : replica.deletedTextUnits(at, range.length);
        m_textEnd = at;
    }
}

void UndoStack::setAfter(const Selection& after) {
    forgetAfter();
    m_steps.back().inGroup |= UndoStep::hasAfter;
    m_selections.push_back(after);
}

UndoGroup UndoStack::takeLast() {
    UndoGroup group;
    const bool hasAfter = (m_steps.back().inGroup & UndoStep::hasAfter) != 0;
    group.after = hasAfter ? m_selections.back() : behind(m_steps.back());
    forgetAfter();
    do {
        group.steps.push_back(m_steps.back());
        m_steps.pop_back();
    } while ((group.steps.back().inGroup & UndoStep::first) == 0);
    if ((group.steps.back().inGroup & UndoStep::hasBefore) != 0) {
        group.before = m_selections.back();
        m_selections.pop_back();
    }
    --m_groupCount;
    return group;
}

void UndoStack::put(const UndoGroup& group) {
    beginGroup(group.before);
    for (const UndoStep& step : group.steps)
        push(step);
    if (group.after)
        setAfter(*group.after);
}

void UndoStack::forgetOldest() {
    auto step = m_steps.begin();
    std::size_t selections = (step->inGroup & UndoStep::hasBefore) != 0 ? 1 : 0;
    do {
        selections += (step->inGroup & UndoStep::hasAfter) != 0 ? 1 : 0;
        ++step;
    } while (step != m_steps.end() && (step->inGroup & UndoStep::first) == 0);
    m_selections.pop_front(selections);
    m_steps.pop_front(static_cast<std::size_t>(step - m_steps.begin()));
    --m_groupCount;
}

void UndoStack::renameAll(
    const std::function<std::vector<ElementRange>(const ElementRange&)>& renameInsertion,
    const std::function<void(std::optional<Selection>&)>& renameSelection) {
    UndoStack renamed;
    auto selection = m_selections.begin();
    for (auto step = m_steps.begin(); step != m_steps.end();) {
        std::optional<Selection> before;
        if ((step->inGroup & UndoStep::hasBefore) != 0)
            before = *selection++;
        renameSelection(before);
        renamed.beginGroup(before);
        std::optional<Selection> after;
        do {
            after = behind(*step);
            if ((step->inGroup & UndoStep::hasAfter) != 0)
                after = *selection++;
            if (step->isDeletion) {
                renamed.push(*step); // it names what it deleted, whatever came of that
            } else {
                for (const ElementRange& range : renameInsertion(step->elements))
                    renamed.push({range, 0, false, false});
            }
            ++step;
        } while (step != m_steps.end() && (step->inGroup & UndoStep::first) == 0);
        renameSelection(after);
        renamed.setAfter(*after);
    }
    *this = std::move(renamed);
}

} // namespace tandem
