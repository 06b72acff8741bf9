#include "digest/changed_sections.h"

#include "base/utf8.h"
#include "export/markdown_tree.h"
#include "export/printable_text.h"

#include <algorithm>

namespace tandem {

namespace {

// Lines between two changes of one place.
constexpr std::size_t nearLines = 3;

// From a place on, its line; asked in text order.
class Lines {
public:
    explicit Lines(std::u32string_view text) : m_text(text) {}

    std::size_t lineOf(std::size_t index) {
        const auto end = m_text.begin() + static_cast<std::ptrdiff_t>(std::min(index, m_text.size()));
        for (auto at = m_text.begin() + static_cast<std::ptrdiff_t>(m_index); at < end; ++at)
            m_line += *at == U'\n' ? 1 : 0;
        m_index = std::max(m_index, std::min(index, m_text.size()));
        return m_line;
    }

private:
    std::u32string_view m_text;
    std::size_t m_index = 0;
    std::size_t m_line = 0;
};

} // namespace

std::vector<SectionActivity> changedSections(std::u32string_view text,
                                             const std::vector<Replacement>& replacements) {
    const auto headings = MarkdownTree(printableText(toUtf8(text))).headings();
    std::vector<SectionActivity> sections;
    const MarkdownHeading* lastHeading = nullptr;
    Lines lines(text);
    std::size_t next = 0; // the first heading below
    for (const Replacement& one : replacements) {
        const std::size_t first = lines.lineOf(one.index);
        // What ends with a line feed does not reach into the next line.
        const std::size_t last =
            one.inserted.empty() ? first : lines.lineOf(one.index + one.inserted.size() - 1);
        while (next < headings.size() && headings[next].line <= first)
            ++next;
        const MarkdownHeading* heading = next > 0 ? &headings[next - 1] : nullptr;
        const bool goesOn = !sections.empty() && heading == lastHeading &&
                            (heading || first + 1 <= sections.back().lastLine + nearLines);
        if (!goesOn) {
            SectionActivity section;
            section.heading = heading ? heading->title : std::string();
            section.level = heading ? heading->level : 0;
            section.firstLine = first + 1;
            sections.push_back(std::move(section));
        }
        lastHeading = heading;
        SectionActivity& section = sections.back();
        section.lastLine = last + 1;
        section.inserted += one.inserted.size();
        section.deleted += one.removed.size();
    }
    return sections;
}

} // namespace tandem
