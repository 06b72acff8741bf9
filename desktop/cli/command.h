// What the commands share: how they end and how they speak. Results go to standard output, everything else to
// standard error.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <string_view>

class QCommandLineParser;

namespace tandem {

enum class ExitCode : int {
    done = 0,
    failed = 1, // the server could not be reached, refused, or something differs
    usage = 2,  // wrong arguments, or a file that cannot be used
};

// Say it as "tandem-cli: ..." and return how to end.
ExitCode fail(const QString& sentence);
ExitCode failUsage(const QString& sentence);

void print(std::string_view utf8); // as it is, without a line end; flushed
void printLine(const QString& line);

// How many arguments that are no options a command takes.
struct Count {
    qsizetype atLeast = 0;
    qsizetype atMost = 0;
};

// Parses the arguments of one command, its name first, and gives it --help. An exit code: there is nothing
// more to do.
std::optional<ExitCode> parseArguments(QCommandLineParser& parser, const QStringList& arguments, Count count);

// How the program names itself to servers.
std::string clientName();

// The commands; each in its own file. `arguments` begins with the command's name.
ExitCode runNew(const QStringList& arguments);
ExitCode runCat(const QStringList& arguments);
ExitCode runWatch(const QStringList& arguments);
ExitCode runReplay(const QStringList& arguments);

} // namespace tandem
