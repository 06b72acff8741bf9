#include "crdt/text_edit.h"

#include "base/utf8.h"

#include <algorithm>

namespace tandem {

void appendInsertion(TextEdits& edits, std::size_t index, std::size_t utf16Index, std::u32string_view text) {
    if (!edits.empty() && index == edits.back().index + edits.back().inserted.size()) {
        edits.back().inserted += text;
        return;
    }
    edits.push_back({index, 0, std::u32string(text), utf16Index, 0});
}

void appendDeletion(TextEdits& edits, std::size_t index, std::size_t deleted, std::size_t utf16Index,
                    std::size_t utf16Deleted) {
    if (!edits.empty() && edits.back().inserted.empty() && index == edits.back().index) {
        edits.back().deleted += deleted;
        edits.back().utf16Deleted += utf16Deleted;
        return;
    }
    edits.push_back({index, deleted, {}, utf16Index, utf16Deleted});
}

TextEdits differenceBetween(std::u32string_view before, std::u32string_view after) {
    const auto [beforeStart, afterStart] =
        std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    const auto start = static_cast<std::size_t>(beforeStart - before.begin());
    const std::size_t shorter = std::min(before.size(), after.size()) - start;
    std::size_t end = 0;
    while (end < shorter && before[before.size() - 1 - end] == after[after.size() - 1 - end])
        ++end;

    TextEdit edit;
    edit.index = start;
    edit.deleted = before.size() - end - start;
    edit.inserted = after.substr(start, after.size() - end - start);
    edit.utf16Index = utf16Length(before.substr(0, start));
    edit.utf16Deleted = utf16Length(before.substr(start, edit.deleted));
    if (edit.deleted == 0 && edit.inserted.empty())
        return {};
    return {std::move(edit)};
}

} // namespace tandem
