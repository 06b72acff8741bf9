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

// Takes a deletion beside this one into it. False: they do not go together.
bool takeDeletion(UndoStep& step, const ElementRange& deleted) {
    if (!step.isDeletion)
        return false;
    const bool oneLetter = step.elements.length == 1;
    if (followsAtOnce(step.elements, deleted) && (!step.isReversed || oneLetter)) {
        step.elements.length += deleted.length;
        step.isReversed = false;
        return true;
    }
    if (deleted.length == 1 && followsAtOnce(deleted, step.elements) && (step.isReversed || oneLetter)) {
        step.elements.first = deleted.first;
        ++step.elements.length;
        step.isReversed = true;
        return true;
    }
    return false;
}

} // namespace

std::u32string UndoStepText::textOf(std::size_t offset, std::size_t length) const {
    if (!step.isReversed)
        return text.substr(offset, length);
    std::u32string part = text.substr(text.size() - offset - length, length);
    std::reverse(part.begin(), part.end());
    return part;
}

void UndoStack::beginGroup(const std::optional<Selection>& before) {
    m_groups.push_back({0, before.has_value(), false});
    if (before)
        m_selections.push_back(*before);
}

void UndoStack::push(const UndoStep& step) {
    ++m_groups.back().steps;
    m_steps.push_back(step);
}

void UndoStack::addInsertion(const ElementRange& inserted) {
    forgetAfter();
    UndoStep* last = m_groups.back().steps == 0 ? nullptr : &m_steps.back();
    if (last && !last->isDeletion && followsAtOnce(last->elements, inserted))
        last->elements.length += inserted.length;
    else
        push({inserted, 0, false, false});
}

void UndoStack::addDeletion(std::span<const ElementRange> deleted, std::u16string_view text) {
    forgetAfter();
    std::size_t elements = 0;
    for (const ElementRange& range : deleted)
        elements += range.length;
    for (const ElementRange& range : deleted) {
        if (m_groups.back().steps == 0 || !takeDeletion(m_steps.back(), range))
            push({range, 0, true, false});
        const std::size_t units = utf16Prefix(text, range.length, elements);
        addText(m_steps.back(), text.substr(0, units));
        text.remove_prefix(units);
        elements -= range.length;
    }
}

void UndoStack::setAfter(const Selection& after) {
    forgetAfter();
    m_groups.back().hasAfter = true;
    m_selections.push_back(after);
}

UndoGroup UndoStack::takeLast() {
    const Group kept = m_groups.back();
    UndoGroup group;
    group.after = kept.hasAfter ? m_selections.back() : behind(m_steps.back());
    forgetAfter();
    if (kept.hasBefore) {
        group.before = m_selections.back();
        m_selections.pop_back();
    }
    for (std::uint32_t i = 0; i < kept.steps; ++i) {
        UndoStepText taken{m_steps.back(), {}};
        m_steps.pop_back();
        if (taken.step.isDeletion) {
            assignUtf16To(taken.text, m_texts.last(taken.step.units));
            m_texts.pop_back(taken.step.units);
        }
        group.steps.push_back(std::move(taken));
    }
    m_groups.pop_back();
    return group;
}

void UndoStack::put(const UndoGroup& group) {
    beginGroup(group.before);
    for (const UndoStepText& taken : group.steps) {
        push(taken.step);
        if (!taken.step.isDeletion)
            continue;
        m_steps.back().units = 0;
        addText(m_steps.back(), toUtf16(taken.text));
    }
    if (group.after)
        setAfter(*group.after);
}

void UndoStack::forgetOldest() {
    const Group& oldest = m_groups.front();
    m_selections.pop_front((oldest.hasBefore ? 1u : 0u) + (oldest.hasAfter ? 1u : 0u));
    std::size_t text = 0;
    for (std::uint32_t i = 0; i < oldest.steps; ++i) {
        const UndoStep& step = *(m_steps.begin() + i);
        text += step.units;
    }
    m_texts.pop_front(text);
    m_steps.pop_front(oldest.steps);
    m_groups.pop_front();
}

void UndoStack::renameAll(
    const std::function<std::vector<ElementRange>(const ElementRange&)>& renameInsertion,
    const std::function<void(std::optional<Selection>&)>& renameSelection) {
    UndoStack renamed;
    auto step = m_steps.begin();
    auto selection = m_selections.begin();
    for (const Group& group : m_groups) {
        std::optional<Selection> before;
        if (group.hasBefore)
            before = *selection++;
        std::optional<Selection> after = behind(*(step + (group.steps - 1)));
        if (group.hasAfter)
            after = *selection++;
        renameSelection(before);
        renameSelection(after);
        renamed.beginGroup(before);
        for (std::uint32_t i = 0; i < group.steps; ++i, ++step) {
            if (step->isDeletion) {
                renamed.push(*step); // it names what it deleted, whatever came of that
                continue;
            }
            for (const ElementRange& range : renameInsertion(step->elements))
                renamed.push({range, 0, false, false});
        }
        renamed.setAfter(*after);
    }
    renamed.m_texts = std::move(m_texts);
    *this = std::move(renamed);
}

} // namespace tandem
