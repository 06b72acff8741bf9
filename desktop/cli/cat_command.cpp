// tandem-cli cat: prints a document's text as it is.
#include "cli/command.h"
#include "cli/rest.h"

#include <QCommandLineParser>

namespace tandem {

ExitCode runCat(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription("Prints the text of a document, and nothing else.");
    parser.addPositionalArgument("ADDRESS", "The document's address.");
    if (const auto exit = parseArguments(parser, arguments, {.atLeast = 1, .atMost = 1}))
        return *exit;

    const QString address = parser.positionalArguments().first();
    const std::optional<DocumentUrl> document = DocumentUrl::parse(address);
    if (!document)
        return failUsage("\"" + address + "\" is no document's address");
    const Result<std::string> text = rest::fetchText(*document);
    if (!text)
        return fail(QString::fromStdString(text.error().detail));
    print(*text);
    return ExitCode::done;
}

} // namespace tandem
