// Where settings come from, read into plain name -> value maps: command line and `.env` text. Knows no
// setting's meaning.
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

using SettingValues = std::map<std::string, std::string>;

struct CommandLine {
    SettingValues values; // by setting name, e.g. DATA_DIR for --data-dir
    std::optional<std::string> envFile;
    std::vector<std::string> words; // that are no flags: a command and what it is about
    bool help = false;
    bool version = false;
};

// `--data-dir x` and `--data-dir=x`, and words. `names` are the settings there are; another flag or a flag
// without its value is an error whose sentence names it. `arguments` come without the program's own name.
Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& names);

// Lines `NAME=value`, `export NAME=value`, `# comment`; a value may stand in single or double quotes.
Result<SettingValues> parseEnvFile(std::string_view text);

// "DATA_DIR" -> "--data-dir"
std::string flagFor(std::string_view name);

} // namespace tandem
