#include "editor/drop/text_file.h"

#include "base/utf8.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace tandem {

namespace {
QString tr(const char* text) {
    return QCoreApplication::translate("TextFile", text);
}
} // namespace

TextFile readTextFile(const QString& path) {
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (info.isDir())
        return {{}, tr("“%1” is a folder. Drop the files in it.").arg(name)};
    if (info.size() > TextFile::largest)
        return {{},
                tr("“%1” is larger than %2 MB and was not inserted.").arg(name).arg(TextFile::largest >> 20)};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, tr("“%1” cannot be read: %2.").arg(name, file.errorString())};
    QByteArray bytes = file.read(TextFile::largest);
    if (bytes.startsWith("\xEF\xBB\xBF")) // a byte order mark
        bytes.remove(0, 3);
    const Result<std::u32string> read = fromUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!read || bytes.contains('\0'))
        return {{}, tr("“%1” is no text in UTF-8 and was not inserted.").arg(name)};
    QString text = QString::fromUcs4(read->data(), static_cast<qsizetype>(read->size()));
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    return {text, {}};
}

} // namespace tandem
