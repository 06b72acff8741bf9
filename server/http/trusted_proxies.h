// Who is at the other end of a connection: the peer, or, when that is one of the proxies that the operator
// trusts (TRUSTED_PROXIES), whom it speaks for. A plain value made from the settings.
#pragma once

#include "base/result.h"

#include <QHostAddress>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem {

class TrustedProxies {
public:
    // Addresses and CIDR networks with commas between. The error's detail is the part that is neither.
    static Result<TrustedProxies> parse(std::string_view list);

    bool trusts(const QHostAddress& peer) const;
    // `forwardedFor` is the X-Forwarded-For of a request: its rightmost address that is no trusted proxy. An
    // address that cannot be read ends the search, since who wrote it is then all that is known.
    QHostAddress clientOf(const QHostAddress& peer, std::string_view forwardedFor) const;

private:
    std::vector<std::pair<QHostAddress, int>> m_networks; // address and length of the prefix
};

// By whom to count: an IPv4 address, or the /64 of an IPv6 one, which one customer usually has whole.
std::string addressGroup(const QHostAddress& address);

} // namespace tandem
