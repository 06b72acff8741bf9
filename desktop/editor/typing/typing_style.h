// How this person types, on this computer only: nothing of it changes what others wrote.
#pragma once

#include <QString>

namespace tandem {

struct TypingStyle {
    bool tabsAreSpaces = true;
    int tabWidth = 4;
    bool indentsNewLines = true;

    friend bool operator==(const TypingStyle&, const TypingStyle&) = default;
};

// How a language marks comments, and what its lines go on with; known from the document's language.
struct LineHabits {
    QString lineComment = {}; // "//"; empty: there is none
    QString commentOpen = {}; // "/*", where there is no lineComment
    QString commentClose = {};
    bool colonIndents = false;   // as in Python
    bool continuesLists = false; // as in Markdown

    friend bool operator==(const LineHabits&, const LineHabits&) = default;
};

} // namespace tandem
