// Under which address others on the network reach this computer. Plain functions.
#pragma once

#include <QHostAddress>
#include <QList>

#include <optional>

namespace tandem {

// The likeliest one first: cables and radio before what other programs have made, such as bridges of
// containers. IPv4, since that is what servers of this program listen on.
QList<QHostAddress> networkAddresses();
// Empty: this computer is on no network.
std::optional<QHostAddress> networkAddress();

} // namespace tandem
