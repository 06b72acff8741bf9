// The text of an OpenDocument file: elements and styles by name (export/odt_styles.h). Pure.
#pragma once

#include <string>

namespace tandem {

class MarkdownTree;

// Elements for the inside of <office:text>.
std::string odtContent(const MarkdownTree& content);

} // namespace tandem
