#include "config/setting_sources.h"

#include "base/ids.h"
#include "base/trimmed.h"

#include <algorithm>

namespace tandem {

namespace {

bool isSettingName(std::string_view name) {
    if (name.empty() || (name.front() >= '0' && name.front() <= '9'))
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Error usageError(std::string detail) {
    return {ErrorCode::invalidArgument, std::move(detail)};
}

// A quoted value ends at its quote, an unquoted one at ` #`.
Result<std::string> envValue(std::string_view text) {
    if (text.empty() || (text.front() != '"' && text.front() != '\''))
        return std::string(trimmed(text.substr(0, text.find(" #"))));
    const std::size_t end = text.find(text.front(), 1);
    if (end == std::string_view::npos)
        return usageError("the quote is not closed");
    const std::string_view rest = trimmed(text.substr(end + 1));
    if (!rest.empty() && rest.front() != '#')
        return usageError("something follows the closing quote");
    return std::string(text.substr(1, end - 1));
}

} // namespace

std::string flagFor(std::string_view name) {
    std::string flag = "--";
    for (const char c : name)
        flag += c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
    return flag;
}

Result<CommandLine> parseCommandLine(const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& names) {
    CommandLine line;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        if (argument == "--help" || argument == "-h") {
            line.help = true;
            continue;
        }
        if (argument == "--version") {
            line.version = true;
            continue;
        }
        if (!argument.starts_with('-') || argument == "-") { // a minus sign alone is standard output
            line.words.push_back(argument);
            continue;
        }
        const std::size_t equals = argument.find('=');
        const std::string flag = argument.substr(0, equals);
        const auto name = std::find_if(names.begin(), names.end(), [&](const std::string& candidate) {
            return flagFor(candidate) == flag;
        });
        const bool known = name != names.end() || flag == "--env-file";
        // The id of a document may begin with a minus sign.
        if (!known && !line.words.empty() && isDocumentId(argument)) {
            line.words.push_back(argument);
            continue;
        }
        if (!known)
            return usageError("There is no flag " + flag + "; --help lists them all.");
        if (equals == std::string::npos && i + 1 == arguments.size())
            return usageError("The flag " + flag + " needs a value.");
        const std::string value = equals == std::string::npos ? arguments[++i] : argument.substr(equals + 1);
        if (flag == "--env-file")
            line.envFile = value;
        else
            line.values[*name] = value;
    }
    return line;
}

Result<SettingValues> parseEnvFile(std::string_view text) {
    SettingValues values;
    for (int number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        std::string_view line = trimmed(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (line.empty() || line.front() == '#')
            continue;
        if (line.starts_with("export "))
            line = trimmed(line.substr(7));
        const std::size_t equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, equals));
        const std::string place = "Line " + std::to_string(number) + " of the env file";
        if (equals == std::string_view::npos || !isSettingName(name))
            return usageError(place + " is not NAME=value.");
        auto value = envValue(trimmed(line.substr(equals + 1)));
        if (!value)
            return usageError(place + " cannot be read: " + value.error().detail + ".");
        values[std::string(name)] = std::move(*value);
    }
    return values;
}

} // namespace tandem
