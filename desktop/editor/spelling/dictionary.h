// The words of a language, by the dictionaries of hunspell that the system has, and the person's own words.
// Owned by the program or a test; lives on the event-loop thread.
#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringConverter>
#include <QStringList>

#include <memory>

class Hunspell;

namespace tandem {

class Dictionary {
public:
    // `ownWords` is a file with a word a line, made when the first one is added.
    explicit Dictionary(QString ownWords);
    ~Dictionary();

    // The languages that there are dictionaries for, such as en_US.
    static QStringList languages();
    // The best of them for the person's languages, in their order; empty when there is none.
    static QString languageOf(const QStringList& personsLanguages);

    // Empty, or one that there is not: everything is right. It is read when the first word is asked for.
    void setLanguage(const QString& language);
    const QString& language() const { return m_language; }

    bool isRight(const QString& word);
    // At most so many, the likeliest first. Takes some time.
    QStringList suggestions(const QString& word, qsizetype most);

    void add(const QString& word);    // for good
    void ignore(const QString& word); // until the program ends

    // Another number after each change of what is right.
    int revision() const { return m_revision; }

private:
    void load();
    std::string encoded(const QString& word);

    QString m_ownWords;
    QString m_language;
    std::unique_ptr<Hunspell> m_hunspell;
    QStringEncoder m_encoder;
    QStringDecoder m_decoder;
    QSet<QString> m_known; // own and ignored words
    QHash<QString, bool> m_tried;
    int m_revision = 1;
    QChar::Script m_script = QChar::Script_Latin; // of the language
    bool m_isLoaded = true;
};

} // namespace tandem
