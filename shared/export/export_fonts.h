// The fonts that documents are drawn with: two come with the program, so that a page looks alike on every
// machine; what they lack, other writing systems and emoji, is taken from the system. Any thread; needs a
// QGuiApplication.
#pragma once

#include <QStringList>

namespace tandem {

// Makes the program's own known to Qt. May be called again.
void loadExportFonts();

QStringList bodyFamilies();
QStringList codeFamilies();

} // namespace tandem
