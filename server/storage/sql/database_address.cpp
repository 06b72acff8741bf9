#include "storage/sql/database_address.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tandem {

namespace {

const Error wrongMysqlUrl{
    ErrorCode::invalidArgument,
    "DATABASE_URL must be like mysql://user:password@host:3306/database, with signs like @ : / % ? # "
    "in the password written as %40 %3A %2F %25 %3F %23; ?socket=/path may follow."};

// Cuts `text` at the first `sign`; gives what is behind it, or nothing when there is none.
std::optional<std::string> cutAt(std::string& text, std::size_t sign) {
    if (sign == std::string::npos)
        return std::nullopt;
    std::string behind = text.substr(sign + 1);
    text.resize(sign);
    return behind;
}

// No NUL either: the driver would end the text there.
std::optional<std::string> percentDecoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        unsigned value = 0;
        const std::string_view digits = text.substr(i + 1, 2);
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
        if (digits.size() != 2 || fault != std::errc() || end != digits.data() + 2 || value == 0)
            return std::nullopt;
        decoded += static_cast<char>(value);
        i += 2;
    }
    return decoded;
}

bool isMysqlScheme(std::string_view scheme) {
    const std::string_view system = scheme.substr(0, scheme.find('+'));
    return system == "mysql" || system == "mariadb";
}

// Of `?a=b&c=d` only the socket counts; a character set is what such addresses often name, and ours is fixed.
bool readOptions(std::string options, MysqlServer& server) {
    while (!options.empty()) {
        std::string option = options;
        options = cutAt(option, option.find('&')).value_or(std::string());
        const auto value = percentDecoded(cutAt(option, option.find('=')).value_or(std::string()));
        if (!value || (option != "socket" && option != "unix_socket" && option != "charset"))
            return false;
        if (option != "charset")
            server.socket = *value;
    }
    return true;
}

bool readHost(std::string text, MysqlServer& server) {
    const bool isBracketed = text.starts_with('[') && text.find(']') != std::string::npos;
    const std::size_t colon = text.find(':', isBracketed ? text.find(']') : 0);
    if (const auto port = cutAt(text, colon)) {
        const char* const end = port->data() + port->size();
        const auto [read, fault] = std::from_chars(port->data(), end, server.port);
        if (fault != std::errc() || read != end || server.port == 0)
            return false;
    }
    server.host = isBracketed ? text.substr(1, text.size() - 2) : text;
    // The driver takes that name for its own socket, whatever the port.
    if (server.host == "localhost")
        server.host = "127.0.0.1";
    return server.host.find_first_of("[]%<>\" ") == std::string::npos;
}

Result<DatabaseAddress> readMysqlUrl(std::string rest) {
    MysqlServer server;
    const std::string options = cutAt(rest, rest.find('?')).value_or(std::string());
    const auto database = percentDecoded(cutAt(rest, rest.find('/')).value_or(std::string()));
    std::string host = rest;
    std::string login;
    // A password with a bare @ in it is still read as it was meant.
    if (const std::size_t at = rest.rfind('@'); at != std::string::npos) {
        host = rest.substr(at + 1);
        login = rest.substr(0, at);
    }
    const auto password = percentDecoded(cutAt(login, login.find(':')).value_or(std::string()));
    const auto user = percentDecoded(login);
    if (!database || database->empty() || !password || !user || user->empty())
        return wrongMysqlUrl;
    server.user = *user;
    server.password = *password;
    server.database = *database;
    if (!readHost(host, server) || !readOptions(options, server) ||
        (server.host.empty() && server.socket.empty()) || server.socket.find(';') != std::string::npos)
        return wrongMysqlUrl;
    return DatabaseAddress(std::move(server));
}

} // namespace

Result<DatabaseAddress> readDatabaseUrl(const std::string& url, const std::string& dataDir) {
    if (const std::size_t scheme = url.find("://");
        scheme != std::string::npos && isMysqlScheme(std::string_view(url).substr(0, scheme)))
        return readMysqlUrl(url.substr(scheme + 3));
    if (!url.starts_with("sqlite:"))
        return Error{ErrorCode::invalidArgument,
                     "DATABASE_URL must begin with sqlite:, mysql:// or mariadb://."};
    std::string path = url.substr(7);
    if (path.starts_with("///"))
        path.erase(0, 2);
    if (path.starts_with("//"))
        return Error{ErrorCode::invalidArgument,
                     "DATABASE_URL must be sqlite:, sqlite:relative/path or sqlite:///absolute/path."};
    return DatabaseAddress(SqliteFile{path.empty() ? dataDir + "/tandem.db" : path});
}

std::string nameOf(const DatabaseAddress& address) {
    if (const auto* file = std::get_if<SqliteFile>(&address))
        return file->path;
    const auto& server = std::get<MysqlServer>(address);
    const bool isV6 = server.host.find(':') != std::string::npos;
    const std::string place = !server.socket.empty() ? server.socket
                                                     : (isV6 ? "[" + server.host + "]" : server.host) + ":" +
                                                           std::to_string(server.port);
    return "mysql://" + server.user + "@" + place + "/" + server.database;
}

} // namespace tandem
