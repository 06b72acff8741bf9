// Tells the parts of a line: its words, strings, comments, or what Markdown makes of them. A line depends on
// those before by one number only, the state in which the one before it ended, so that any line can be told
// by itself. Linear in the line. A value; the languages must outlive it.
#pragma once

#include "editor/highlight/language.h"

namespace tandem {

using Tokens = std::vector<Token>;

class LineScanner {
public:
    // Longer lines have no parts and leave the state as it was: no key may wait for them.
    static constexpr int longestLine = 10'000;
    static constexpr int initialState = 0;

    LineScanner() = default; // knows nothing: plain text
    LineScanner(const LanguageSet& languages, const Language* language)
        : m_languages(&languages), m_language(language) {}

    const Language* language() const { return m_language; }
    // Gives the state in which the line ends, at least 0; adds the parts to `tokens`, if given.
    int scan(QStringView line, int state, Tokens* tokens) const;

private:
    const LanguageSet* m_languages = nullptr;
    const Language* m_language = nullptr;
};

// --- what the kinds of languages are told by; states as above

int scanCode(const Language& language, QStringView line, int state, Tokens* tokens);
int scanMarkup(const LanguageSet& languages, const Language& language, QStringView line, int state,
               Tokens* tokens);
int scanMarkdown(const LanguageSet& languages, QStringView line, int state, Tokens* tokens);

// A state of an embedded language within the state of the outer one.
namespace scanner_state {
constexpr int innerBits = 16;
constexpr int innerMask = (1 << innerBits) - 1;
constexpr int languageBits = 6;
constexpr int languageMask = (1 << languageBits) - 1;

constexpr int inner(int state) {
    return state & innerMask;
}
constexpr int language(int state) {
    return (state >> innerBits) & languageMask;
}
constexpr int outer(int state) {
    return state >> (innerBits + languageBits);
}
constexpr int join(int outerState, int languageNumber, int innerState) {
    return (outerState << (innerBits + languageBits)) | (languageNumber << innerBits) |
           (innerState & innerMask);
}
} // namespace scanner_state

} // namespace tandem
