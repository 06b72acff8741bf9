// What is remembered of a line of the shown text, until its text changes: which colours it was given, and
// which words of it are wrong. Owned by its block.
#pragma once

#include <QTextBlock>

#include <vector>

namespace tandem {

struct BlockNotes final : QTextBlockUserData {
    struct Range {
        int start = 0; // within the block
        int length = 0;

        friend bool operator==(const Range&, const Range&) = default;
    };

    bool isColored = false;
    int coloredFrom = 0;   // the state that it was coloured for
    int coloredAs = 0;     // the highlighter's revision
    int spellRevision = 0; // 0: not looked through
    std::vector<Range> misspelled;
};

inline BlockNotes* notesOf(const QTextBlock& block) {
    return static_cast<BlockNotes*>(block.userData());
}

inline BlockNotes& makeNotes(QTextBlock& block) {
    if (!block.userData())
        block.setUserData(new BlockNotes);
    return *notesOf(block);
}

} // namespace tandem
