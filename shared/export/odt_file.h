// A document as OpenDocument text, for word processors: real headings, lists, tables and links, with named
// styles that can be changed in one place. Pure.
#pragma once

#include <string>

namespace tandem {

class MarkdownTree;

// `title` as anybody may have written it.
std::string odtFile(const std::string& title, const MarkdownTree& content);

} // namespace tandem
