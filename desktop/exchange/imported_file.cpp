#include "exchange/imported_file.h"

#include "archive/document_archive.h"
#include "exchange/odt_text.h"
#include "import/html_text.h"
#include "protocol/limits.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStringDecoder>

namespace tandem {

namespace {

using Outcome = ImportedFile::Outcome;
using Encoding = ImportedFile::Encoding;

constexpr auto largest = static_cast<qint64>(limits::bodyBytes);
constexpr int beginningLength = 60;

QString tr(const char* text) {
    return QCoreApplication::translate("tandem::Importing", text);
}

QString sizeOf(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat);
}

ImportedFile refused(const QFileInfo& file, const QString& why) {
    ImportedFile result;
    result.problem = tr("“%1” cannot be imported: %2").arg(file.fileName(), why);
    return result;
}

bool isWholeArchive(const QString& extension) {
    return extension == QStringLiteral("tandem");
}

bool isPage(const QString& extension) {
    return extension == QStringLiteral("html") || extension == QStringLiteral("htm");
}

QByteArray typeFor(const QString& extension) {
    if (extension == QStringLiteral("md") || extension == QStringLiteral("markdown") ||
        extension == QStringLiteral("odt"))
        return "text/markdown; charset=utf-8";
    return "text/plain; charset=utf-8";
}

std::optional<QString> decoded(const QByteArray& bytes, QStringConverter::Encoding encoding) {
    QStringDecoder decoder(encoding, QStringConverter::Flag::Stateless);
    QString text = decoder(bytes);
    if (decoder.hasError() || !text.isValidUtf16())
        return std::nullopt;
    return text;
}

// With the mark at its beginning, or none: UTF-8.
QStringConverter::Encoding encodingOf(const QByteArray& bytes) {
    if (bytes.startsWith("\xFF\xFE"))
        return QStringConverter::Utf16LE;
    if (bytes.startsWith("\xFE\xFF"))
        return QStringConverter::Utf16BE;
    return QStringConverter::Utf8;
}

// Line ends of other systems are those of this one's documents.
QString normalized(QString text) {
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    return text;
}

// A page tells at its beginning in which encoding it is, where that is not UTF-8.
bool saysLatin1(const QByteArray& page) {
    return QStringDecoder::encodingForHtml(page) == QStringConverter::Latin1;
}

ImportedFile fromOdt(const QFileInfo& file, const QByteArray& bytes) {
    const auto text = textOfOdt(bytes);
    if (!text)
        return refused(file, tr("it is not an OpenDocument text, or it is damaged."));
    ImportedFile result;
    result.outcome = Outcome::ready;
    result.content = normalized(*text).toUtf8();
    return result;
}

ImportedFile fromText(const QFileInfo& file, const QByteArray& bytes, Encoding encoding) {
    const QStringConverter::Encoding byMark = encodingOf(bytes);
    const bool page = isPage(file.suffix().toLower());
    const auto content = [page](const QString& read) {
        const QString text = normalized(read);
        return (page ? QString::fromStdU32String(textOfHtml(text.toStdU32String()).text) : text).toUtf8();
    };
    if (byMark == QStringConverter::Utf8 && bytes.contains('\0'))
        return refused(file, tr("it is not text. Tandem takes plain text, Markdown, web pages, OpenDocument "
                                "texts and its own archives."));
    ImportedFile result;
    if (const auto text = decoded(bytes, byMark)) {
        result.outcome = Outcome::ready;
        result.content = content(*text);
    } else if (byMark != QStringConverter::Utf8) {
        return refused(file, tr("it says that it is UTF-16, but it is damaged."));
    } else if (encoding == Encoding::latin1 || (page && saysLatin1(bytes))) {
        result.outcome = Outcome::ready;
        result.content = content(QString::fromLatin1(bytes));
    } else {
        result.outcome = Outcome::unknownEncoding;
        result.beginning = QString::fromLatin1(bytes.left(beginningLength)).simplified();
    }
    return result;
}

} // namespace

ImportedFile readImportedFile(const QString& path, Encoding encoding) {
    const QFileInfo info(path);
    if (info.isDir())
        return refused(info, tr("it is a folder."));
    if (info.size() > largest)
        return refused(
            info, tr("it has %1, and a file may have %2 at most.").arg(sizeOf(info.size()), sizeOf(largest)));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(info, file.errorString() + QLatin1Char('.'));
    // Not more, whatever it says of its size.
    const QByteArray bytes = file.read(largest + 1);
    if (bytes.size() > largest)
        return refused(info, tr("it has more than %1.").arg(sizeOf(largest)));

    const QString extension = info.suffix().toLower();
    ImportedFile result;
    if (isWholeArchive(extension)) {
        result.outcome = Outcome::ready;
        result.type = archiveType;
        result.content = bytes;
        return result; // it has a title of its own
    }
    result = extension == QStringLiteral("odt") ? fromOdt(info, bytes) : fromText(info, bytes, encoding);
    result.type = typeFor(extension);
    result.isItsText = true;
    result.title = info.completeBaseName().left(static_cast<qsizetype>(limits::titleLength));
    if (result.content.size() > largest)
        return refused(info, tr("its text has more than %1.").arg(sizeOf(largest)));
    return result;
}

} // namespace tandem
