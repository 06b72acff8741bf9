#include "hosting/network_address.h"

#include <QNetworkInterface>

#include <algorithm>

namespace tandem {

namespace {

// Lower ones come first.
int rankOf(const QNetworkInterface& interface) {
    for (const char* made : {"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "tun", "tap", "wg"}) {
        if (interface.name().startsWith(QLatin1String(made)))
            return 2;
    }
    return interface.type() == QNetworkInterface::Ethernet || interface.type() == QNetworkInterface::Wifi ? 0
                                                                                                          : 1;
}

} // namespace

QList<QHostAddress> networkAddresses() {
    QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    std::stable_sort(interfaces.begin(), interfaces.end(),
                     [](const auto& a, const auto& b) { return rankOf(a) < rankOf(b); });
    QList<QHostAddress> found;
    for (const QNetworkInterface& interface : interfaces) {
        constexpr auto needed = QNetworkInterface::IsUp | QNetworkInterface::IsRunning;
        if ((interface.flags() & needed) != needed)
            continue;
        for (const QNetworkAddressEntry& entry : interface.addressEntries()) {
            const QHostAddress address = entry.ip();
            if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback() &&
                !address.isLinkLocal())
                found.append(address);
        }
    }
    return found;
}

std::optional<QHostAddress> networkAddress() {
    const QList<QHostAddress> all = networkAddresses();
    return all.isEmpty() ? std::nullopt : std::optional(all.first());
}

} // namespace tandem
