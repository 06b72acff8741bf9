#include "export/markdown_shape.h"

#include <algorithm>
#include <cstdint>

namespace tandem {

namespace {

// Nodes of 150 bytes and more, which are all in memory at once.
constexpr std::size_t mostMarks = 3'000'000;
// Empty cells are filled up: a row of two bytes becomes as wide as its table.
constexpr std::size_t mostCells = 500'000;
constexpr std::size_t mostColumns = 256;
// A line that may begin a table has all before it in its paragraph read again.
constexpr std::size_t longParagraph = 8 * 1'024;
// The end of an address is searched for from each of its signs.
constexpr std::size_t longWord = 8 * 1'024;
// Each use of a link's definition copies it.
constexpr std::uint64_t copiedBytes = 32 * 1'024 * 1'024;
constexpr std::uint64_t copiedTimes = 16;

constexpr std::string_view containerSigns = " \t>*+-.)0123456789";

bool isMark(char c) {
    return std::string_view("*_`~[]!<&\\>|+-\n").find(c) != std::string_view::npos;
}

class Look {
public:
    void line(std::string_view line) {
        m_words.look(line);
        const std::size_t begin = line.find_first_not_of(containerSigns);
        const bool isEmpty = line.find_first_not_of(" \t\r>") == std::string_view::npos;
        const bool beginsLink = begin != std::string_view::npos && line[begin] == '[';
        if (isEmpty || beginsLink)
            endDefinition();
        if (isEmpty) {
            m_paragraph = 0;
            m_columns = 0;
            return;
        }
        m_definition += line.size();
        m_definesLink = m_definesLink || line.find("]:") != std::string_view::npos;
        mayBeginTable(line);
        m_cells += m_columns;
        m_paragraph += line.size() + 1;
    }

    MarkdownShape shape(std::size_t size, std::size_t marks, std::size_t brackets) {
        endDefinition();
        const std::uint64_t copied = std::uint64_t{m_longestDefinition} * brackets;
        MarkdownShape shape;
        shape.isReadable = marks <= mostMarks && copied <= std::max(copiedBytes, copiedTimes * size);
        shape.hasTables = m_tablesAreHarmless && m_cells <= mostCells;
        shape.hasAddresses = m_words.longest <= longWord;
        return shape;
    }

private:
    struct Words {
        std::size_t longest = 0;
        void look(std::string_view line) {
            std::size_t begin = 0;
            while (begin < line.size()) {
                const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
                longest = std::max(longest, end - begin);
                begin = end + 1;
            }
        }
    };

    void mayBeginTable(std::string_view line) {
        const bool isBorder = line.find_first_not_of(" \t\r>*+-.)0123456789|:") == std::string_view::npos &&
                              line.find('-') != std::string_view::npos &&
                              line.find_first_of("|:") != std::string_view::npos;
        if (!isBorder)
            return;
        const auto columns = static_cast<std::size_t>(std::count(line.begin(), line.end(), '|')) + 1;
        m_columns = std::max(m_columns, columns);
        if (columns > mostColumns || m_paragraph > longParagraph)
            m_tablesAreHarmless = false;
    }
    void endDefinition() {
        if (m_definesLink)
            m_longestDefinition = std::max(m_longestDefinition, m_definition);
        m_definition = 0;
        m_definesLink = false;
    }

    Words m_words;
    std::size_t m_paragraph = 0;  // bytes of it so far
    std::size_t m_columns = 0;    // of the table that this paragraph may be
    std::size_t m_cells = 0;      // of all tables
    std::size_t m_definition = 0; // bytes since a line that may define a link
    bool m_definesLink = false;
    std::size_t m_longestDefinition = 0;
    bool m_tablesAreHarmless = true;
};

} // namespace

MarkdownShape markdownShapeOf(std::string_view text) {
    Look look;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        look.line(text.substr(begin, end - begin));
        begin = end + 1;
    }
    const auto marks = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), isMark));
    const auto brackets = static_cast<std::size_t>(std::count(text.begin(), text.end(), '['));
    return look.shape(text.size(), marks, brackets);
}

} // namespace tandem
