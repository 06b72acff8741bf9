// Red waves under the words of the lines in sight that are in no dictionary: not in code, addresses and what
// else is no prose, and not under the word that is being typed. Looks in slices while nothing else is to be
// done. Owned by the page; lives on the event-loop thread; view, highlighter and dictionary must outlive it.
#pragma once

#include "editor/editor_layer.h"
#include "editor/highlight/highlighter.h"
#include "editor/spelling/dictionary.h"
#include "editor/text/block_notes.h"

class QMenu;

namespace tandem {

class SpellCheck final : public QObject, public EditorLayer {
    Q_OBJECT
public:
    SpellCheck(EditorView& view, const Highlighter& highlighter, Dictionary& dictionary);
    ~SpellCheck() override;

    bool isOn() const { return m_isOn; }
    void setOn(bool on);
    void setLanguage(const QString& language);

    // Wrong words of a line, looked up now.
    std::vector<BlockNotes::Range> misspelledIn(const QTextBlock& block) const;
    // Suggestions, adding and ignoring, at the start of the menu, if the word there is wrong.
    void addTo(QMenu& menu, int position);
    // The next wrong word after the caret is selected; false: there is none in the next `farthest` lines.
    bool goToNext();
    static constexpr int farthest = 20'000;

    void finish(); // for tests

    void prepare() override;
    void paintOver(QPainter& painter) override;

private:
    bool step();
    int revision() const { return m_dictionary.revision(); }
    std::optional<BlockNotes::Range> wrongWordAt(const QTextBlock& block, int column) const;
    bool isBeingTyped(const QTextBlock& block, const BlockNotes::Range& word) const;

    EditorView& m_view;
    const Highlighter& m_highlighter;
    Dictionary& m_dictionary;
    IdleWork m_work;
    bool m_isOn = true;
};

// The words of a line that are prose: letters, with apostrophes within; no numbers, no addresses, no
// NAMES_LIKE_THIS.
std::vector<BlockNotes::Range> proseWords(QStringView line, const Tokens& tokens, const Language* language);

} // namespace tandem
