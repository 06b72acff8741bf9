// What a file on this computer is as a new document: its text in UTF-8 with a type that the server takes (of
// a web page what one reads of it), or a whole archive. What it cannot be is told in a sentence. Nothing is
// ever guessed silently: bytes that are not UTF-8 and have no mark of UTF-16 are Latin-1 only when the page
// or the person says so. Pure but for reading the file.
#pragma once

#include <QByteArray>
#include <QString>

namespace tandem {

struct ImportedFile {
    enum class Outcome { ready, unknownEncoding, refused };
    enum class Encoding { byItsBytes, latin1 };

    Outcome outcome = Outcome::refused;
    QString problem; // of a refused one
    QString title;
    QByteArray type;        // of MIME
    QByteArray content;     // to be sent
    bool isItsText = false; // the content is what the document says, in UTF-8
    QString beginning;      // of one whose encoding is not known: how it would begin in Latin-1
};

ImportedFile readImportedFile(const QString& path,
                              ImportedFile::Encoding encoding = ImportedFile::Encoding::byItsBytes);

} // namespace tandem
