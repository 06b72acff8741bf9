#include "bus/redis/redis_address.h"

#include <QRegularExpression>
#include <QUrl>

namespace tandem {

Result<RedisAddress> parseRedisUrl(const std::string& url) {
    const QUrl parsed(QString::fromStdString(url), QUrl::StrictMode);
    if (parsed.scheme() == QStringLiteral("rediss"))
        return Error{ErrorCode::invalidArgument,
                     "REDIS_URL begins with rediss:, but this version speaks to Redis without TLS only."};
    static const QRegularExpression databaseNumber(QStringLiteral("^(/[0-9]*)?$"));
    const bool isWhole = parsed.isValid() && parsed.scheme() == QStringLiteral("redis") &&
                         !parsed.host().isEmpty() && databaseNumber.match(parsed.path()).hasMatch() &&
                         !parsed.hasQuery() && !parsed.hasFragment() && parsed.port(1) > 0;
    if (!isWhole)
        return Error{ErrorCode::invalidArgument, "REDIS_URL must be like redis://:password@host:6379."};
    RedisAddress address;
    address.host = parsed.host().toStdString();
    address.port = static_cast<std::uint16_t>(parsed.port(address.port));
    address.user = parsed.userName(QUrl::FullyDecoded).toStdString();
    address.password = parsed.password(QUrl::FullyDecoded).toStdString();
    return address;
}

} // namespace tandem
