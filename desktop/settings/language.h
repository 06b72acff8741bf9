// The words of the program in the language of the system, where there are some; else in English. Owned by
// main(), for as long as the application lives.
#pragma once

#include <QLocale>
#include <QTranslator>

namespace tandem {

class Language final {
public:
    explicit Language(const QLocale& locale = QLocale());
    ~Language();
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

private:
    QTranslator m_own;
    QTranslator m_ofQt; // standard buttons, dialogs of files
};

} // namespace tandem
