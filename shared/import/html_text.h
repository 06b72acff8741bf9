// The text of an HTML page, as someone would read it. Takes any input; fetches nothing, runs nothing, knows
// no files. Pure.
#pragma once

#include <string>
#include <string_view>

namespace tandem {

struct HtmlText {
    std::u32string title; // of <title>; empty when there is none
    std::u32string text;
};

// Elements of blocks begin a line, white space outside <pre> is one space, references to characters are
// replaced; comments, scripts and styles are left out.
HtmlText textOfHtml(std::u32string_view html);

} // namespace tandem
