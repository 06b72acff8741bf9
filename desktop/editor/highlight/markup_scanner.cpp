// XML and HTML, with what stands in script and style.
#include "editor/highlight/line_scanner.h"

namespace tandem {

namespace {

enum Place { content, comment, data, inTag, doubleQuoted, singleQuoted };
// A tag whose content is of another language has the language's number in the state.

class MarkupLine {
public:
    MarkupLine(const LanguageSet& languages, const Language& language, QStringView line, Tokens* tokens)
        : m_languages(languages), m_language(language), m_line(line), m_tokens(tokens) {}

    int scan(int state);

private:
    void add(qsizetype start, qsizetype end, TokenStyle style) {
        if (m_tokens && end > start)
            m_tokens->push_back({static_cast<int>(start), static_cast<int>(end - start), style});
    }
    void takeUntil(const QString& close, TokenStyle style, Place after);
    void takeContent();
    void takeTagStart();
    void takeTag();
    bool takeEmbedded();

    const LanguageSet& m_languages;
    const Language& m_language;
    QStringView m_line;
    Tokens* m_tokens;
    qsizetype m_at = 0;
    Place m_place = content;
    int m_embedded = 0; // language of what is in the tag, or begins after it
    int m_inner = 0;
};

int MarkupLine::scan(int state) {
    m_place = static_cast<Place>(scanner_state::outer(state));
    m_embedded = scanner_state::language(state);
    m_inner = scanner_state::inner(state);
    while (m_at < m_line.size()) {
        switch (m_place) {
        case comment:
            takeUntil(QStringLiteral("-->"), TokenStyle::comment, content);
            break;
        case data:
            takeUntil(QStringLiteral("]]>"), TokenStyle::string, content);
            break;
        case doubleQuoted:
            takeUntil(QStringLiteral("\""), TokenStyle::string, inTag);
            break;
        case singleQuoted:
            takeUntil(QStringLiteral("'"), TokenStyle::string, inTag);
            break;
        case inTag:
            takeTag();
            break;
        case content:
            if (!takeEmbedded())
                takeContent();
            break;
        }
    }
    if (m_line.isEmpty() && m_place == content && m_embedded > 0)
        takeEmbedded();
    return scanner_state::join(m_place, m_embedded, m_inner);
}

void MarkupLine::takeUntil(const QString& close, TokenStyle style, Place after) {
    const qsizetype found = m_line.indexOf(close, m_at);
    const qsizetype end = found < 0 ? m_line.size() : found + close.size();
    add(m_at, end, style);
    m_at = end;
    if (found >= 0)
        m_place = after;
}

bool MarkupLine::takeEmbedded() {
    const Language* language = m_languages.byNumber(m_embedded);
    if (!language)
        return false;
    const QStringView rest = m_line.mid(m_at);
    qsizetype end = -1;
    for (auto tag = m_language.embeds.begin(); tag != m_language.embeds.end() && end < 0; ++tag)
        end = rest.indexOf(QStringLiteral("</") + tag.key(), 0, Qt::CaseInsensitive);
    Tokens within;
    m_inner = scanCode(*language, end < 0 ? rest : rest.left(end), m_inner, m_tokens ? &within : nullptr);
    for (const Token& token : within)
        add(m_at + token.start, m_at + token.start + token.length, token.style);
    m_at = end < 0 ? m_line.size() : m_at + end;
    if (end >= 0) {
        m_embedded = 0;
        m_inner = 0;
    }
    return true;
}

void MarkupLine::takeContent() {
    const QChar c = m_line[m_at];
    if (c == u'<') {
        takeTagStart();
        return;
    }
    if (c == u'&') {
        const qsizetype end = m_line.indexOf(u';', m_at);
        if (end > 0 && end - m_at < 12) {
            add(m_at, end + 1, TokenStyle::escape);
            m_at = end + 1;
            return;
        }
    }
    ++m_at;
}

void MarkupLine::takeTagStart() {
    const QStringView rest = m_line.mid(m_at);
    if (rest.startsWith(QLatin1String("<!--"))) {
        m_place = comment;
        return;
    }
    if (rest.startsWith(QLatin1String("<![CDATA["))) {
        m_place = data;
        return;
    }
    qsizetype end = m_at + 1;
    while (end < m_line.size() &&
           (m_line[end].isLetterOrNumber() || QStringLiteral("/?!:-_.").contains(m_line[end])))
        ++end;
    if (end == m_at + 1) {
        ++m_at; // a lone sign
        return;
    }
    const QString name = m_line.mid(m_at + 1, end - m_at - 1).toString().toLower();
    m_embedded = m_languages.numberOf(m_languages.find(m_language.embeds.value(name)));
    m_inner = 0;
    add(m_at, end, TokenStyle::tag);
    m_at = end;
    m_place = inTag;
}

void MarkupLine::takeTag() {
    const QChar c = m_line[m_at];
    if (c == u'>') {
        const bool isClosed = m_at > 0 && m_line[m_at - 1] == u'/';
        add(m_at, m_at + 1, TokenStyle::tag);
        if (isClosed)
            m_embedded = 0;
        m_place = content;
        ++m_at;
    } else if (c == u'"' || c == u'\'') {
        m_place = c == u'"' ? doubleQuoted : singleQuoted;
        const qsizetype start = m_at++;
        takeUntil(QString(c), TokenStyle::string, inTag);
        if (m_tokens && !m_tokens->empty() && m_tokens->back().start == start + 1) {
            m_tokens->back().start = static_cast<int>(start);
            ++m_tokens->back().length;
        }
    } else if (c.isLetter() || c == u'_' || c == u':' || c == u'@') {
        const qsizetype start = m_at;
        while (m_at < m_line.size() && !m_line[m_at].isSpace() &&
               !QStringLiteral("=>/\"'").contains(m_line[m_at]))
            ++m_at;
        add(start, m_at, TokenStyle::property);
    } else if (c == u'/' || c == u'?') {
        add(m_at, m_at + 1, TokenStyle::tag);
        ++m_at;
    } else {
        ++m_at;
    }
}

} // namespace

int scanMarkup(const LanguageSet& languages, const Language& language, QStringView line, int state,
               Tokens* tokens) {
    return MarkupLine(languages, language, line, tokens).scan(state);
}

} // namespace tandem
