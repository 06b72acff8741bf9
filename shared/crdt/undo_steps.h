// What UndoHistory keeps of own edits: steps, gathered in groups that are taken back at once.
#pragma once

#include "crdt/replica.h"
#include "crdt/vector_queue.h"

#include <functional>
#include <optional>
#include <string>

namespace tandem {

// One range of elements that were inserted, or deleted: then with their text.
struct UndoStep {
    ElementRange elements;
    std::u32string deletedText;
    bool isReversed = false; // the text stands from the last element to the first, as backspace takes it

    bool isDeletion() const { return !deletedText.empty(); }
    // Of the elements from `offset` on.
    std::u32string textOf(std::size_t offset, std::size_t length) const;
    std::size_t bytes() const;
    // Takes an insertion that goes on where this one ends. False: it does not.
    bool takeInsertion(const ElementRange& inserted);
    // The same for a deletion beside this one.
    bool takeDeletion(const ElementRange& deleted, std::u32string_view text);
};

struct UndoGroup {
    std::uint32_t steps = 0;
    // The selections before it and after it, where they are known.
    std::optional<Selection> before;
    std::optional<Selection> after;
};

// Groups, the oldest first, and the steps of all of them one after another. Counts their memory.
class UndoStack {
public:
    bool empty() const { return m_groups.empty(); }
    std::size_t groupCount() const { return m_groups.size(); }
    std::size_t stepCount() const { return m_steps.size(); }
    std::size_t bytes() const { return m_bytes; }

    // Precondition of these: not empty.
    const UndoStep& lastStep() const { return m_steps.back(); }
    // One element more in the last step, an insertion.
    void extendLast() {
        m_groups.back().after.reset();
        ++m_steps.back().elements.length;
    }
    // One letter more in the last step, a deletion: the one before its first.
    void eraseBeforeLast(char32_t letter) {
        m_groups.back().after.reset();
        UndoStep& step = m_steps.back();
        --step.elements.first.counter;
        ++step.elements.length;
        step.deletedText.push_back(letter);
        step.isReversed = true;
        m_bytes += sizeof(char32_t);
    }

    void beginGroup(const std::optional<Selection>& before);
    void setAfter(const Selection& after) { m_groups.back().after = after; }
    // To the last group; joined with its last step where they go together. The selection after it is then
    // behind what they did.
    void addInsertion(const ElementRange& inserted);
    void addDeletion(const ElementRange& deleted, std::u32string_view text);

    struct Taken {
        UndoGroup group;
        std::vector<UndoStep> steps; // the last one first
    };
    Taken takeLast();
    // Puts a group behind all others.
    void put(UndoGroup group, std::vector<UndoStep> steps);
    void forgetOldest();
    // Has `rename` give the steps in place of each one, and change the selections.
    void renameAll(const std::function<std::vector<UndoStep>(UndoStep)>& renameStep,
                   const std::function<void(std::optional<Selection>&)>& renameSelection);

private:
    static std::optional<Selection> afterOf(const UndoGroup& group, const UndoStep& last);
    void push(UndoStep step);

    VectorQueue<UndoGroup> m_groups;
    VectorQueue<UndoStep> m_steps;
    std::size_t m_bytes = 0;
};

} // namespace tandem
