#include "wasm/host.h"

#define FROM_PAGE(name) __attribute__((import_module("tandem"), import_name(name)))

extern "C" {
FROM_PAGE("monotonicMs") double pageMonotonicMs();
FROM_PAGE("wallMs") double pageWallMs();
FROM_PAGE("randomWord") std::uint32_t pageRandomWord();
FROM_PAGE("openConnection") void pageOpenConnection();
FROM_PAGE("sendFrame") void pageSendFrame(const char* bytes, std::size_t size);
FROM_PAGE("closeConnection") void pageCloseConnection();
FROM_PAGE("unpack") void pageUnpack(std::uint32_t ticket, const char* bytes, std::size_t size);
FROM_PAGE("news") void pageNews(std::uint32_t news);
FROM_PAGE("remoteEdits") void pageRemoteEdits(const char* bytes, std::size_t size);
}

namespace tandem::host {

void tell(News news) {
    pageNews(static_cast<std::uint32_t>(news));
}

void tellRemoteEdits(std::string_view edits) {
    pageRemoteEdits(edits.data(), edits.size());
}

void unpack(std::uint32_t ticket, std::string_view packed) {
    pageUnpack(ticket, packed.data(), packed.size());
}

std::int64_t PageClock::monotonicMs() const {
    return static_cast<std::int64_t>(pageMonotonicMs());
}

std::int64_t PageClock::wallMs() const {
    return static_cast<std::int64_t>(pageWallMs());
}

std::uint64_t PageRandom::bits() {
    const std::uint64_t high = pageRandomWord();
    return (high << 32) | pageRandomWord();
}

void PageTransport::open() {
    pageOpenConnection();
}

void PageTransport::send(std::string_view frame) {
    pageSendFrame(frame.data(), frame.size());
}

void PageTransport::close() {
    pageCloseConnection();
}

} // namespace tandem::host
