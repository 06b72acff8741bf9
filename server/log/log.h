// What the server tells its operator: one line for each event on stderr, with named values. Never document
// text, never secrets. Made by main, borrowed by the parts that have something to say. May be used from any
// thread: a line is written whole.
#pragma once

#include "base/clock.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tandem {

enum class LogLevel { debug, info, warning, error };
enum class LogFormat { text, json };

std::string_view wordFor(LogLevel level);
std::optional<LogLevel> logLevelFrom(std::string_view word);

struct LogField {
    std::string_view name;
    std::string value;
};

class Log {
public:
    Log(LogLevel lowest, LogFormat format, const Clock& clock)
        : m_lowest(lowest), m_format(format), m_clock(clock) {}

    using Fields = std::initializer_list<LogField>;
    void debug(std::string_view event, Fields fields = {}) const { write(LogLevel::debug, event, fields); }
    void info(std::string_view event, Fields fields = {}) const { write(LogLevel::info, event, fields); }
    void warning(std::string_view event, Fields fields = {}) const {
        write(LogLevel::warning, event, fields);
    }
    void error(std::string_view event, Fields fields = {}) const { write(LogLevel::error, event, fields); }

    bool shows(LogLevel level) const { return level >= m_lowest; }

private:
    void write(LogLevel level, std::string_view event, Fields fields) const;

    LogLevel m_lowest;
    LogFormat m_format;
    const Clock& m_clock;
};

// One line without its end. Values that hold anything but plain characters are quoted, so that nobody can
// forge a line.
std::string logLine(LogFormat format, std::int64_t wallMs, LogLevel level, std::string_view event,
                    Log::Fields fields);

} // namespace tandem
