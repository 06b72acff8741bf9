#include "http/trusted_proxies.h"

#include "base/trimmed.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace tandem {

namespace {

// A socket that takes both kinds shows IPv4 peers as ::ffff:a.b.c.d.
QHostAddress unmapped(const QHostAddress& address) {
    bool isFour = false;
    const quint32 four = address.toIPv4Address(&isFour);
    return isFour ? QHostAddress(four) : address;
}

// QHostAddress takes shortened addresses as well, which nobody reads alike.
std::optional<QHostAddress> addressFrom(std::string_view text) {
    const std::string whole(text);
    in6_addr any{};
    if (inet_pton(AF_INET, whole.c_str(), &any) != 1 && inet_pton(AF_INET6, whole.c_str(), &any) != 1)
        return std::nullopt;
    return unmapped(QHostAddress(QString::fromStdString(whole)));
}

std::optional<std::pair<QHostAddress, int>> networkFrom(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = addressFrom(text.substr(0, slash));
    if (!address)
        return std::nullopt;
    const int most = address->protocol() == QAbstractSocket::IPv4Protocol ? 32 : 128;
    if (slash == std::string_view::npos)
        return std::pair(*address, most);
    const std::string_view digits = text.substr(slash + 1);
    int length = -1;
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (fault != std::errc() || end != digits.data() + digits.size() || length < 0 || length > most)
        return std::nullopt;
    return std::pair(*address, length);
}

} // namespace

Result<TrustedProxies> TrustedProxies::parse(std::string_view list) {
    TrustedProxies proxies;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view part = trimmed(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (part.empty())
            continue;
        const auto network = networkFrom(part);
        if (!network)
            return Error{ErrorCode::invalidArgument, std::string(part)};
        proxies.m_networks.push_back(*network);
    }
    return proxies;
}

bool TrustedProxies::trusts(const QHostAddress& peer) const {
    const QHostAddress address = unmapped(peer);
    return std::any_of(m_networks.begin(), m_networks.end(), [&](const auto& network) {
        return address.protocol() == network.first.protocol() && address.isInSubnet(network);
    });
}

QHostAddress TrustedProxies::clientOf(const QHostAddress& peer, std::string_view forwardedFor) const {
    QHostAddress client = unmapped(peer);
    while (trusts(client) && !forwardedFor.empty()) {
        const std::size_t comma = forwardedFor.rfind(',');
        const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
        const auto address = addressFrom(trimmed(forwardedFor.substr(begin)));
        forwardedFor = forwardedFor.substr(0, begin == 0 ? 0 : begin - 1);
        if (!address)
            break;
        client = *address;
    }
    return client;
}

std::string addressGroup(const QHostAddress& address) {
    const QHostAddress plain = unmapped(address);
    if (plain.protocol() != QAbstractSocket::IPv6Protocol)
        return plain.toString().toStdString();
    constexpr int prefixBytes = 8;
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    std::fill(bytes.c + prefixBytes, bytes.c + sizeof bytes.c, quint8{0});
    return QHostAddress(bytes).toString().toStdString() + "/64";
}

} // namespace tandem
