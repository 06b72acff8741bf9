// A digest as people and programs read it. Pure.
#pragma once

#include "digest/activity.h"

namespace tandem {

// Plain text with lines of any length.
std::string digestText(const Digest& digest);
// JSON, with the text in it. Small whatever happened: of many documents, authors and sections the first are
// told, and how many there are besides.
std::string digestJson(const Digest& digest);
// Of a letter that brings it.
std::string digestSubject(const Digest& digest);

} // namespace tandem
