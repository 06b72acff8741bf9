#include "load/options.h"

#include "load/scenarios.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <limits.h>
#include <unistd.h>

namespace tandem::load {

namespace {

// Beside this program.
std::string usualServer() {
    std::error_code ignored;
    return (std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "tandem-server")
        .string();
}

std::string usualTrace() {
    const std::string file = std::string(TANDEM_TRACES) + "/automerge-paper.json.gz";
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? file : std::string();
}

bool isPositive(double number) {
    return number > 0;
}

} // namespace

std::string optionsHelp() {
    return "tandem-load [hot] [rooms] [idle] [join] [documents] [exports] [exports-one-core] [exports-apart] "
           "[kill] [two] "
           "[OPTIONS]\n"
           "  Without a name: all but two. Each starts a server of its own on one core.\n"
           "  --server PROGRAM  this server\n"
           "  --url URL         a running server; again for each further one (two needs two)\n"
           "  --pid PID         its process, to tell what it uses; again for each\n"
           "  --trace FILE      the recorded session that makes the document of join\n"
           "  --seconds N       of typing, for each measurement\n"
           "  --in-flight N     edits that a writer has under way, saturated (20)\n"
           "  --cursors         whoever types moves the caret as well\n"
           "  --not-packed      joiners get snapshots as they are\n"
           "  --tiny            everything small, to see that it works\n"
           "  --json-lines      an object for each measurement\n";
}

Result<Options> parseOptions(int count, char** values) {
    Options options;
    options.serverProgram = usualServer();
    options.trace = usualTrace();
    for (int i = 1; i < count; ++i) {
        const std::string word = values[i];
        if (word == "--json-lines") {
            options.style = bench::Style::jsonLines;
        } else if (word == "--tiny") {
            options.tiny = true;
        } else if (word == "--not-packed") {
            options.unpacks = false;
        } else if (word == "--cursors") {
            options.cursors = true;
        } else if (!word.starts_with("--")) {
            if (!findScenario(word))
                return Error{ErrorCode::invalidArgument, "There is no scenario " + word + "."};
            options.scenarios.push_back(word);
        } else if (i + 1 == count) {
            return Error{ErrorCode::invalidArgument, word + " needs a value, or is no option."};
        } else {
            const std::string value = values[++i];
            const double number = std::strtod(value.c_str(), nullptr);
            const bool wantsNumber = word == "--pid" || word == "--seconds" || word == "--in-flight";
            if (wantsNumber && !isPositive(number))
                return Error{ErrorCode::invalidArgument, word + " needs a positive number."};
            if (word == "--server")
                options.serverProgram = value;
            else if (word == "--url")
                options.urls.push_back(value);
            else if (word == "--trace")
                options.trace = value;
            else if (word == "--pid")
                options.processes.push_back(static_cast<pid_t>(number));
            else if (word == "--seconds")
                options.seconds = number;
            else if (word == "--in-flight")
                options.inFlight = static_cast<std::size_t>(number);
            else
                return Error{ErrorCode::invalidArgument, "There is no option " + word + "."};
        }
    }
    return options;
}

} // namespace tandem::load
