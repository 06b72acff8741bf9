#include "mail/smtp_server.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace tandem {

namespace {

constexpr std::uint16_t smtpPort = 25;
constexpr std::uint16_t submissionPort = 587;
constexpr std::uint16_t smtpsPort = 465;

const Error malformed{
    ErrorCode::invalidArgument,
    "SMTP_URL must be like smtp://user:password@host:587 or smtps://user:password@host, with signs "
    "like @ : / % in user and password written as %40 %3A %2F %25."};

std::optional<int> hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'f' ? std::optional(small - 'a' + 10) : std::nullopt;
}

// Nothing when it is none, or holds a control character, which would end a command.
std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const auto high = i + 1 < text.size() ? hexDigit(text[i + 1]) : std::nullopt;
            const auto low = i + 2 < text.size() ? hexDigit(text[i + 2]) : std::nullopt;
            if (!high || !low)
                return std::nullopt;
            c = static_cast<char>(*high * 16 + *low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < ' ' || c == 0x7F)
            return std::nullopt;
        out += c;
    }
    return out;
}

bool isHost(std::string_view host) {
    return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-' || c == '_' || c == ':';
    });
}

bool readPlace(std::string_view place, SmtpServer& server) {
    std::string_view port;
    if (place.starts_with('[')) {
        const std::size_t end = place.find(']');
        if (end == std::string_view::npos)
            return false;
        server.host = place.substr(1, end - 1);
        place.remove_prefix(end + 1);
        if (!place.empty() && place.front() != ':')
            return false;
        port = place;
    } else {
        const std::size_t colon = std::min(place.find(':'), place.size());
        server.host = place.substr(0, colon);
        port = place.substr(colon);
    }
    if (!port.empty()) {
        port.remove_prefix(1);
        const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), server.port);
        if (fault != std::errc() || end != port.data() + port.size() || server.port == 0)
            return false;
    }
    return isHost(server.host);
}

bool readPerson(std::string_view person, SmtpServer& server) {
    const std::size_t colon = person.find(':');
    if (colon == std::string_view::npos)
        return false;
    const auto user = decoded(person.substr(0, colon));
    const auto password = decoded(person.substr(colon + 1));
    if (!user || !password || user->empty() || password->empty())
        return false;
    server.user = *user;
    server.password = *password;
    return true;
}

bool readOptions(std::string_view options, SmtpServer& server) {
    while (!options.empty()) {
        const std::size_t end = std::min(options.find('&'), options.size());
        const std::string_view option = options.substr(0, end);
        options.remove_prefix(std::min(end + 1, options.size()));
        if (option.starts_with("ca=")) {
            const auto path = decoded(option.substr(3));
            if (!path || path->empty())
                return false;
            server.authorities = *path;
        } else if (option == "starttls=required" && server.tls != SmtpTls::fromTheStart) {
            server.tls = SmtpTls::required;
        } else if (option == "starttls=never" && server.tls == SmtpTls::ifOffered) {
            server.tls = SmtpTls::never;
        } else {
            return false;
        }
    }
    return true;
}

} // namespace

Result<SmtpServer> parseSmtpUrl(std::string_view url) {
    SmtpServer server;
    if (url.starts_with("smtps://"))
        server.tls = SmtpTls::fromTheStart;
    else if (!url.starts_with("smtp://"))
        return malformed;
    url.remove_prefix(url.find("//") + 2);
    const std::size_t question = std::min(url.find('?'), url.size());
    std::string_view authority = url.substr(0, question);
    if (authority.ends_with('/'))
        authority.remove_suffix(1);
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos && !readPerson(authority.substr(0, at), server))
        return malformed;
    const bool hasPerson = !server.user.empty();
    server.port = server.tls == SmtpTls::fromTheStart ? smtpsPort : hasPerson ? submissionPort : smtpPort;
    if (hasPerson && server.tls == SmtpTls::ifOffered)
        server.tls = SmtpTls::required;
    if (!readPlace(authority.substr(at == std::string_view::npos ? 0 : at + 1), server))
        return malformed;
    if (question < url.size() && !readOptions(url.substr(question + 1), server))
        return Error{
            ErrorCode::invalidArgument,
            "SMTP_URL may end with ?starttls=required, with ?starttls=never where there is no password, or "
            "with ?ca=/path/to/certificates."};
    return server;
}

} // namespace tandem
