// What the page lends to the module: time, chance, a WebSocket, and ears for what happens. Imported from
// JavaScript as "tandem"; bytes are valid during the call only.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "client/transport.h"

#include <string_view>

namespace tandem::host {

enum class News : std::uint8_t { state = 1, peers = 2, title = 3, edited = 4 };

void tell(News news);
// TextEdits, as editsOf() of exchange.h writes them.
void tellRemoteEdits(std::string_view edits);
// Is answered with unpacked().
void unpack(std::uint32_t ticket, std::string_view packed);

class PageClock final : public Clock {
public:
    std::int64_t monotonicMs() const override;
    std::int64_t wallMs() const override;
};

class PageRandom final : public Random {
public:
    std::uint64_t bits() override;
};

class PageTransport final : public Transport {
public:
    void open() override;
    void send(std::string_view frame) override;
    void close() override;
};

} // namespace tandem::host
