// How texts of one language are told apart into words, strings, comments and the rest: data, read from
// resources/languages. Immutable once read.
#pragma once

#include "editor/typing/typing_style.h"
#include "theme/token_colors.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tandem {

// A part of a line. In a list: in order, none overlaps another.
struct Token {
    int start = 0;
    int length = 0;
    TokenStyle style = TokenStyle::plain;

    friend bool operator==(const Token&, const Token&) = default;
};

struct Language {
    enum class Kind { code, markup, markdown };

    // From `open` to `close`: strings, comments in brackets.
    struct Span {
        QString open;
        QString close;
        QChar escape; // null: there is none
        bool crossesLines = false;
        bool nests = false;
        TokenStyle style = TokenStyle::string;
    };

    QString id; // of its file
    QString name;
    Kind kind = Kind::code;
    QStringList endings; // of file names
    QStringList files;   // whole file names
    QStringList aliases; // as they stand behind a fence
    LineHabits habits;
    bool commentNeedsSpace = false; // before it, or the start of the line
    std::vector<Span> spans;        // the first that fits counts
    std::unordered_map<std::u16string, TokenStyle> words;
    bool ignoresCase = false;
    QString wordCharacters; // beside letters, digits and _
    bool showsCalls = false;
    bool keysBeforeColon = false;
    bool hasCharacters = false; // 'x', where ' also stands alone
    QString directives;         // at the start of a line: the whole word behind
    QString annotations;        // before a word
    QString variables;          // before a word
    QHash<QString, QString> embeds;
};

// All of them, made once by the program; must outlive what uses them.
class LanguageSet {
public:
    LanguageSet(); // those that come with the program

    const std::vector<std::unique_ptr<Language>>& all() const { return m_languages; }
    // By id or alias, in any case; nothing when it is not known.
    const Language* find(const QString& word) const;
    // What a document of this title is written in: by its ending. Titles without one are prose.
    const Language* forTitle(const QString& title) const;
    // From 1; 0 is none.
    int numberOf(const Language* language) const;
    const Language* byNumber(int number) const;

private:
    std::vector<std::unique_ptr<Language>> m_languages; // by name
    QHash<QString, const Language*> m_byWord;
    QHash<QString, const Language*> m_byEnding;
    QHash<QString, const Language*> m_byFile;
};

// Reads one; nothing when it is none.
std::unique_ptr<Language> readLanguage(const QString& id, const QByteArray& json);

} // namespace tandem
