// What UndoHistory keeps of own edits: steps, gathered in groups that are taken back at once.
#pragma once

#include "crdt/replica.h"
#include "crdt/vector_queue.h"

#include <functional>
#include <optional>
#include <string>

namespace tandem {

// One range of elements that were inserted, or deleted.
struct UndoStep {
    ElementRange elements;
    std::uint32_t units = 0; // of its text, if it is a deletion
    bool isDeletion = false;
    bool isReversed = false; // its text stands from the last element to the first, as backspace takes it
};

// With what its elements said, if it is a deletion.
struct UndoStepText {
    UndoStep step;
    std::u32string text;

    // Of the elements from `offset` on, in their order.
    std::u32string textOf(std::size_t offset, std::size_t length) const;
};

struct UndoGroup {
    std::vector<UndoStepText> steps; // the last one first
    // The selections before it and after it, where they are known.
    std::optional<Selection> before;
    std::optional<Selection> after;
};

// Groups, the oldest first. The steps of all of them stand one after another, and so do their texts and their
// selections: a group takes no memory of its own.
class UndoStack {
public:
    bool empty() const { return m_groups.empty(); }
    std::size_t groupCount() const { return m_groups.size(); }
    std::size_t stepCount() const { return m_steps.size(); }
    std::size_t bytes() const {
        return m_groups.bytes() + m_steps.bytes() + m_texts.bytes() + m_selections.bytes();
    }

    void beginGroup(const std::optional<Selection>& before);

    // Precondition of these: not empty.
    const UndoStep& lastStep() const { return m_steps.back(); }
    // One element more in the last step, an insertion.
    void extendLast() {
        forgetAfter();
        ++m_steps.back().elements.length;
    }
    // One letter more in the last step, a deletion: the one before its first.
    void eraseBeforeLast(std::u16string_view letter) {
        forgetAfter();
        UndoStep& step = m_steps.back();
        --step.elements.first.counter;
        ++step.elements.length;
        step.isReversed = true;
        addText(step, letter);
    }
    // The one behind its last.
    void eraseBehindLast(std::u16string_view letter) {
        forgetAfter();
        UndoStep& step = m_steps.back();
        ++step.elements.length;
        step.isReversed = false;
        addText(step, letter);
    }
    // To the last group; joined with its last step where they go together.
    void addInsertion(const ElementRange& inserted);
    void addDeletion(std::span<const ElementRange> deleted, std::u16string_view text);
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
    struct Group {
        std::uint32_t steps = 0;
        bool hasBefore = false;
        bool hasAfter = false;
    };

    void push(const UndoStep& step);
    void addText(UndoStep& step, std::u16string_view text) {
        step.units += static_cast<std::uint32_t>(text.size());
        if (text.size() == 1)
            m_texts.push_back(text.front());
        else
            m_texts.append(text);
    }
    void forgetAfter() {
        if (std::exchange(m_groups.back().hasAfter, false))
            m_selections.pop_back();
    }

    VectorQueue<Group> m_groups;
    VectorQueue<UndoStep> m_steps;
    VectorQueue<char16_t, std::u16string> m_texts; // in UTF-16
    VectorQueue<Selection> m_selections;           // of each group, those that it has
};

} // namespace tandem
