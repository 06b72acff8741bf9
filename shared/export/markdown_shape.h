// What a text would cost if it were read as Markdown, found by one look over it. The library that reads it
// needs squared time or memory for some texts that nobody writes but to do harm; of these it is given less to
// do. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace tandem {

struct MarkdownShape {
    bool isReadable = true;   // else it is shown as it stands
    bool hasTables = true;    // else tables are text
    bool hasAddresses = true; // else only what is marked as a link is one
};

// `text` is UTF-8 of any size.
MarkdownShape markdownShapeOf(std::string_view text);

} // namespace tandem
