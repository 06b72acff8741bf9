// Markdown: what stands at the start of a line, what stands within, and fenced blocks in their own language.
#include "editor/highlight/line_scanner.h"

#include <algorithm>

namespace tandem {

namespace {

constexpr int fenceFlag = 1;
constexpr int tildeFlag = 2;
constexpr int lengthShift = 2;
constexpr int longestFence = 15;
constexpr int commentState = 1 << 6;
constexpr qsizetype farthestClose = 2'000; // a mark whose other one is farther away is text
constexpr int deepest = 4;

bool isWordChar(QChar c) {
    return c.isLetterOrNumber() || c == u'_';
}

class MarkdownLine {
public:
    MarkdownLine(const LanguageSet& languages, QStringView line, Tokens* tokens)
        : m_languages(languages), m_line(line), m_tokens(tokens) {}

    int scan(int state);

private:
    void add(qsizetype start, qsizetype end, TokenStyle style) {
        if (m_tokens && end > start && style != TokenStyle::plain)
            m_tokens->push_back({static_cast<int>(start), static_cast<int>(end - start), style});
    }
    int scanFenced(int state);
    int openFence(QChar mark, qsizetype count);
    qsizetype run(qsizetype at) const;
    qsizetype takePrefix();
    void takeInline(qsizetype start, qsizetype end, TokenStyle base, int depth);
    // Each gives where it ends, or `at` when it is not there; `plainFrom` is what was not told yet.
    qsizetype takeCode(qsizetype at, qsizetype end);
    qsizetype takeLink(qsizetype at, qsizetype end);
    qsizetype takeAddress(qsizetype at, qsizetype end);
    qsizetype takeEmphasis(qsizetype at, qsizetype end, int depth);

    const LanguageSet& m_languages;
    QStringView m_line;
    Tokens* m_tokens;
    int m_state = 0;
};

// How many of the same character stand there.
qsizetype MarkdownLine::run(qsizetype at) const {
    qsizetype end = at;
    while (end < m_line.size() && m_line[end] == m_line[at])
        ++end;
    return end - at;
}

int MarkdownLine::scan(int state) {
    const int outer = scanner_state::outer(state);
    if (outer & fenceFlag)
        return scanFenced(state);
    qsizetype at = 0;
    if (outer == commentState) {
        const qsizetype close = m_line.indexOf(QLatin1String("-->"));
        at = close < 0 ? m_line.size() : close + 3;
        add(0, at, TokenStyle::comment);
        if (close < 0)
            return state;
    } else {
        at = takePrefix();
    }
    if (m_state == 0 && m_tokens)
        takeInline(at, m_line.size(), TokenStyle::plain, 0);
    if (m_state == 0) {
        const qsizetype open = m_line.lastIndexOf(QLatin1String("<!--"));
        if (open >= 0 && m_line.indexOf(QLatin1String("-->"), open) < 0)
            m_state = scanner_state::join(commentState, 0, 0);
    }
    return m_state;
}

int MarkdownLine::scanFenced(int state) {
    const int outer = scanner_state::outer(state);
    const QChar mark = outer & tildeFlag ? u'~' : u'`';
    qsizetype at = 0;
    while (at < m_line.size() && (m_line[at] == u' ' || m_line[at] == u'>'))
        ++at;
    if (at < m_line.size() && m_line[at] == mark && run(at) >= (outer >> lengthShift & longestFence) &&
        m_line.mid(at + run(at)).trimmed().isEmpty()) {
        add(at, m_line.size(), TokenStyle::mark);
        return 0;
    }
    const int number = scanner_state::language(state);
    const Language* language = m_languages.byNumber(number);
    if (!language || language->kind == Language::Kind::markdown) {
        add(0, m_line.size(), TokenStyle::code);
        return state;
    }
    // What embeds others within a fence begins anew on each line.
    if (language->kind == Language::Kind::markup) {
        scanMarkup(m_languages, *language, m_line, 0, m_tokens);
        return state;
    }
    return scanner_state::join(outer, number,
                               scanCode(*language, m_line, scanner_state::inner(state), m_tokens));
}

int MarkdownLine::openFence(QChar mark, qsizetype count) {
    const qsizetype at = m_line.indexOf(mark) + count;
    const QString word = m_line.mid(at).trimmed().toString().section(u' ', 0, 0).section(u'{', 0, 0);
    const int length = static_cast<int>(std::min<qsizetype>(count, longestFence));
    const int outer = fenceFlag | (mark == u'~' ? tildeFlag : 0) | (length << lengthShift);
    return scanner_state::join(outer, m_languages.numberOf(m_languages.find(word)), 0);
}

// Quotes, list marks, headings, fences, rules, table borders: gives where the rest begins.
qsizetype MarkdownLine::takePrefix() {
    qsizetype at = 0;
    while (at < m_line.size()) {
        const QChar c = m_line[at];
        if (c == u' ' || c == u'\t') {
            ++at;
        } else if (c == u'>') {
            add(at, at + 1, TokenStyle::mark);
            ++at;
        } else {
            break;
        }
    }
    if (at >= m_line.size())
        return at;
    const QChar c = m_line[at];
    const qsizetype count = run(at);
    const auto spaceAt = [&](qsizetype place) { return place >= m_line.size() || m_line[place].isSpace(); };
    if ((c == u'`' || c == u'~') && count >= 3 && (c == u'~' || m_line.indexOf(u'`', at + count) < 0)) {
        add(at, m_line.size(), TokenStyle::mark);
        m_state = openFence(c, count);
        return m_line.size();
    }
    if (c == u'#' && count <= 6 && spaceAt(at + count)) {
        add(at, m_line.size(), TokenStyle::heading);
        return m_line.size();
    }
    const QString said = m_line.mid(at).toString().remove(u' ');
    if (said.size() >= 3 && QStringLiteral("-*_=").contains(c) && said.count(c) == said.size()) {
        add(at, m_line.size(), TokenStyle::mark);
        return m_line.size();
    }
    if (QStringLiteral("-*+").contains(c) && count == 1 && spaceAt(at + 1)) {
        add(at, at + 1, TokenStyle::mark);
        const QStringView box = m_line.mid(at + 2, 3);
        if (box == QLatin1String("[ ]") || box == QLatin1String("[x]") || box == QLatin1String("[X]")) {
            add(at + 2, at + 5, TokenStyle::mark);
            return at + 5;
        }
        return at + 1;
    }
    qsizetype digits = at;
    while (digits < m_line.size() && m_line[digits].isDigit() && digits - at < 9)
        ++digits;
    if (digits > at && digits < m_line.size() && (m_line[digits] == u'.' || m_line[digits] == u')') &&
        spaceAt(digits + 1)) {
        add(at, digits + 1, TokenStyle::mark);
        return digits + 1;
    }
    return at;
}

void MarkdownLine::takeInline(qsizetype start, qsizetype end, TokenStyle base, int depth) {
    const bool isTable = depth == 0 && m_line.trimmed().startsWith(u'|');
    qsizetype plainFrom = start;
    qsizetype at = start;
    while (at < end) {
        const QChar c = m_line[at];
        const std::size_t before = m_tokens->size();
        qsizetype past = at;
        if (c == u'\\' && at + 1 < end && m_line[at + 1].isPunct()) {
            add(at, at + 2, TokenStyle::escape);
            past = at + 2;
        } else if (c == u'`') {
            past = takeCode(at, end);
        } else if (c == u'[' || (c == u'!' && at + 1 < end && m_line[at + 1] == u'[')) {
            past = takeLink(at, end);
        } else if (c == u'<' || c == u'h') {
            past = takeAddress(at, end);
        } else if ((c == u'*' || c == u'_' || c == u'~') && depth < deepest) {
            past = takeEmphasis(at, end, depth);
        } else if (c == u'|' && isTable) {
            add(at, at + 1, TokenStyle::mark);
            past = at + 1;
        }
        if (past == at) {
            at += c == u'`' || c == u'*' || c == u'_' || c == u'~' ? std::min(run(at), end - at) : 1;
            continue;
        }
        if (base != TokenStyle::plain && at > plainFrom)
            m_tokens->insert(m_tokens->begin() + static_cast<std::ptrdiff_t>(before),
                             {static_cast<int>(plainFrom), static_cast<int>(at - plainFrom), base});
        at = past;
        plainFrom = past;
    }
    add(plainFrom, end, base);
}

qsizetype MarkdownLine::takeCode(qsizetype at, qsizetype end) {
    const qsizetype ticks = run(at);
    qsizetype close = at + ticks;
    while ((close = m_line.indexOf(u'`', close)) >= 0 && close < end) {
        if (run(close) == ticks) {
            add(at, close + ticks, TokenStyle::code);
            return close + ticks;
        }
        close += run(close);
    }
    return at;
}

qsizetype MarkdownLine::takeLink(qsizetype at, qsizetype end) {
    const qsizetype open = m_line[at] == u'!' ? at + 1 : at;
    const qsizetype close = m_line.indexOf(u']', open);
    if (close < 0 || close >= end || close - at > farthestClose)
        return at;
    qsizetype past = close + 1;
    if (past < end && (m_line[past] == u'(' || m_line[past] == u'[')) {
        const qsizetype target = m_line.indexOf(m_line[past] == u'(' ? u')' : u']', past);
        if (target < 0 || target >= end)
            return at;
        past = target + 1;
    } else if (past < end && m_line[past] == u':' && at == 0) {
        past = end; // where a link leads
    } else if (open + 1 < end && m_line[open + 1] != u'^') {
        return at;
    }
    add(at, past, TokenStyle::link);
    return past;
}

qsizetype MarkdownLine::takeAddress(qsizetype at, qsizetype end) {
    const QStringView rest = m_line.mid(at, end - at);
    if (rest.startsWith(QLatin1String("<!--"))) {
        const qsizetype close = rest.indexOf(QLatin1String("-->"));
        const qsizetype past = close < 0 ? end : at + close + 3;
        add(at, past, TokenStyle::comment);
        return past;
    }
    const bool bracketed = m_line[at] == u'<';
    const QStringView address = bracketed ? rest.mid(1) : rest;
    if (!address.startsWith(QLatin1String("http://")) && !address.startsWith(QLatin1String("https://")) &&
        !(bracketed && address.startsWith(QLatin1String("mailto:"))))
        return at;
    if (!bracketed && at > 0 && isWordChar(m_line[at - 1]))
        return at;
    qsizetype past = at + 1;
    while (past < end && !m_line[past].isSpace() && m_line[past] != u'>' && m_line[past] != u'<' &&
           m_line[past] != u')')
        ++past;
    if (bracketed && past < end && m_line[past] == u'>')
        ++past;
    add(at, past, TokenStyle::link);
    return past;
}

qsizetype MarkdownLine::takeEmphasis(qsizetype at, qsizetype end, int depth) {
    const QChar mark = m_line[at];
    const qsizetype count = std::min(run(at), end - at);
    const qsizetype needed = mark == u'~' ? 2 : std::min<qsizetype>(count, 2);
    if (count < needed || count > 3 || at + count >= end || m_line[at + count].isSpace())
        return at;
    if (mark == u'_' && at > 0 && isWordChar(m_line[at - 1]))
        return at;
    qsizetype close = at + count;
    const qsizetype farthest = std::min(end, at + farthestClose);
    while ((close = m_line.indexOf(mark, close)) >= 0 && close < farthest) {
        const qsizetype closing = run(close);
        const bool fits =
            closing == count && !m_line[close - 1].isSpace() && m_line[close - 1] != u'\\' &&
            (mark != u'_' || close + closing >= m_line.size() || !isWordChar(m_line[close + closing]));
        if (fits) {
            const TokenStyle style = mark == u'~'  ? TokenStyle::strike
                                     : needed == 2 ? TokenStyle::strong
                                                   : TokenStyle::emphasis;
            add(at, at + count, style);
            takeInline(at + count, close, style, depth + 1);
            add(close, close + count, style);
            return close + count;
        }
        close += closing;
    }
    return at;
}

} // namespace

int scanMarkdown(const LanguageSet& languages, QStringView line, int state, Tokens* tokens) {
    return MarkdownLine(languages, line, tokens).scan(state);
}

int LineScanner::scan(QStringView line, int state, Tokens* tokens) const {
    if (!m_language || line.size() > longestLine)
        return std::max(state, initialState);
    switch (m_language->kind) {
    case Language::Kind::code:
        return scanCode(*m_language, line, state, tokens);
    case Language::Kind::markup:
        return scanMarkup(*m_languages, *m_language, line, state, tokens);
    case Language::Kind::markdown:
        return scanMarkdown(*m_languages, line, state, tokens);
    }
    return initialState;
}

} // namespace tandem
