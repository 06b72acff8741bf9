// tandem-cli new: makes a document and prints its address.
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/rest.h"
#include "cli/server_address.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace tandem {

namespace {
Result<std::string> readAll(const QString& name) {
    QFile file(name);
    const bool open = name == "-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open)
        return Error{ErrorCode::notFound, name.toStdString() + ": " + file.errorString().toStdString()};
    std::string text = file.readAll().toStdString();
    if (file.error() != QFileDevice::NoError)
        return Error{ErrorCode::notFound, name.toStdString() + ": " + file.errorString().toStdString()};
    if (!fromUtf8(text))
        return Error{ErrorCode::malformed, name.toStdString() + " is not text in UTF-8"};
    return text;
}

QString titleFor(const QString& file) {
    return file.isEmpty() || file == "-" ? QString("Untitled") : QFileInfo(file).fileName();
}
} // namespace

ExitCode runNew(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Makes a document and prints its address.");
    const QCommandLineOption server = serverOption();
    const QCommandLineOption title("title", "The document's title; the file's name unless given.", "TITLE");
    parser.addOptions({server, title});
    parser.addPositionalArgument("FILE", "What it begins with, in UTF-8; - reads standard input.",
                                 "[FILE|-]");
    if (const auto exit = parseArguments(parser, arguments, {.atLeast = 0, .atMost = 1}))
        return *exit;

    const Result<QUrl> url = parseServer(parser.value(server));
    if (!url)
        return failUsage(QString::fromStdString(url.error().detail));
    const QString file = parser.positionalArguments().value(0);
    std::string text;
    if (!file.isEmpty()) {
        Result<std::string> content = readAll(file);
        if (!content)
            return failUsage(QString::fromStdString(content.error().detail));
        text = std::move(content).value();
    }
    const QString name = parser.isSet(title) ? parser.value(title) : titleFor(file);
    const Result<DocumentUrl> document = rest::createDocument(*url, name.toStdString(), text);
    if (!document)
        return fail(QString::fromStdString(document.error().detail));
    printLine(document->link().toString());
    return ExitCode::done;
}

} // namespace tandem
