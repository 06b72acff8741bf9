#include "http/access_rules.h"

#include <arpa/inet.h>

#include <algorithm>

namespace tandem {

namespace {

std::string inSmallLetters(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return small;
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

bool isAddress(const std::string& name) {
    in6_addr any{};
    return inet_pton(AF_INET, name.c_str(), &any) == 1 || inet_pton(AF_INET6, name.c_str(), &any) == 1;
}

bool isPort(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::string> hostNameIn(std::string_view hostHeader) {
    std::string_view name = hostHeader;
    std::string_view rest;
    if (name.starts_with('[')) {
        const std::size_t end = name.find(']');
        if (end == std::string_view::npos)
            return std::nullopt;
        rest = name.substr(end + 1);
        name = name.substr(1, end - 1);
    } else if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
        rest = name.substr(colon);
        name = name.substr(0, colon);
    }
    // Only characters of names and addresses: the name is repeated in headers.
    const bool known = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
               c == '.' || c == '_' || c == ':';
    });
    if (name.empty() || !known || (!rest.empty() && !(rest.front() == ':' && isPort(rest.substr(1)))))
        return std::nullopt;
    return inSmallLetters(name);
}

AccessRules::AccessRules(HostNames hosts, std::vector<std::string> names, std::string publicUrl,
                         std::vector<std::string> allowedOrigins)
    : m_hosts(hosts)
    , m_names(std::move(names))
    , m_publicUrl(std::move(publicUrl))
    , m_allowedOrigins(std::move(allowedOrigins)) {
    m_names.insert(m_names.end(), {"localhost", "127.0.0.1", "::1"});
    if (!m_publicUrl.empty()) {
        if (auto name = hostNameIn(std::string_view(m_publicUrl).substr(m_publicUrl.find("://") + 3)))
            m_names.push_back(std::move(*name));
    }
}

bool AccessRules::allowsHost(std::string_view hostHeader) const {
    const auto name = hostNameIn(hostHeader);
    if (!name)
        return false;
    return m_hosts == HostNames::any || contains(m_names, *name) ||
           (m_hosts == HostNames::listedAndAddresses && isAddress(*name));
}

bool AccessRules::allowsOrigin(const std::optional<std::string>& origin, std::string_view scheme,
                               std::string_view hostHeader) const {
    if (!origin)
        return true;
    const std::string given = inSmallLetters(*origin);
    return given == std::string(scheme) + "://" + inSmallLetters(hostHeader) || sharesWith(given);
}

bool AccessRules::sharesWith(std::string_view origin) const {
    return (!m_publicUrl.empty() && origin == m_publicUrl) || contains(m_allowedOrigins, origin);
}

} // namespace tandem
