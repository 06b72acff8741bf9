#include "crdt/text_edit.h"

#include "base/utf8.h"

#include <algorithm>

namespace tandem {

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
