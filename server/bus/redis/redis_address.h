// Where a Redis is, as REDIS_URL names it. A plain value.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>

namespace tandem {

struct RedisAddress {
    std::string host;
    std::uint16_t port = 6379;
    std::string user; // empty: Redis' default one
    std::string password;

    // For people: without the password.
    std::string name() const { return host + ":" + std::to_string(port); }
};

// redis://[[user]:password@]host[:port]; a database number behind it is allowed and means nothing, since the
// channels of Redis are the same for all. The error does not repeat the address, which may hold a password.
Result<RedisAddress> parseRedisUrl(const std::string& url);

} // namespace tandem
