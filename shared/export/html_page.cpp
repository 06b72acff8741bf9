#include "export/html_page.h"

#include "export/markdown_tree.h"
#include "export/printable_text.h"

#include <string_view>

namespace tandem {

namespace {

constexpr std::string_view style = R"(
:root { color-scheme: light dark; --ink: #1c2024; --faint: #626a73; --line: #d9dde2; --ground: #ffffff;
  --shade: #f3f5f7; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --faint: #9aa3ad; --line: #3a4048;
  --ground: #16181b; --shade: #212529; --link: #8ab8f5; } }
html { background: var(--ground); color: var(--ink);
  font: 17px/1.6 Inter, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
header { color: var(--faint); font-size: .875rem; border-bottom: 1px solid var(--line); padding-bottom: .5rem;
  margin-bottom: 2rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; }
p, li, h1, h2, h3, h4, h5, h6, td, th, pre, header span { unicode-bidi: plaintext; text-align: start; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; font-weight: 650; }
h1 { font-size: 1.9rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.2rem; }
h4, h5, h6 { font-size: 1rem; } main > :first-child { margin-top: 0; }
p, ul, ol, pre, blockquote, table { margin: 0 0 1em; }
ul, ol { padding-inline-start: 1.6em; } li > p { margin-bottom: .5em; } li > ul, li > ol { margin: 0; }
li:has(> input) { list-style: none; } li > input { margin: 0 .5em 0 -1.4em; }
a { color: var(--link); text-underline-offset: .15em; }
code, pre { font-family: "JetBrains Mono", ui-monospace, "Cascadia Mono", Consolas, "Noto Sans Mono", monospace;
  font-size: .88em; background: var(--shade); border-radius: .3em; }
code { padding: .1em .3em; } pre { padding: .9em 1em; white-space: pre-wrap; line-height: 1.5; }
pre code { padding: 0; background: none; font-size: 1em; }
blockquote { margin-inline: 0; padding-inline-start: 1em; border-inline-start: 3px solid var(--line);
  color: var(--faint); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .35em .7em; vertical-align: top; } th { background: var(--shade); }
td[align=right], th[align=right] { text-align: right; } td[align=center], th[align=center] { text-align: center; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0; }
@media print { html { font-size: 11pt; } body { max-width: none; padding: 0; } pre, table, blockquote {
  break-inside: avoid; } h1, h2, h3 { break-after: avoid; } }
)";

} // namespace

std::string htmlPage(const std::string& title, const std::string& date, const MarkdownTree& content) {
    const std::string shownTitle = escapedText(printableText(title));
    std::string page = "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "<meta name=\"referrer\" content=\"no-referrer\">\n<title>";
    page += shownTitle;
    page += "</title>\n<style>";
    page += style;
    page += "</style>\n</head>\n<body>\n<header><span>" + shownTitle + "</span><span>" + escapedText(date) +
            "</span></header>\n<main>\n";
    page += content.html();
    page += "</main>\n</body>\n</html>\n";
    return page;
}

} // namespace tandem
