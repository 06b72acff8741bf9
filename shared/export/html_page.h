// A document as one page of HTML that loads nothing: its style stands in it, pictures are links, and its own
// policy forbids the rest. Pure.
#pragma once

#include <string>

namespace tandem {

class MarkdownTree;

// `title` as anybody may have written it; `date` in words for people.
std::string htmlPage(const std::string& title, const std::string& date, const MarkdownTree& content);

} // namespace tandem
