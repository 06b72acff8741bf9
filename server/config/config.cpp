#include "config/config.h"

#include "access/token.h"
#include "mail/mail_address.h"
#include "protocol/limits.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace tandem {

namespace {

struct Setting {
    std::string name;
    std::string preset;
    std::string meaning;
};

const std::vector<Setting>& settings() {
    static const std::vector<Setting> all = {
        {"ROLE", "all", "all; api: serves people only; worker: does only what needs nobody to wait for it"},
        {"HOST", "127.0.0.1", "IP address to listen on, or localhost"},
        {"PORT", "8000", "port to listen on; 0 takes a free one"},
        {"PUBLIC_URL", "", "how people reach the server, e.g. https://tandem.example.org"},
        {"TLS_CERT", "",
         "file with the certificate, and those between it and the authority's, for https and wss"},
        {"TLS_KEY", "", "file with its key; both are read again when they change"},
        {"TRUSTED_PROXIES", "",
         "addresses or networks of proxies whose X-Forwarded-For counts, with commas between"},
        {"SOCKETS_PER_ADDRESS", std::to_string(limits::websocketsPerAddress),
         "WebSockets that one address may have open"},
        {"ACCESS", "open",
         "open: everyone may edit, on loopback only; links: with a share link; open-unsafe: everyone"},
        {"CREATE", "anyone", "who may make documents: anyone or admin"},
        {"ADMIN_TOKEN", "", "secret of the admin, at least 16 characters; without it there is no admin"},
        {"ALLOWED_ORIGINS", "http://localhost:3000",
         "origins of web pages that may connect, with commas between"},
        {"DATA_DIR", "data", "folder of the database"},
        {"DATABASE_URL",
         "sqlite:", "sqlite: in DATA_DIR, sqlite:/path/to/file, or mysql://user:password@host:3306/database"},
        {"REDIS_URL", "", "redis://:password@host:6379 through which several servers hear of each other"},
        {"SNAPSHOT_INTERVAL", "200", "changes after which a document is stored whole, for quick opening"},
        {"JOB_THREADS", "2", "jobs that one process does at once"},
        {"BACKUP_EVERY", "0", "time between two backups in DATA_DIR/backups, e.g. 24h or 30m; 0: none"},
        {"BACKUP_KEEP", "7", "how many of those are kept"},
        {"SMTP_URL", "",
         "smtp://user:password@host:587 or smtps://... through which mail goes; without it: files in "
         "DATA_DIR/outbox"},
        {"SMTP_FROM", "", "address that mail comes from"},
        {"LOG_LEVEL", "info", "debug, info, warning or error"},
        {"LOG_FORMAT", "text", "text or json"},
        {"APP_NAME", "tandem", "name that clients are told"},
        {"APP_VERSION", TANDEM_VERSION, "version that clients are told"},
    };
    return all;
}

Error refusal(std::string_view setting, std::string_view value, std::string_view rule) {
    return {ErrorCode::invalidArgument, std::string(setting) + " is \"" + std::string(value) +
                                            "\", but it must be " + std::string(rule) + "."};
}

bool isLoopback(const std::string& address) {
    in_addr v4{};
    in6_addr v6{};
    if (inet_pton(AF_INET, address.c_str(), &v4) == 1)
        return (ntohl(v4.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

Result<std::string> readHost(const std::string& value) {
    if (value == "localhost")
        return std::string("127.0.0.1");
    const std::string bare =
        value.starts_with('[') && value.ends_with(']') ? value.substr(1, value.size() - 2) : value;
    in6_addr any{};
    if (inet_pton(AF_INET, bare.c_str(), &any) == 1 || inet_pton(AF_INET6, bare.c_str(), &any) == 1)
        return bare;
    return refusal("HOST", value, "an IP address or localhost");
}

Result<std::uint16_t> readPort(const std::string& value) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), port);
    if (fault != std::errc() || end != value.data() + value.size())
        return refusal("PORT", value, "a number from 0 to 65535");
    return port;
}

Result<std::uint32_t> readCount(std::string_view setting, const std::string& value) {
    constexpr std::uint32_t most = 1'000'000;
    std::uint32_t count = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (fault != std::errc() || end != value.data() + value.size() || count < 1 || count > most)
        return refusal(setting, value, "a number from 1 to 1000000");
    return count;
}

// scheme://host[:port], in small letters, without a slash at the end.
Result<std::string> readOrigin(std::string_view setting, std::string_view text) {
    std::string origin(text.ends_with('/') ? text.substr(0, text.size() - 1) : text);
    std::transform(origin.begin(), origin.end(), origin.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::size_t scheme = origin.find("://");
    const bool web = origin.starts_with("http://") || origin.starts_with("https://");
    const std::string_view authority = web ? std::string_view(origin).substr(scheme + 3) : std::string_view();
    if (authority.empty() || authority.find_first_of("/?#@* \t\"'<>") != std::string_view::npos)
        return refusal(setting, text, "like https://name:port, without a path");
    return origin;
}

Result<std::vector<std::string>> readOrigins(std::string_view text) {
    std::vector<std::string> origins;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view part = text.substr(0, comma);
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        part = part.substr(0, part.find_last_not_of(' ') + 1);
        if (part.empty())
            continue;
        auto origin = readOrigin("ALLOWED_ORIGINS", part);
        if (!origin)
            return origin.error();
        origins.push_back(std::move(*origin));
    }
    return origins;
}

Result<std::uint32_t> readJobThreads(const std::string& value) {
    constexpr std::uint32_t most = 64;
    auto count = readCount("JOB_THREADS", value);
    if (count && *count > most)
        return refusal("JOB_THREADS", value, "a number from 1 to " + std::to_string(most));
    return count;
}

// "90s", "30m", "24h", "7d" or "0", in milliseconds.
Result<std::int64_t> readDuration(std::string_view setting, std::string_view value) {
    if (value == "0")
        return std::int64_t{0};
    constexpr std::pair<char, std::int64_t> units[] = {
        {'s', 1'000}, {'m', 60'000}, {'h', 3'600'000}, {'d', 86'400'000}};
    constexpr std::int64_t most = 36'500;
    std::int64_t count = 0;
    const char* const end = value.data() + value.size();
    const auto [rest, fault] = std::from_chars(value.data(), end, count);
    for (const auto& [letter, ms] : units) {
        if (fault == std::errc() && count > 0 && count <= most && end - rest == 1 && *rest == letter)
            return count * ms;
    }
    return refusal(setting, value, "a time such as 90s, 30m, 24h or 7d, or 0");
}

Result<TlsFiles> readTls(const std::string& certificate, const std::string& key) {
    if (!certificate.empty() && !key.empty())
        return TlsFiles{certificate, key};
    return Error{ErrorCode::invalidArgument, "TLS_CERT and TLS_KEY go together: the other one is not set."};
}

Result<TrustedProxies> readProxies(const std::string& list) {
    auto proxies = TrustedProxies::parse(list);
    if (proxies)
        return proxies;
    return Error{ErrorCode::invalidArgument,
                 "TRUSTED_PROXIES holds \"" + proxies.error().detail +
                     "\", but it must be addresses or networks like 10.0.0.0/8, with commas between."};
}

Result<ProcessRole> readRole(const std::string& value) {
    if (value == "all")
        return ProcessRole::all;
    if (value == "api")
        return ProcessRole::api;
    if (value == "worker")
        return ProcessRole::worker;
    return refusal("ROLE", value, "all, api or worker");
}

Result<Access> readAccess(const std::string& value, const std::string& host) {
    if (value == "links")
        return Access::links;
    if (value == "open-unsafe")
        return Access::openUnsafe;
    if (value != "open")
        return refusal("ACCESS", value, "open, links or open-unsafe");
    if (!isLoopback(host))
        return Error{
            ErrorCode::invalidArgument,
            "ACCESS=open serves this machine only, but HOST is " + host +
                ": set ACCESS=links, or ACCESS=open-unsafe if whoever reaches that address may edit."};
    return Access::open;
}

// The token itself is not repeated, and not kept.
Result<std::string> readAdminToken(const std::string& value) {
    constexpr std::size_t shortest = 16;
    if (value.empty())
        return std::string();
    const bool visible = std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (value.size() < shortest || value.size() > limits::tokenLength || !visible)
        return Error{ErrorCode::invalidArgument, "ADMIN_TOKEN must be " + std::to_string(shortest) + " to " +
                                                     std::to_string(limits::tokenLength) +
                                                     " visible ASCII characters, chosen at random."};
    return sha256(value);
}

Result<Create> readCreate(const std::string& value, const std::string& adminToken) {
    if (value == "anyone")
        return Create::anyone;
    if (value != "admin")
        return refusal("CREATE", value, "anyone or admin");
    if (adminToken.empty())
        return Error{ErrorCode::invalidArgument, "CREATE=admin needs an ADMIN_TOKEN."};
    return Create::admin;
}

Result<std::string> readSender(const std::string& value, bool isNeeded) {
    if (value.empty() && isNeeded)
        return Error{ErrorCode::invalidArgument,
                     "SMTP_URL needs SMTP_FROM, the address that mail comes from."};
    if (value.empty())
        return std::string("tandem@localhost");
    if (!isMailAddress(value))
        return refusal("SMTP_FROM", value, "an address like tandem@example.org");
    return value;
}

} // namespace

std::vector<std::string> settingNames() {
    std::vector<std::string> names;
    for (const Setting& setting : settings())
        names.push_back(setting.name);
    return names;
}

Result<Config> readConfig(const SettingValues& flags, const SettingValues& environment,
                          const SettingValues& envFile) {
    SettingValues values;
    for (const Setting& setting : settings()) {
        values[setting.name] = setting.preset;
        for (const SettingValues* source : {&envFile, &environment}) {
            if (const auto found = source->find(setting.name);
                found != source->end() && !found->second.empty())
                values[setting.name] = found->second;
        }
        if (const auto found = flags.find(setting.name); found != flags.end())
            values[setting.name] = found->second;
    }

    Config config;
    std::optional<Error> error;
    const auto take = [&](auto& field, auto result) {
        if (result)
            field = std::move(*result);
        else if (!error)
            error = result.error();
    };
    take(config.role, readRole(values["ROLE"]));
    take(config.host, readHost(values["HOST"]));
    take(config.port, readPort(values["PORT"]));
    if (!values["PUBLIC_URL"].empty())
        take(config.publicUrl, readOrigin("PUBLIC_URL", values["PUBLIC_URL"]));
    if (!error)
        take(config.access, readAccess(values["ACCESS"], config.host));
    take(config.adminTokenHash, readAdminToken(values["ADMIN_TOKEN"]));
    take(config.create, readCreate(values["CREATE"], values["ADMIN_TOKEN"]));
    take(config.socketsPerAddress, readCount("SOCKETS_PER_ADDRESS", values["SOCKETS_PER_ADDRESS"]));
    if (!values["TLS_CERT"].empty() || !values["TLS_KEY"].empty())
        take(config.tls, readTls(values["TLS_CERT"], values["TLS_KEY"]));
    take(config.trustedProxies, readProxies(values["TRUSTED_PROXIES"]));
    take(config.allowedOrigins, readOrigins(values["ALLOWED_ORIGINS"]));
    config.dataDir = values["DATA_DIR"];
    if (config.dataDir.empty() && !error)
        error = refusal("DATA_DIR", "", "the path of a folder");
    take(config.database, readDatabaseUrl(values["DATABASE_URL"], config.dataDir));
    if (!values["REDIS_URL"].empty())
        take(config.redis, parseRedisUrl(values["REDIS_URL"]));
    if (!values["SMTP_URL"].empty())
        take(config.smtp, parseSmtpUrl(values["SMTP_URL"]));
    take(config.smtpFrom, readSender(values["SMTP_FROM"], !values["SMTP_URL"].empty()));
    take(config.snapshotInterval, readCount("SNAPSHOT_INTERVAL", values["SNAPSHOT_INTERVAL"]));
    take(config.jobThreads, readJobThreads(values["JOB_THREADS"]));
    take(config.backupEveryMs, readDuration("BACKUP_EVERY", values["BACKUP_EVERY"]));
    take(config.backupKeep, readCount("BACKUP_KEEP", values["BACKUP_KEEP"]));
    if (const auto level = logLevelFrom(values["LOG_LEVEL"]))
        config.logLevel = *level;
    else if (!error)
        error = refusal("LOG_LEVEL", values["LOG_LEVEL"], "debug, info, warning or error");
    if (values["LOG_FORMAT"] == "json")
        config.logFormat = LogFormat::json;
    else if (values["LOG_FORMAT"] != "text" && !error)
        error = refusal("LOG_FORMAT", values["LOG_FORMAT"], "text or json");
    config.appName = values["APP_NAME"];
    config.appVersion = values["APP_VERSION"];
    if (error)
        return *error;
    return config;
}

std::string helpText() {
    std::string text =
        "Usage: tandem-server [--setting value]...\n\n"
        "Each setting is a flag, an environment variable or a line of .env, in this order of precedence.\n\n";
    const auto row = [&](std::string left, const std::string& meaning, const std::string& preset) {
        left.resize(std::max<std::size_t>(left.size() + 1, 22), ' ');
        text += "  " + left + meaning + (preset.empty() ? "" : " (" + preset + ")") + "\n";
    };
    for (const Setting& setting : settings())
        row(flagFor(setting.name), setting.meaning, setting.preset);
    row("--env-file", "file of settings", ".env");
    row("--help", "shows this", "");
    row("--version", "shows the version", "");
    return text;
}

} // namespace tandem
