// Text as it may stand in XML, HTML and on paper: what has no place there is U+FFFD. Pure.
#pragma once

#include <string>
#include <string_view>

namespace tandem {

// `text` is UTF-8; of anything else nothing stays. Tabs and line feeds stay, other controls and noncharacters
// do not; a carriage return, alone or before a line feed, is a line feed.
std::string printableText(std::string_view text);

// For text and for what stands between double quotes, in HTML and XML.
std::string escapedText(std::string_view text);

} // namespace tandem
