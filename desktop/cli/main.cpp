// tandem-cli: documents without a window.
#include "cli/command.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace tandem {

namespace {
constexpr auto help = R"(Usage: tandem-cli COMMAND [ARGUMENTS]

  new [--server URL] [--title TITLE] [FILE|-]   make a document, print its address
  cat ADDRESS                                   print a document's text
  watch ADDRESS                                 print what happens in a document, until Ctrl+C
  replay FILE --server URL                      play a recorded editing session, compare what comes out

  --help, --version                             this, or the program's version
  COMMAND --help                                what a command takes

An address is http(s)://host:port/ui/plain?doc=ID, or that of the document in REST.
Exit codes: 0 done, 1 failed or different, 2 wrong usage or a file that cannot be used.
)";

struct Command {
    const char* name;
    ExitCode (*run)(const QStringList& arguments);
};
constexpr std::array commands{Command{"new", runNew}, Command{"cat", runCat}, Command{"watch", runWatch},
                              Command{"replay", runReplay}};

ExitCode run(const QStringList& arguments) {
    if (arguments.isEmpty())
        return failUsage("no command was given. See tandem-cli --help");
    const QString& first = arguments.first();
    if (first == "--help" || first == "-h") {
        print(help);
        return ExitCode::done;
    }
    if (first == "--version") {
        printLine("tandem-cli " TANDEM_VERSION);
        return ExitCode::done;
    }
    const auto command = std::find_if(commands.begin(), commands.end(),
                                      [&](const Command& each) { return first == each.name; });
    if (command == commands.end())
        return failUsage("there is no command \"" + first + "\". See tandem-cli --help");
    return command->run(arguments);
}
} // namespace

} // namespace tandem

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    return static_cast<int>(tandem::run(QCoreApplication::arguments().mid(1)));
}
