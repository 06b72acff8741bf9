// Reads a file of the person's as text, to be put into a document.
#pragma once

#include <QString>

namespace tandem {

struct TextFile {
    static constexpr qint64 largest = 16 * 1024 * 1024; // bytes

    QString text;    // with line feeds as line ends
    QString problem; // for people; empty when it could be read
};

TextFile readTextFile(const QString& path);

} // namespace tandem
