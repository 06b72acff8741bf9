// Colours the text of a view by its language. Only lines in sight are coloured, right before they are
// painted; for the lines before them no more than the state in which they end is known, which is found out in
// slices while nothing else is to be done. Owned by the page; lives on the event-loop thread; the view and
// the languages must outlive it.
//
// The state of a line is kept in QTextBlock::userState, -1 while it is not known.
#pragma once

#include "editor/editor_layer.h"
#include "editor/highlight/line_scanner.h"
#include "editor/text/idle_work.h"
#include "editor/text/pending_ranges.h"

#include <QObject>
#include <QTextBlock>
#include <QTextLayout>

#include <array>

namespace tandem {

class EditorView;

class Highlighter final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    Highlighter(EditorView& view, const LanguageSet& languages);
    ~Highlighter() override;

    // nullptr: plain text.
    void setLanguage(const Language* language);
    const Language* language() const { return m_scanner.language(); }

    // The parts of a line, as far as is known now.
    Tokens tokensOf(const QTextBlock& block) const;

    bool isComplete() const { return m_pending.empty(); }
    void finish(); // for tests and measurements

    void prepare() override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(const TextChanges& changes, bool remote);
    void forget(const TextChange& change);
    bool step();
    // From the first pending line on, at most so many; says whether some of them end otherwise than before.
    bool findStates(int most);
    int stateBefore(const QTextBlock& block) const;
    bool color(QTextBlock block);
    void makeFormats();

    EditorView& m_view;
    const LanguageSet& m_languages;
    LineScanner m_scanner;
    PendingRanges m_pending; // lines that touch these are to be looked at
    IdleWork m_work;
    std::array<QTextCharFormat, tokenStyleCount> m_formats;
    int m_revision = 0; // of the formats and the language
};

} // namespace tandem
