#include "export/export_fonts.h"

#include <QDirIterator>
#include <QFontDatabase>

#include <mutex>

namespace tandem {

namespace {

// Named, since what a system takes by itself may differ in look from word to word, and colour fonts, which
// have pictures only, leave empty places in a PDF.
const QStringList& otherScripts() {
    static const QStringList families{QStringLiteral("Noto Sans"),
                                      QStringLiteral("DejaVu Sans"),
                                      QStringLiteral("Noto Sans Arabic"),
                                      QStringLiteral("Noto Sans Hebrew"),
                                      QStringLiteral("Noto Sans CJK SC"),
                                      QStringLiteral("WenQuanYi Micro Hei"),
                                      QStringLiteral("Droid Sans Fallback"),
                                      QStringLiteral("Noto Emoji"),
                                      QStringLiteral("Symbola")};
    return families;
}

} // namespace

void loadExportFonts() {
    static std::once_flag loaded; // Qt's own table is one for all
    std::call_once(loaded, [] {
        QDirIterator fonts(QStringLiteral(":/tandem/fonts"));
        while (fonts.hasNext())
            QFontDatabase::addApplicationFont(fonts.next());
    });
}

QStringList bodyFamilies() {
    return QStringList{QStringLiteral("Inter")} + otherScripts();
}

QStringList codeFamilies() {
    return QStringList{QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"),
                       QStringLiteral("Noto Sans Mono")} +
           otherScripts();
}

} // namespace tandem
