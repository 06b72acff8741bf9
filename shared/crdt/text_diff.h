// What makes one text of another, as edits by index. Pure.
#pragma once

#include "crdt/replica.h"

#include <string_view>
#include <vector>

namespace tandem {

// The fewest deletions and insertions that make `after` of `before`; all count in `before`, in order, none
// touches another. Texts that differ in very much are compared line by line first, and what is not alike in
// any way is replaced as a whole: the work stays within a fraction of a second.
std::vector<Splice> splicesBetween(std::u32string_view before, std::u32string_view after);

// Edits that each count in the text after the one before, as edits of the first text: in order, none touching
// another. outOfRange: one is beyond its text, of `length` code points at first.
Result<std::vector<Splice>> splicesOfSequence(std::size_t length, const std::vector<Splice>& edits);

} // namespace tandem
