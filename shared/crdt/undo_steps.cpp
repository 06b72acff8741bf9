#include "crdt/undo_steps.h"

#include <algorithm>
#include <utility>

namespace tandem {

namespace {

// What a group and a step count as.
constexpr std::size_t groupBytes = 128;
constexpr std::size_t stepBytes = 64;

bool followsAtOnce(const ElementRange& range, const ElementRange& next) {
    return range.first.replica == next.first.replica &&
           range.first.counter + range.length == next.first.counter;
}

} // namespace

std::size_t UndoStep::bytes() const {
    return stepBytes + deletedText.size() * sizeof(char32_t);
}

std::u32string UndoStep::textOf(std::size_t offset, std::size_t length) const {
    if (!isReversed)
        return deletedText.substr(offset, length);
    std::u32string text = deletedText.substr(deletedText.size() - offset - length, length);
    std::reverse(text.begin(), text.end());
    return text;
}

bool UndoStep::takeInsertion(const ElementRange& inserted) {
    if (isDeletion() || !followsAtOnce(elements, inserted))
        return false;
    elements.length += inserted.length;
    return true;
}

bool UndoStep::takeDeletion(const ElementRange& deleted, std::u32string_view text) {
    if (!isDeletion())
        return false;
    const bool oneLetter = elements.length == 1;
    if (followsAtOnce(elements, deleted) && (!isReversed || oneLetter)) {
        elements.length += deleted.length;
        deletedText += text;
        isReversed = false;
        return true;
    }
    if (deleted.length == 1 && followsAtOnce(deleted, elements) && (isReversed || oneLetter)) {
        elements.first = deleted.first;
        ++elements.length;
        deletedText += text;
        isReversed = true;
        return true;
    }
    return false;
}

void UndoStack::beginGroup(const std::optional<Selection>& before) {
    m_groups.emplace_back(0u, before, std::nullopt);
    m_bytes += groupBytes;
}

void UndoStack::push(UndoStep step) {
    m_bytes += step.bytes();
    ++m_groups.back().steps;
    m_steps.emplace_back(std::move(step));
}

void UndoStack::addInsertion(const ElementRange& inserted) {
    m_groups.back().after.reset();
    if (m_groups.back().steps == 0 || !m_steps.back().takeInsertion(inserted))
        push({inserted, {}, false});
}

void UndoStack::addDeletion(const ElementRange& deleted, std::u32string_view text) {
    m_groups.back().after.reset();
    if (m_groups.back().steps > 0 && m_steps.back().takeDeletion(deleted, text))
        m_bytes += text.size() * sizeof(char32_t);
    else
        push({deleted, std::u32string(text), false});
}

// Behind what was inserted last, or where the text was that was deleted last.
std::optional<Selection> UndoStack::afterOf(const UndoGroup& group, const UndoStep& last) {
    if (group.after)
        return group.after;
    const Anchor end{last.isDeletion() ? last.elements.first : last.elements.last(), Side::right};
    return Selection{end, end};
}

UndoStack::Taken UndoStack::takeLast() {
    Taken taken{m_groups.back(), {}};
    taken.group.after = afterOf(taken.group, m_steps.back());
    m_groups.pop_back();
    m_bytes -= groupBytes;
    for (; taken.group.steps > 0; --taken.group.steps) {
        m_bytes -= m_steps.back().bytes();
        taken.steps.push_back(std::move(m_steps.back()));
        m_steps.pop_back();
    }
    return taken;
}

void UndoStack::put(UndoGroup group, std::vector<UndoStep> steps) {
    beginGroup(group.before);
    for (UndoStep& step : steps)
        push(std::move(step));
    m_groups.back().after = group.after;
}

void UndoStack::forgetOldest() {
    for (std::size_t steps = m_groups.front().steps; steps > 0; --steps) {
        m_bytes -= m_steps.front().bytes();
        m_steps.pop_front();
    }
    m_bytes -= groupBytes;
    m_groups.pop_front();
}

void UndoStack::renameAll(const std::function<std::vector<UndoStep>(UndoStep)>& renameStep,
                          const std::function<void(std::optional<Selection>&)>& renameSelection) {
    UndoStack renamed;
    auto next = m_steps.begin();
    for (UndoGroup& group : m_groups) {
        std::optional<Selection> after = afterOf(group, *(next + (group.steps - 1)));
        renameSelection(group.before);
        renameSelection(after);
        renamed.beginGroup(group.before);
        renamed.m_groups.back().after = after;
        for (; group.steps > 0; --group.steps, ++next) {
            for (UndoStep& step : renameStep(std::move(*next)))
                renamed.push(std::move(step));
        }
    }
    *this = std::move(renamed);
}

} // namespace tandem
