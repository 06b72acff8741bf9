#include "crdt/undo_steps.h"

#include "base/utf8.h"

#include <algorithm>
#include <utility>

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

std::u32string UndoStepText::textOf(std::size_t offset, std::size_t length) const {
    if (!step.isReversed)
        return text.substr(offset, length);
    std::u32string part = text.substr(text.size() - offset - length, length);
    std::reverse(part.begin(), part.end());
    return part;
}

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

void UndoStack::addDeletion(std::span<const ElementRange> deleted, std::u16string_view text) {
    std::size_t elements = 0;
    for (const ElementRange& range : deleted)
        elements += range.length;
    for (const ElementRange& range : deleted) {
        if (m_nextInGroup != 0 || !takeDeletion(range))
            push({range, 0, true, false});
        const std::size_t units = utf16Prefix(text, range.length, elements);
        addText(m_steps.back(), text.substr(0, units));
        text.remove_prefix(units);
        elements -= range.length;
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
        UndoStepText taken{m_steps.back(), {}};
        m_steps.pop_back();
        if (taken.step.isDeletion) {
            assignUtf16To(taken.text, m_texts.last(taken.step.units));
            m_texts.pop_back(taken.step.units);
        }
        group.steps.push_back(std::move(taken));
    } while ((group.steps.back().step.inGroup & UndoStep::first) == 0);
    if ((group.steps.back().step.inGroup & UndoStep::hasBefore) != 0) {
        group.before = m_selections.back();
        m_selections.pop_back();
    }
    --m_groupCount;
    return group;
}

void UndoStack::put(const UndoGroup& group) {
    beginGroup(group.before);
    for (const UndoStepText& taken : group.steps) {
        push(taken.step);
        if (!taken.step.isDeletion)
            continue;
        const std::u16string units = toUtf16(taken.text);
        m_steps.back().units = static_cast<std::uint32_t>(units.size());
        m_texts.append(units);
    }
    if (group.after)
        setAfter(*group.after);
}

void UndoStack::forgetOldest() {
    auto step = m_steps.begin();
    std::size_t selections = (step->inGroup & UndoStep::hasBefore) != 0 ? 1 : 0;
    std::size_t text = 0;
    do {
        text += step->units;
        selections += (step->inGroup & UndoStep::hasAfter) != 0 ? 1 : 0;
        ++step;
    } while (step != m_steps.end() && (step->inGroup & UndoStep::first) == 0);
    m_selections.pop_front(selections);
    m_texts.pop_front(text);
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
    renamed.m_texts = std::move(m_texts);
    *this = std::move(renamed);
}

} // namespace tandem
