#include "cli/command.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

namespace tandem {

namespace {
void say(const QString& sentence) {
    std::fputs(("tandem-cli: " + sentence + "\n").toUtf8().constData(), stderr);
}
} // namespace

ExitCode fail(const QString& sentence) {
    say(sentence);
    return ExitCode::failed;
}

ExitCode failUsage(const QString& sentence) {
    say(sentence);
    return ExitCode::usage;
}

void print(std::string_view utf8) {
    std::fwrite(utf8.data(), 1, utf8.size(), stdout);
    std::fflush(stdout);
}

void printLine(const QString& line) {
    print((line + '\n').toStdString());
}

std::optional<ExitCode> parseArguments(QCommandLineParser& parser, const QStringList& arguments,
                                       Count count) {
    const QCommandLineOption help({"h", "help"}, "Shows this help.");
    parser.addOption(help);
    const QString name = arguments.first();
    if (!parser.parse(arguments))
        return failUsage(parser.errorText() + " See tandem-cli " + name + " --help");
    if (parser.isSet(help)) {
        const QString program = QCoreApplication::arguments().first();
        print(parser.helpText().replace(program, "tandem-cli " + name).toStdString());
        return ExitCode::done;
    }
    const auto given = parser.positionalArguments().size();
    if (given < count.atLeast || given > count.atMost)
        return failUsage((given < count.atLeast ? "Something is missing" : "There is too much") +
                         QString(". See tandem-cli ") + name + " --help");
    return std::nullopt;
}

std::string clientName() {
    return "tandem-cli/" TANDEM_VERSION;
}

} // namespace tandem
