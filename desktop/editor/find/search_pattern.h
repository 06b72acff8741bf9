// What is searched for: a text or a regular expression (PCRE2, the regular expressions of Perl), with its
// options. A value that can be moved; lives on one thread. A pattern that would try for ever gives up after a
// bounded number of steps and says so.
#pragma once

#include <QString>

#include <memory>
#include <optional>

namespace tandem {

class SearchPattern {
public:
    struct Options {
        bool isRegex = false;
        bool isCaseSensitive = false;
        bool isWholeWord = false;

        friend bool operator==(const Options&, const Options&) = default;
    };

    struct Match {
        qsizetype start = 0;
        qsizetype end = 0;

        friend bool operator==(const Match&, const Match&) = default;
    };
    enum class Outcome { found, none, tooMuch };

    SearchPattern(); // matches nothing
    SearchPattern(const QString& text, Options options);
    ~SearchPattern();
    SearchPattern(SearchPattern&&) noexcept;
    SearchPattern& operator=(SearchPattern&&) noexcept;

    bool isEmpty() const { return !m_code && m_problem.isEmpty(); }
    bool isValid() const { return m_code != nullptr; }
    // Why it is none, for people. Empty when it is one.
    const QString& problem() const { return m_problem; }
    const Options& options() const { return m_options; }

    // How far a match may reach: for a regular expression as far as is looked.
    qsizetype longestMatch() const;
    static constexpr qsizetype longestRegexMatch = 16 * 1024;

    // The first match that starts at `from` or later, up to `lastStart`. A regular expression may match a
    // place without any text, such as the start of a line; not at `from` itself when that is the end of a
    // match. Precondition: `text` is well-formed UTF-16.
    enum class From { anywhere, endOfMatch };
    Outcome next(QStringView text, qsizetype from, qsizetype lastStart, Match& match,
                 From place = From::anywhere) const;

    // What comes in place of `match`: for a regular expression $1, ${name}, \n and the like in `by` mean what
    // they mean there; else `by` as it is. nullopt with `problem` when `by` cannot be read.
    std::optional<QString> replacement(QStringView text, const Match& match, const QString& by,
                                       QString* problem) const;

private:
    struct Code;

    std::unique_ptr<Code> m_code;
    QString m_problem;
    Options m_options;
    qsizetype m_length = 0;
};

} // namespace tandem
