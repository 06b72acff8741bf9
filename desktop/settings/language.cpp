#include "settings/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace tandem {

Language::Language(const QLocale& locale) {
    const QString separator = QStringLiteral("_");
    // English is what stands in the sources: another one on the list of languages must not come before it.
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    if (m_ofQt.load(locale, QStringLiteral("qtbase"), separator,
                    QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_ofQt);
    if (m_own.load(locale, QStringLiteral("tandem"), separator, QStringLiteral(":/i18n")))
        QCoreApplication::installTranslator(&m_own);
}

Language::~Language() {
    if (!QCoreApplication::instance())
        return;
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_ofQt);
}

} // namespace tandem
