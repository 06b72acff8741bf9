// Names and titles come from strangers: what of them may be shown.
#pragma once

#include <string>
#include <string_view>

namespace tandem {

// `text` without characters that have no look of their own (controls, line and paragraph separators,
// bidirectional overrides), which could make it pass for another.
std::u32string withoutControls(std::u32string_view text);

// A person's name, at most limits::nameLength code points; "Anonymous" when nothing is left. `name` is UTF-8.
std::string displayName(std::string_view name);

} // namespace tandem
