#include "log/log.h"

#include "log/timestamp.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace tandem {

namespace {

std::string jsonString(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

bool isPlain(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("._:/@-+?&,").find(c) != std::string_view::npos;
    });
}

} // namespace

std::string_view wordFor(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return "debug";
    case LogLevel::info:
        return "info";
    case LogLevel::warning:
        return "warning";
    case LogLevel::error:
        return "error";
    }
    return "error";
}

std::optional<LogLevel> logLevelFrom(std::string_view word) {
    for (const LogLevel level : {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
        if (word == wordFor(level))
            return level;
    }
    return std::nullopt;
}

std::string logLine(LogFormat format, std::int64_t wallMs, LogLevel level, std::string_view event,
                    Log::Fields fields) {
    const std::string time = timestamp(wallMs);
    std::string line;
    if (format == LogFormat::json) {
        line = "{\"time\":" + jsonString(time) + ",\"level\":" + jsonString(wordFor(level)) +
               ",\"event\":" + jsonString(event);
        for (const LogField& field : fields)
            line += "," + jsonString(field.name) + ":" + jsonString(field.value);
        return line + "}";
    }
    line = time + " " + std::string(wordFor(level)) + " " + std::string(event);
    for (const LogField& field : fields)
        line += " " + std::string(field.name) + "=" +
                (isPlain(field.value) ? field.value : jsonString(field.value));
    return line;
}

void Log::write(LogLevel level, std::string_view event, Fields fields) const {
    if (!shows(level))
        return;
    const std::string line = logLine(m_format, m_clock.wallMs(), level, event, fields) + "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace tandem
