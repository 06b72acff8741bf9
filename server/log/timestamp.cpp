#include "log/timestamp.h"

#include <chrono>
#include <cstdio>

namespace tandem {

std::string timestamp(std::int64_t wallMs) {
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(wallMs)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss<milliseconds> time(point - day);
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return text;
}

} // namespace tandem
