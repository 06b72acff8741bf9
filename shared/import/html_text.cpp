#include "import/html_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tandem {

namespace {

constexpr auto npos = std::u32string_view::npos;

bool isSpace(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\f';
}

bool isLetter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool isDigit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool isBlock(const std::string& name) {
    static const std::set<std::string> blocks = {
        "address", "article", "aside", "blockquote", "br", "dd",  "div",     "dl",    "dt",     "fieldset",
        "footer",  "form",    "h1",    "h2",         "h3", "h4",  "h5",      "h6",    "header", "hr",
        "li",      "main",    "nav",   "ol",         "p",  "pre", "section", "table", "tr",     "ul"};
    return blocks.contains(name);
}

// What stands in these is not for readers.
bool isSkipped(const std::string& name) {
    static const std::set<std::string> skipped = {"script",   "style",  "template",
                                                  "noscript", "iframe", "object"};
    return skipped.contains(name);
}

char32_t namedCharacter(std::u32string_view name) {
    static const std::map<std::u32string_view, char32_t> names = {
        {U"amp", U'&'},     {U"lt", U'<'},      {U"gt", U'>'},      {U"quot", U'"'},    {U"apos", U'\''},
        {U"nbsp", 0xA0},    {U"copy", 0xA9},    {U"laquo", 0xAB},   {U"raquo", 0xBB},   {U"Auml", 0xC4},
        {U"Ouml", 0xD6},    {U"Uuml", 0xDC},    {U"szlig", 0xDF},   {U"auml", 0xE4},    {U"eacute", 0xE9},
        {U"ouml", 0xF6},    {U"uuml", 0xFC},    {U"ndash", 0x2013}, {U"mdash", 0x2014}, {U"lsquo", 0x2018},
        {U"rsquo", 0x2019}, {U"ldquo", 0x201C}, {U"rdquo", 0x201D}, {U"bull", 0x2022},  {U"hellip", 0x2026},
        {U"euro", 0x20AC}};
    const auto found = names.find(name);
    return found == names.end() ? 0 : found->second;
}

char32_t numberedCharacter(std::u32string_view digits) {
    const bool hex = digits.starts_with(U'x') || digits.starts_with(U'X');
    if (hex)
        digits.remove_prefix(1);
    char32_t value = 0;
    for (const char32_t c : digits) {
        const char32_t digit = isDigit(c)                      ? c - U'0'
                               : hex && c >= U'a' && c <= U'f' ? c - U'a' + 10
                               : hex && c >= U'A' && c <= U'F' ? c - U'A' + 10
                                                               : 99;
        if (digit == 99)
            return 0;
        value = std::min<char32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
    }
    const bool scalar = value > 0 && value < 0x110000 && !(value >= 0xD800 && value < 0xE000);
    return digits.empty() ? 0 : scalar ? value : 0xFFFD;
}

class Reader {
public:
    explicit Reader(std::u32string_view html) : m_rest(html) {}

    HtmlText read() {
        while (!m_rest.empty()) {
            if (m_rest.front() == U'<' && takeMarkup())
                continue;
            if (m_rest.front() == U'&' && takeReference())
                continue;
            put(m_rest.front());
            m_rest.remove_prefix(1);
        }
        return {std::move(m_title), std::move(m_text)};
    }

private:
    bool takeMarkup() {
        if (m_rest.starts_with(U"<!--")) {
            skipPast(U"-->");
            return true;
        }
        const bool closes = m_rest.starts_with(U"</");
        const std::size_t begin = closes ? 2 : 1;
        if (m_rest.size() <= begin)
            return false;
        if (!closes && (m_rest[1] == U'!' || m_rest[1] == U'?')) {
            skipPast(U">");
            return true;
        }
        if (!isLetter(m_rest[begin]))
            return false;
        std::string name;
        std::size_t end = begin;
        for (; end < m_rest.size() && (isLetter(m_rest[end]) || isDigit(m_rest[end])); ++end)
            name += static_cast<char>(m_rest[end] | 0x20);
        m_rest.remove_prefix(end);
        skipAttributes();
        element(name, closes);
        return true;
    }

    void element(const std::string& name, bool closes) {
        if (!closes && isSkipped(name))
            return skipElement(name);
        if (name == "title")
            m_inTitle = !closes;
        if (name == "pre")
            m_inPre = !closes;
        if (name == "br")
            m_text += U'\n';
        else if (isBlock(name))
            m_lineDue = !m_text.empty();
        else if (!closes && (name == "td" || name == "th") && !m_text.empty() && m_text.back() != U'\n' &&
                 !m_lineDue)
            m_text += U'\t';
        if (isBlock(name))
            m_spaceDue = false;
    }

    // Up to the closing tag of this name.
    void skipElement(const std::string& name) {
        while (!m_rest.empty()) {
            skipPast(U"</");
            const bool same = m_rest.size() >= name.size() &&
                              std::equal(name.begin(), name.end(), m_rest.begin(), [](char a, char32_t b) {
                                  return static_cast<char32_t>(a) == (b | 0x20);
                              });
            if (!same)
                continue;
            return skipAttributes();
        }
    }

    void skipPast(std::u32string_view mark) {
        const std::size_t found = m_rest.find(mark);
        m_rest.remove_prefix(found == npos ? m_rest.size() : found + mark.size());
    }

    void skipAttributes() {
        char32_t quote = 0;
        std::size_t i = 0;
        for (; i < m_rest.size(); ++i) {
            const char32_t c = m_rest[i];
            if (quote != 0)
                quote = c == quote ? 0 : quote;
            else if (c == U'"' || c == U'\'')
                quote = c;
            else if (c == U'>')
                break;
        }
        m_rest.remove_prefix(std::min(i + 1, m_rest.size()));
    }

    bool takeReference() {
        constexpr std::size_t longest = 12;
        const std::size_t end = m_rest.substr(0, longest).find(U';');
        if (end == npos)
            return false;
        const std::u32string_view name = m_rest.substr(1, end - 1);
        const char32_t character =
            name.starts_with(U'#') ? numberedCharacter(name.substr(1)) : namedCharacter(name);
        if (character == 0)
            return false;
        m_rest.remove_prefix(end + 1);
        put(character);
        return true;
    }

    void put(char32_t c) {
        if (m_inTitle) {
            m_title += c;
            return;
        }
        if (isSpace(c) && !m_inPre) {
            m_spaceDue = !m_text.empty() && !isSpace(m_text.back());
            return;
        }
        if (std::exchange(m_lineDue, false)) {
            if (m_text.back() != U'\n')
                m_text += U'\n';
            m_spaceDue = false;
        }
        if (std::exchange(m_spaceDue, false))
            m_text += U' ';
        m_text += c;
    }

    std::u32string_view m_rest;
    std::u32string m_title;
    std::u32string m_text;
    bool m_inTitle = false;
    bool m_inPre = false;
    bool m_lineDue = false;
    bool m_spaceDue = false;
};

} // namespace

HtmlText textOfHtml(std::u32string_view html) {
    return Reader(html).read();
}

} // namespace tandem
