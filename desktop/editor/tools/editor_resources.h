// What the editors of all documents share: languages and the dictionary. One for each Preferences, which owns
// it; lives on the event-loop thread.
#pragma once

#include "editor/highlight/language.h"
#include "editor/spelling/dictionary.h"

#include <QObject>

namespace tandem {

class Preferences;

class EditorResources final : public QObject {
    Q_OBJECT
public:
    // That of these preferences, made when it is first asked for.
    static EditorResources& of(Preferences& preferences);

    const LanguageSet& languages() const { return m_languages; }
    Dictionary& dictionary() { return m_dictionary; }

private:
    explicit EditorResources(Preferences& preferences);

    LanguageSet m_languages;
    Dictionary m_dictionary;
};

} // namespace tandem
