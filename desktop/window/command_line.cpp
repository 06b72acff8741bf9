#include "window/command_line.h"

#include "connection/documents_client.h"
#include "connection/failure_words.h"
#include "protocol/limits.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

namespace tandem {

namespace {
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

std::optional<CommandLine> refuse(const QString& sentence) {
    QTextStream(stderr) << sentence << Qt::endl;
    return std::nullopt;
}
} // namespace

std::optional<CommandLine> parseCommandLine() {
    QCommandLineParser parser;
    const QString nameOption = QStringLiteral("name");
    const QString serverOption = QStringLiteral("server");
    parser.setApplicationDescription(Words::tr("Write together, in one text, at the same time."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({nameOption, Words::tr("The name that others see, this time, in a program of its own."),
                      Words::tr("name")});
    parser.addOption({serverOption, Words::tr("The server whose documents are offered."), Words::tr("url")});
    parser.addPositionalArgument(
        QStringLiteral("address"),
        Words::tr("Address of a document: http://server:8000/ui/plain?doc=ID, or a tandem:// link"),
        QStringLiteral("[address]"));
    parser.process(*QCoreApplication::instance());

    CommandLine line;
    if (parser.isSet(nameOption)) {
        line.name = parser.value(nameOption).simplified();
        const auto longest = static_cast<qsizetype>(limits::nameLength);
        if (line.name.isEmpty() || line.name.toUcs4().size() > longest)
            return refuse(Words::tr("--name has to have 1 to %1 characters.").arg(longest));
    }
    if (parser.isSet(serverOption)) {
        line.server = DocumentsClient::parseServer(parser.value(serverOption));
        if (!line.server)
            return refuse(Words::tr("“%1” is not the address of a server. It looks like http://server:8000.")
                              .arg(parser.value(serverOption)));
    }
    const QStringList addresses = parser.positionalArguments();
    if (addresses.size() > 1)
        return refuse(Words::tr("Only one address can be opened at a time."));
    if (!addresses.isEmpty()) {
        line.address = addresses.first();
        line.document = DocumentUrl::parse(line.address);
        if (!line.document)
            return refuse(addressWords(line.address));
    }
    return line;
}

} // namespace tandem
