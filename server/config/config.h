// All settings of the server, read and checked once at the start. A plain value: whoever needs a setting is
// given it.
#pragma once

#include "bus/redis/redis_address.h"
#include "config/setting_sources.h"
#include "http/tls_files.h"
#include "http/trusted_proxies.h"
#include "log/log.h"
#include "mail/smtp_server.h"
#include "storage/sql/database_address.h"

#include <cstdint>

namespace tandem {

enum class Access {
    open,       // whoever reaches the server may create and edit; only on a loopback address
    links,      // a document opens with its share links only
    openUnsafe, // as open, on any address
};

// Who may make documents.
enum class Create { anyone, admin };

// What this process does.
enum class ProcessRole {
    all,
    api,    // serves people; work in the background is left to workers
    worker, // work in the background only
};

struct Config {
    ProcessRole role = ProcessRole::all;
    DatabaseAddress database;
    std::optional<RedisAddress> redis; // without it this server hears of others by the database only
    std::vector<std::string> allowedOrigins;
    std::string appName;
    std::string appVersion;
    LogLevel logLevel = LogLevel::info;
    LogFormat logFormat = LogFormat::text;
    std::string host;       // an IP address
    std::uint16_t port = 0; // 0: any free one
    std::string publicUrl;  // scheme://host[:port], or empty
    std::optional<TlsFiles> tls;
    TrustedProxies trustedProxies;
    Access access = Access::open;
    Create create = Create::anyone;
    std::string adminTokenHash; // SHA-256; empty: there is no admin
    std::string dataDir;
    std::optional<SmtpServer> smtp;      // without it letters are files in the data folder
    std::string smtpFrom;                // isMailAddress()
    std::uint32_t snapshotInterval = 0;  // changes, at least 1
    std::uint32_t socketsPerAddress = 0; // WebSockets, at least 1
    std::uint32_t jobThreads = 0;        // at least 1
    std::int64_t backupEveryMs = 0;      // 0: never
    std::uint32_t backupKeep = 0;        // files, at least 1
};

std::vector<std::string> settingNames();

// Values of `flags` go before those of `environment`, and these before those of `envFile`. Names that are no
// settings are ignored in the environment and the file, and so are empty values there. The error's sentence
// names the setting.
Result<Config> readConfig(const SettingValues& flags, const SettingValues& environment,
                          const SettingValues& envFile);

// What --help prints.
std::string helpText();

} // namespace tandem
