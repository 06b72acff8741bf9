#include "editor/spelling/spell_check.h"

#include "editor/editor_view.h"
#include "theme/theme.h"

#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace tandem {

namespace {
constexpr qsizetype mostSuggestions = 6;
constexpr qsizetype longestLine = LineScanner::longestLine;
constexpr qreal waveHeight = 1.5;
constexpr qreal waveLength = 4;

bool isProse(TokenStyle style, const Language* language) {
    const bool isText = !language || language->kind != Language::Kind::code;
    switch (style) {
    case TokenStyle::comment:
    case TokenStyle::heading:
    case TokenStyle::emphasis:
    case TokenStyle::strong:
    case TokenStyle::strike:
    case TokenStyle::quote:
        return true;
    case TokenStyle::plain:
        return isText;
    default:
        return false;
    }
}

bool looksLikeName(QStringView word) {
    for (qsizetype i = 1; i < word.size(); ++i) {
        if (word[i].isUpper() || word[i] == u'_')
            return true;
    }
    return false;
}

bool isApostrophe(QChar c) {
    return c == u'\'' || c == u'\u2019';
}

// Where a run without spaces ends that is an address, a path or a handle.
bool isAddress(QStringView run) {
    return run.contains(QLatin1String("://")) || run.contains(u'@') ||
           run.startsWith(QLatin1String("www.")) || run.startsWith(u'/') || run.contains(u'\\') ||
           run.contains(u'#');
}
} // namespace

std::vector<BlockNotes::Range> proseWords(QStringView line, const Tokens& tokens, const Language* language) {
    std::vector<BlockNotes::Range> words;
    std::vector<bool> prose(static_cast<std::size_t>(line.size()), isProse(TokenStyle::plain, language));
    for (const Token& token : tokens)
        std::fill_n(prose.begin() + token.start, token.length, isProse(token.style, language));
    qsizetype at = 0;
    while (at < line.size()) {
        if (line[at].isSpace()) {
            ++at;
            continue;
        }
        qsizetype runEnd = at;
        while (runEnd < line.size() && !line[runEnd].isSpace())
            ++runEnd;
        if (isAddress(line.mid(at, runEnd - at))) {
            at = runEnd;
            continue;
        }
        while (at < runEnd) {
            if (!line[at].isLetterOrNumber() && line[at] != u'_') {
                ++at;
                continue;
            }
            const qsizetype start = at;
            bool isWord = true;
            while (at < runEnd && (line[at].isLetterOrNumber() || line[at].isMark() || line[at] == u'_' ||
                                   (isApostrophe(line[at]) && at + 1 < runEnd && line[at + 1].isLetter()))) {
                isWord = isWord && !line[at].isNumber() && prose[static_cast<std::size_t>(at)];
                ++at;
            }
            if (isWord && at - start > 1 && !looksLikeName(line.mid(start, at - start)))
                words.push_back({static_cast<int>(start), static_cast<int>(at - start)});
        }
    }
    return words;
}

SpellCheck::SpellCheck(EditorView& view, const Highlighter& highlighter, Dictionary& dictionary)
    : m_view(view), m_highlighter(highlighter), m_dictionary(dictionary), m_work([this] { return step(); }) {
    m_view.addLayer(*this);
}

SpellCheck::~SpellCheck() {
    m_view.removeLayer(*this);
}

void SpellCheck::setOn(bool on) {
    m_isOn = on;
    m_view.viewport()->update();
}

void SpellCheck::setLanguage(const QString& language) {
    m_dictionary.setLanguage(language);
    m_view.viewport()->update();
}

std::vector<BlockNotes::Range> SpellCheck::misspelledIn(const QTextBlock& block) const {
    const QString line = block.text();
    if (line.size() > longestLine)
        return {};
    std::vector<BlockNotes::Range> wrong;
    for (const BlockNotes::Range& word :
         proseWords(line, m_highlighter.tokensOf(block), m_highlighter.language())) {
        if (!m_dictionary.isRight(line.mid(word.start, word.length)))
            wrong.push_back(word);
    }
    return wrong;
}

// Lines in sight that have not been looked through, or not since something changed.
void SpellCheck::prepare() {
    if (!m_isOn)
        return;
    const EditorView::Span shown = m_view.visibleSpan();
    QTextBlock block = m_view.document()->findBlock(shown.start);
    for (; block.isValid() && block.position() <= shown.end; block = block.next()) {
        const BlockNotes* notes = notesOf(block);
        if (!notes || notes->spellRevision != revision()) {
            m_work.start();
            return;
        }
    }
}

bool SpellCheck::step() {
    const EditorView::Span shown = m_view.visibleSpan();
    QTextBlock block = m_view.document()->findBlock(shown.start);
    for (; block.isValid() && block.position() <= shown.end; block = block.next()) {
        BlockNotes& notes = makeNotes(block);
        if (notes.spellRevision == revision())
            continue;
        std::vector<BlockNotes::Range> wrong = misspelledIn(block);
        notes.spellRevision = revision();
        if (wrong != notes.misspelled) {
            notes.misspelled = std::move(wrong);
            m_view.viewport()->update();
        }
        return true;
    }
    return false;
}

void SpellCheck::finish() {
    m_work.finish();
}

bool SpellCheck::isBeingTyped(const QTextBlock& block, const BlockNotes::Range& word) const {
    const QTextCursor cursor = m_view.textCursor();
    return !cursor.hasSelection() && m_view.hasFocus() &&
           cursor.position() == block.position() + word.start + word.length;
}

void SpellCheck::paintOver(QPainter& painter) {
    if (!m_isOn)
        return;
    const EditorView::Span shown = m_view.visibleSpan();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme::toneColor(theme::Tone::bad, m_view.palette()), 1.2));
    painter.setBrush(Qt::NoBrush);
    QTextBlock block = m_view.document()->findBlock(shown.start);
    for (; block.isValid() && block.position() <= shown.end; block = block.next()) {
        const BlockNotes* notes = notesOf(block);
        if (!notes || notes->spellRevision == 0)
            continue;
        for (const BlockNotes::Range& word : notes->misspelled) {
            if (isBeingTyped(block, word))
                continue;
            const int start = block.position() + word.start;
            for (const QRectF& rect : m_view.textRects(start, start + word.length)) {
                QPainterPath wave(QPointF(rect.left(), rect.bottom() - waveHeight));
                for (qreal x = rect.left(), side = 1; x < rect.right(); x += waveLength / 2, side = -side)
                    wave.quadTo(x + waveLength / 4, rect.bottom() - waveHeight + side * waveHeight,
                                x + waveLength / 2, rect.bottom() - waveHeight);
                painter.drawPath(wave);
            }
        }
    }
    painter.restore();
}

// --- what can be done about a word

std::optional<BlockNotes::Range> SpellCheck::wrongWordAt(const QTextBlock& block, int column) const {
    for (const BlockNotes::Range& word : misspelledIn(block)) {
        if (column >= word.start && column <= word.start + word.length)
            return word;
    }
    return std::nullopt;
}

void SpellCheck::addTo(QMenu& menu, int position) {
    const QTextBlock block = m_view.document()->findBlock(position);
    const auto wrong = m_isOn ? wrongWordAt(block, position - block.position()) : std::nullopt;
    if (!wrong)
        return;
    const QString word = block.text().mid(wrong->start, wrong->length);
    // The word stays the same one, whoever edits before it while the menu is open.
    const int start = block.position() + wrong->start;
    const Anchor from = m_view.binding().anchorAt(start, Side::left);
    const Anchor to = m_view.binding().anchorAt(start + wrong->length, Side::right);
    QAction* before = menu.actions().isEmpty() ? nullptr : menu.actions().first();
    const auto add = [&](const QString& text, auto use) {
        auto* action = new QAction(text, &menu);
        connect(action, &QAction::triggered, this, use);
        menu.insertAction(before, action);
        return action;
    };
    const QStringList suggestions = m_dictionary.suggestions(word, mostSuggestions);
    for (const QString& suggestion : suggestions) {
        QAction* action = add(suggestion, [this, word, suggestion, from, to] {
            DocumentBinding& binding = m_view.binding();
            const std::optional<int> first = binding.positionOf(from);
            const std::optional<int> last = binding.positionOf(to);
            if (first && last && binding.text(*first, *last) == word)
                binding.replace({{*first, *last, suggestion}});
        });
        action->setEnabled(!m_view.isReadOnly());
        QFont bold = action->font();
        bold.setBold(true);
        action->setFont(bold);
    }
    if (suggestions.isEmpty())
        add(tr("No suggestions"), [] {})->setEnabled(false);
    const auto refresh = [this] { m_view.viewport()->update(); };
    add(tr("&Add “%1” to Your Words").arg(word), [this, word, refresh] {
        m_dictionary.add(word);
        refresh();
    });
    add(tr("&Ignore “%1”").arg(word), [this, word, refresh] {
        m_dictionary.ignore(word);
        refresh();
    });
    menu.insertSeparator(before);
}

bool SpellCheck::goToNext() {
    const int caret = m_view.textCursor().selectionEnd();
    QTextBlock block = m_view.document()->findBlock(caret);
    for (int line = 0; block.isValid() && line < farthest; ++line, block = block.next()) {
        for (const BlockNotes::Range& word : misspelledIn(block)) {
            const int start = block.position() + word.start;
            if (start < caret)
                continue;
            m_view.setSelection(start, start + word.length);
            return true;
        }
    }
    return false;
}

} // namespace tandem
