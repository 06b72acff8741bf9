// Which Host and Origin headers are taken: against DNS rebinding and against pages of others that talk to
// this server behind the back of the person who visits them. A plain value made from the settings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

enum class HostNames {
    listed,
    listedAndAddresses, // no page of another name can lead a browser to an address in place of its name
    any,
};

class AccessRules {
public:
    // `names` are host names or addresses without ports; loopback names are always taken. `publicUrl` may be
    // empty.
    AccessRules(HostNames hosts, std::vector<std::string> names, std::string publicUrl,
                std::vector<std::string> allowedOrigins);

    bool allowsHost(std::string_view hostHeader) const;
    // No Origin is a program, not a page. `hostHeader` was allowed; `scheme` is that of the page that this
    // server's own would have.
    bool allowsOrigin(const std::optional<std::string>& origin, std::string_view scheme,
                      std::string_view hostHeader) const;
    // Is it a page of another server that may read answers here?
    bool sharesWith(std::string_view origin) const;

private:
    HostNames m_hosts;
    std::vector<std::string> m_names;
    std::string m_publicUrl;
    std::vector<std::string> m_allowedOrigins;
};

// "Name.org:8000" -> "name.org", "[::1]:8000" -> "::1"; nothing when it is no host.
std::optional<std::string> hostNameIn(std::string_view hostHeader);

} // namespace tandem
