// Qt's application object of this process, of which there is one, made before all else that uses Qt. A
// process that draws pages (export/pdf_file.h) has fonts, without a screen; the others do without.
#pragma once

#include <QCoreApplication>

#include <memory>

namespace tandem {

// What Qt itself would take from the command line and the environment, such as another platform to draw on,
// does not count.
std::unique_ptr<QCoreApplication> makeApplication(bool draws);

} // namespace tandem
