// Every size and count that the protocol bounds, in one place. Announced to clients in `welcome` and
// `snapshot`.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tandem::limits {

constexpr std::size_t frameBytes = 1024 * 1024;
constexpr std::size_t changeBytes = 256 * 1024;
constexpr std::size_t documentBytes = 64 * 1024 * 1024; // text as UTF-8
constexpr std::size_t recountBytes = 64 * 1024;         // of a full document that must have changed
constexpr std::size_t snapshotPartBytes = 256 * 1024;
constexpr std::size_t bodyBytes = 16 * 1024 * 1024; // of an HTTP request
constexpr std::size_t headerBytes = 16 * 1024;      // of an HTTP request
constexpr int nesting = 8;                          // of JSON

constexpr std::size_t nameLength = 64;   // code points
constexpr std::size_t titleLength = 200; // code points
constexpr std::size_t clientLength = 64; // bytes
constexpr std::size_t editIdLength = 64; // bytes
constexpr std::size_t tokenLength = 256; // bytes
constexpr std::size_t replicasPerHello = 16;
constexpr std::size_t changesPerSubmit = 4096;
constexpr int colors = 12;

// A client cuts a larger insert into changes of this many code points: below changeBytes in any script.
constexpr std::size_t insertLength = 32 * 1024;

// What one connection may send: more ends it with "too fast".
constexpr std::int64_t messagesPerSecond = 200;
constexpr std::int64_t messagesAtOnce = 1'000;
constexpr std::int64_t receivedBytesPerSecond = 4 * 1024 * 1024;
constexpr std::int64_t receivedBytesAtOnce = 64 * 1024 * 1024;

// What one connection may have waiting to be sent before it is closed as lagging.
constexpr std::size_t outboundBytes = 8 * 1024 * 1024;
// What one room may have waiting to be committed.
constexpr std::size_t roomQueueBytes = 64 * 1024 * 1024;
constexpr std::size_t outboundBytesWithCursors = 1024 * 1024;
// Messages of one connection that wait for its room to load.
constexpr std::size_t waitingMessages = 256;
// Versions whose index edits a room keeps, to translate plain clients' stale indexes.
constexpr std::size_t editHistoryVersions = 10'000;
// A client that lags by more gets a snapshot instead of the changes.
constexpr std::uint64_t resumeChanges = 5'000;

constexpr std::int64_t helloTimeoutMs = 10'000;
constexpr std::int64_t pingAfterMs = 15'000;
constexpr std::int64_t deadAfterMs = 30'000;
constexpr std::int64_t cursorIntervalMs = 50;

} // namespace tandem::limits
