// Programming and data languages.
#include "editor/highlight/line_scanner.h"

namespace tandem {

namespace {

constexpr int depthShift = 8;
constexpr int spanMask = 0xFF;
constexpr int deepest = 0xFF;

// One line, from left to right.
class CodeLine {
public:
    CodeLine(const Language& language, QStringView line, Tokens* tokens)
        : m_language(language), m_line(line), m_tokens(tokens) {}

    int scan(int state);

private:
    bool isWordStart(QChar c) const {
        return c.isLetter() || c == u'_' || m_language.wordCharacters.contains(c);
    }
    bool isWordPart(QChar c) const { return isWordStart(c) || c.isDigit(); }
    bool stands(const QString& text, qsizetype at) const {
        return !text.isEmpty() && m_line.mid(at).startsWith(text);
    }
    QChar next(qsizetype at) const {
        while (at < m_line.size() && m_line[at].isSpace())
            ++at;
        return at < m_line.size() ? m_line[at] : QChar();
    }
    void add(qsizetype start, qsizetype end, TokenStyle style) {
        if (m_tokens && end > start && style != TokenStyle::plain)
            m_tokens->push_back({static_cast<int>(start), static_cast<int>(end - start), style});
    }

    bool takeComment();
    bool takeSpan();
    bool takeCharacter();
    bool takeMarked();
    bool takeWord();
    bool takeNumber();
    void goThroughSpan(std::size_t index, qsizetype start, int depth);

    const Language& m_language;
    QStringView m_line;
    Tokens* m_tokens;
    qsizetype m_at = 0;
    int m_state = 0;
};

int CodeLine::scan(int state) {
    const auto index = static_cast<std::size_t>(state & spanMask);
    if (index > 0 && index <= m_language.spans.size())
        goThroughSpan(index - 1, 0, state >> depthShift);
    while (m_at < m_line.size()) {
        if (m_line[m_at].isSpace())
            ++m_at;
        else if (!takeComment() && !takeSpan() && !takeCharacter() && !takeMarked() && !takeWord() &&
                 !takeNumber())
            ++m_at;
    }
    return m_state;
}

bool CodeLine::takeComment() {
    if (!stands(m_language.habits.lineComment, m_at))
        return false;
    if (m_language.commentNeedsSpace && m_at > 0 && !m_line[m_at - 1].isSpace())
        return false;
    add(m_at, m_line.size(), TokenStyle::comment);
    m_at = m_line.size();
    return true;
}

bool CodeLine::takeSpan() {
    for (std::size_t i = 0; i < m_language.spans.size(); ++i) {
        const Language::Span& span = m_language.spans[i];
        if (m_line[m_at] != span.open.front() || !stands(span.open, m_at))
            continue;
        const qsizetype start = m_at;
        m_at += span.open.size();
        goThroughSpan(i, start, 1);
        return true;
    }
    return false;
}

// m_at is within the span; sets the state when it goes on in the next line.
void CodeLine::goThroughSpan(std::size_t index, qsizetype start, int depth) {
    const Language::Span& span = m_language.spans[index];
    bool isOpen = true;
    while (m_at < m_line.size() && isOpen) {
        if (!span.escape.isNull() && m_line[m_at] == span.escape && m_at + 1 < m_line.size()) {
            add(start, m_at, span.style);
            add(m_at, m_at + 2, TokenStyle::escape);
            m_at += 2;
            start = m_at;
        } else if (stands(span.close, m_at)) {
            m_at += span.close.size();
            isOpen = --depth > 0;
        } else if (span.nests && stands(span.open, m_at)) {
            m_at += span.open.size();
            depth = std::min(depth + 1, deepest);
        } else {
            ++m_at;
        }
    }
    const bool isKey =
        !isOpen && m_language.keysBeforeColon && span.style == TokenStyle::string && next(m_at) == u':';
    add(start, m_at, isKey ? TokenStyle::property : span.style);
    if (isOpen && span.crossesLines)
        m_state = static_cast<int>(index + 1) | (depth << depthShift);
}

// 'x' and '\n', but not the lifetime 'a.
bool CodeLine::takeCharacter() {
    if (!m_language.hasCharacters || m_line[m_at] != u'\'')
        return false;
    const bool escaped = m_at + 1 < m_line.size() && m_line[m_at + 1] == u'\\';
    const qsizetype close = m_line.indexOf(u'\'', m_at + (escaped ? 3 : 2));
    if (close < 0 || (!escaped && close - m_at > 3))
        return false;
    add(m_at, close + 1, TokenStyle::string);
    m_at = close + 1;
    return true;
}

bool CodeLine::takeMarked() {
    const QChar c = m_line[m_at];
    const bool atStart = m_line.left(m_at).trimmed().isEmpty();
    const TokenStyle style = atStart && m_language.directives.contains(c) ? TokenStyle::directive
                             : m_language.annotations.contains(c)         ? TokenStyle::directive
                             : m_language.variables.contains(c)           ? TokenStyle::variable
                                                                          : TokenStyle::plain;
    if (style == TokenStyle::plain)
        return false;
    qsizetype end = m_at + 1;
    if (end < m_line.size() && m_line[end] == u'{' && style == TokenStyle::variable) {
        const qsizetype close = m_line.indexOf(u'}', end);
        end = close < 0 ? m_line.size() : close + 1;
    } else {
        while (end < m_line.size() && atStart && style == TokenStyle::directive && m_line[end] == u' ')
            ++end;
        while (end < m_line.size() && (isWordPart(m_line[end]) || m_line[end] == u'!'))
            ++end;
    }
    if (end == m_at + 1)
        return false;
    add(m_at, end, style);
    m_at = end;
    return true;
}

bool CodeLine::takeWord() {
    if (!isWordStart(m_line[m_at]))
        return false;
    const qsizetype start = m_at;
    while (m_at < m_line.size() && isWordPart(m_line[m_at]))
        ++m_at;
    if (!m_tokens)
        return true;
    const QStringView word = m_line.mid(start, m_at - start);
    const std::u16string key = m_language.ignoresCase
                                   ? word.toString().toLower().toStdU16String()
                                   : std::u16string(word.utf16(), static_cast<std::size_t>(word.size()));
    const auto known = m_language.words.find(key);
    TokenStyle style = known == m_language.words.end() ? TokenStyle::plain : known->second;
    if (m_language.keysBeforeColon && next(m_at) == u':')
        style = TokenStyle::property;
    else if (style == TokenStyle::plain && m_language.showsCalls && m_at < m_line.size() &&
             m_line[m_at] == u'(')
        style = TokenStyle::function;
    add(start, m_at, style);
    return true;
}

bool CodeLine::takeNumber() {
    if (!m_line[m_at].isDigit())
        return false;
    const qsizetype start = m_at;
    while (m_at < m_line.size() &&
           (m_line[m_at].isLetterOrNumber() || m_line[m_at] == u'.' || m_line[m_at] == u'_' ||
            ((m_line[m_at] == u'+' || m_line[m_at] == u'-') &&
             (m_line[m_at - 1] == u'e' || m_line[m_at - 1] == u'E'))))
        ++m_at;
    add(start, m_at, TokenStyle::number);
    return true;
}

} // namespace

int scanCode(const Language& language, QStringView line, int state, Tokens* tokens) {
    return CodeLine(language, line, tokens).scan(state);
}

} // namespace tandem
