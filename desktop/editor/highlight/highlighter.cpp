#include "editor/highlight/highlighter.h"

#include "editor/editor_view.h"
#include "editor/text/block_notes.h"

#include <QEvent>

namespace tandem {

namespace {
constexpr int linesInStep = 100;
constexpr int linesAtOnce = 20; // of an own edit, with the key
} // namespace

Highlighter::Highlighter(EditorView& view, const LanguageSet& languages)
    : m_view(view), m_languages(languages), m_work([this] { return step(); }) {
    connect(&m_view.binding(), &DocumentBinding::edited, this, &Highlighter::follow);
    m_view.installEventFilter(this);
    m_view.addLayer(*this);
    makeFormats();
}

Highlighter::~Highlighter() {
    m_view.removeLayer(*this);
}

void Highlighter::makeFormats() {
    ++m_revision;
    for (int style = 0; style < tokenStyleCount; ++style)
        m_formats[static_cast<std::size_t>(style)] =
            theme::tokenFormat(static_cast<TokenStyle>(style), m_view.palette());
}

void Highlighter::setLanguage(const Language* language) {
    if (language == m_scanner.language() && m_revision > 1)
        return;
    m_scanner = LineScanner(m_languages, language);
    ++m_revision;
    m_pending.clear();
    m_pending.add({0, m_view.binding().length()});
    m_work.start();
    m_view.viewport()->update();
}

bool Highlighter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::PaletteChange) {
        makeFormats();
        m_view.viewport()->update();
    }
    return QObject::eventFilter(watched, event);
}

// --- states

void Highlighter::follow(const TextChanges& changes, bool remote) {
    for (const TextChange& change : changes) {
        m_pending.follow(change);
        m_pending.add({change.position, change.position + change.added});
        forget(change);
    }
    m_work.start();
    // What was just typed has its colours with the key, if the lines before it are known.
    if (remote || changes.size() != 1)
        return;
    const QTextBlock block = m_view.document()->findBlock(changes.front().position);
    if (!m_pending.empty() && m_pending.all().front().start >= block.position()) {
        findStates(linesAtOnce);
        color(block);
    }
}

void Highlighter::forget(const TextChange& change) {
    QTextBlock block = m_view.document()->findBlock(change.position);
    for (; block.isValid() && block.position() <= change.position + change.added; block = block.next()) {
        if (BlockNotes* notes = notesOf(block)) {
            notes->isColored = false;
            notes->spellRevision = 0;
        }
    }
}

int Highlighter::stateBefore(const QTextBlock& block) const {
    const QTextBlock before = block.previous();
    return before.isValid() ? std::max(before.userState(), LineScanner::initialState)
                            : LineScanner::initialState;
}

bool Highlighter::step() {
    if (findStates(linesInStep))
        m_view.viewport()->update();
    return !m_pending.empty();
}

void Highlighter::finish() {
    m_work.finish();
}

bool Highlighter::findStates(int most) {
    if (m_pending.empty())
        return false;
    const PendingRanges::Range range = m_pending.all().front();
    QTextBlock block = m_view.document()->findBlock(range.start);
    if (!block.isValid())
        block = m_view.document()->lastBlock();
    const EditorView::Span shown = m_view.visibleSpan();
    const int first = block.position();
    int last = first;
    int state = stateBefore(block);
    bool changed = false;
    bool changesSight = false;
    for (int count = 0; block.isValid() && count < most; ++count, block = block.next()) {
        if (!changed && count > 0 && block.position() > range.end)
            break;
        state = m_scanner.scan(block.text(), state, nullptr);
        changed = state != block.userState();
        block.setUserState(state);
        last = block.position() + block.length() - 1;
        changesSight = changesSight || (changed && last + 1 >= shown.start && last <= shown.end);
    }
    m_pending.remove({std::min(first, range.start), last});
    // The line after one that ends otherwise is another one, too.
    if (changed && block.isValid())
        m_pending.add({block.position(), block.position()});
    return changesSight;
}

// --- colours

Tokens Highlighter::tokensOf(const QTextBlock& block) const {
    Tokens tokens;
    m_scanner.scan(block.text(), stateBefore(block), &tokens);
    return tokens;
}

void Highlighter::prepare() {
    const EditorView::Span shown = m_view.visibleSpan();
    QTextBlock block = m_view.document()->findBlock(shown.start);
    for (; block.isValid() && block.position() <= shown.end; block = block.next()) {
        // Layers are prepared outside of edits: the layout is told at once.
        if (color(block))
            m_view.document()->markContentsDirty(block.position(), 0);
    }
}

bool Highlighter::color(QTextBlock block) {
    const int from = stateBefore(block);
    QTextLayout* layout = block.layout();
    BlockNotes* known = notesOf(block);
    const bool holds =
        known && known->isColored && known->coloredFrom == from && known->coloredAs == m_revision;
    // What an input method composes has formats of its own there.
    if (holds || !layout->preeditAreaText().isEmpty())
        return false;
    const Tokens tokens = tokensOf(block);
    QList<QTextLayout::FormatRange> formats;
    formats.reserve(static_cast<qsizetype>(tokens.size()));
    for (const Token& token : tokens)
        formats.append({token.start, token.length, m_formats[static_cast<std::size_t>(token.style)]});
    BlockNotes& notes = makeNotes(block);
    notes.isColored = true;
    notes.coloredFrom = from;
    notes.coloredAs = m_revision;
    if (formats == layout->formats())
        return false;
    layout->setFormats(formats);
    return true;
}

} // namespace tandem
