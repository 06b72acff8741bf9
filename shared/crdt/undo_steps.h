// What UndoHistory keeps of own edits: steps, gathered in groups that are taken back at once. What a deletion
// took away is where the replica keeps it.
#pragma once

#include "crdt/replica.h"
#include "crdt/vector_queue.h"

#include <functional>
#include <optional>

namespace tandem {

// One range of elements that were inserted, or deleted.
struct UndoStep {
    ElementRange elements;
    std::uint32_t textAt = 0; // of a deletion: see Replica::deletedText
    bool isDeletion = false;
    bool isReversed = false; // its text stands from the last element to the first, as backspace takes it
    // What UndoStack notes of its group.
    static constexpr std::uint8_t first = 1;     // it is the group's first
    static constexpr std::uint8_t hasBefore = 2; // so is the selection before the group known
    static constexpr std::uint8_t hasAfter = 4; // it is the group's last, and the selection after it is known
    std::uint8_t inGroup = 0;
};

struct UndoGroup {
    std::vector<UndoStep> steps; // the last one first
    // The selections before it and after it, where they are known.
    std::optional<Selection> before;
    std::optional<Selection> after;
};

// Groups, the oldest first. The steps of all of them stand one after another, and so do their selections: a
// group takes no memory of its own.
class UndoStack {
public:
    bool empty() const { return m_groupCount == 0; }
    std::size_t groupCount() const { return m_groupCount; }
    std::size_t stepCount() const { return m_steps.size(); }

    // Something must come into it at once.
    void beginGroup(const std::optional<Selection>& before) {
        ++m_groupCount;
        m_nextInGroup = UndoStep::first;
        if (!before)
            return;
        m_nextInGroup |= UndoStep::hasBefore;
        m_selections.push_back(*before);
    }

    // Precondition of these: not empty.
    const UndoStep& lastStep() const { return m_steps.back(); }
    // One element more in the last step, an insertion.
    void extendLast() {
        forgetAfter();
        ++m_steps.back().elements.length;
    }
    // Where the text ends that was deleted last.
    std::uint32_t textEnd() const { return m_textEnd; }
    // One letter more in the last step, a deletion, whose text stands there: the one before its first.
    void eraseBeforeLast() {
        forgetAfter();
        UndoStep& step = m_steps.back();
        --step.elements.first.counter;
        ++step.elements.length;
        step.isReversed = true;
        ++m_textEnd;
    }
    // The one behind its last.
    void eraseBehindLast() {
        forgetAfter();
        UndoStep& step = m_steps.back();
        ++step.elements.length;
        step.isReversed = false;
        ++m_textEnd;
    }
    // To the last group; joined with its last step where they go together.
    void addInsertion(const ElementRange& inserted) {
        if (m_nextInGroup != 0 || !takeInsertion(inserted))
            push({inserted, 0, false, false});
    }
    void addDeletion(const Replica& replica, const LocalEdit& edit);
    // The selection after the last group, until something is added to it. While it is not known, it is taken
    // to be behind what the last step did.
    void setAfter(const Selection& after);

    UndoGroup takeLast();
    // Puts a group behind all others; its steps the first one first.
    void put(const UndoGroup& group);
    void forgetOldest();
    // Has `renameInsertion` give what each inserted range is now, and `renameSelection` change selections.
    void renameAll(const std::function<std::vector<ElementRange>(const ElementRange&)>& renameInsertion,
                   const std::function<void(std::optional<Selection>&)>& renameSelection);

private:
    void push(UndoStep step) {
        step.inGroup = std::exchange(m_nextInGroup, std::uint8_t{0});
        m_steps.push_back(step);
    }
    bool takeInsertion(const ElementRange& inserted);
    bool takeDeletion(const ElementRange& deleted);
    void forgetAfter() {
        if ((m_steps.back().inGroup & UndoStep::hasAfter) == 0)
            return;
        m_steps.back().inGroup &= static_cast<std::uint8_t>(~UndoStep::hasAfter);
        m_selections.pop_back();
    }

    VectorQueue<UndoStep> m_steps;
    VectorQueue<Selection> m_selections; // of each group, those that it has
    std::size_t m_groupCount = 0;
    std::uint32_t m_textEnd = 0;    // of the last deletion
    std::uint8_t m_nextInGroup = 0; // of the step that comes next
};

} // namespace tandem
