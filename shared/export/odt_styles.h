// The parts of an OpenDocument file that are equal in all of them.
#pragma once

#include <string_view>

namespace tandem {

// Declarations of namespaces, which every part needs.
extern const std::string_view odtNamespaces;
// Whole parts.
extern const std::string_view odtStyles;
extern const std::string_view odtManifest;

} // namespace tandem
