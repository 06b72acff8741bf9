// Points in time as people and JSON read them: RFC 3339 in UTC with milliseconds, e.g.
// "2026-01-31T09:05:00.250Z".
#pragma once

#include <cstdint>
#include <string>

namespace tandem {

// `wallMs` is milliseconds since 1970-01-01T00:00:00Z.
std::string timestamp(std::int64_t wallMs);

} // namespace tandem
