// An edit by index, as views and plain clients understand it. In a list, each counts in the text after the
// one before.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem {

struct TextEdit {
    // In code points.
    std::size_t index = 0;
    std::size_t deleted = 0;
    std::u32string inserted;
    // The same in UTF-16 code units, for Qt and browsers.
    std::size_t utf16Index = 0;
    std::size_t utf16Deleted = 0;

    friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

using TextEdits = std::vector<TextEdit>;

// Append an edit, joined with the last one where that continues it.
template <typename Text> // a view, or a string that is given away
inline void appendInsertion(TextEdits& edits, std::size_t index, std::size_t utf16Index, Text&& text) {
    if (!edits.empty() && index == edits.back().index + edits.back().inserted.size()) {
        edits.back().inserted += text;
        return;
    }
    TextEdit& edit = edits.emplace_back();
    edit.index = index;
    edit.utf16Index = utf16Index;
    edit.inserted = std::forward<Text>(text);
}
inline void appendDeletion(TextEdits& edits, std::size_t index, std::size_t deleted, std::size_t utf16Index,
                           std::size_t utf16Deleted) {
    if (!edits.empty() && edits.back().inserted.empty() && index == edits.back().index) {
        edits.back().deleted += deleted;
        edits.back().utf16Deleted += utf16Deleted;
        return;
    }
    TextEdit& edit = edits.emplace_back();
    edit.index = index;
    edit.deleted = deleted;
    edit.utf16Index = utf16Index;
    edit.utf16Deleted = utf16Deleted;
}

// The one edit that makes `after` of `before`: what differs between their common start and common end.
// Empty when they are equal.
TextEdits differenceBetween(std::u32string_view before, std::u32string_view after);

} // namespace tandem
