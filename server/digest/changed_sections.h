// Where a text has changed: by its headings, as Markdown has them, or by lines where it has none. Pure.
#pragma once

#include "crdt/replica.h"
#include "digest/activity.h"

namespace tandem {

// `text` is what the replacements have made; they are as Replica::changesSince() gives them.
std::vector<SectionActivity> changedSections(std::u32string_view text,
                                             const std::vector<Replacement>& replacements);

} // namespace tandem
