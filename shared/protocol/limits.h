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
constexpr std::size_t bodyBytes = 16 * 1024 * 1024;     // of an HTTP request
constexpr std::size_t addressBytes = 4 * 1024;          // of an HTTP request, with its query
constexpr std::size_t archiveBytes = 128 * 1024 * 1024; // of a document with its history, inflated
constexpr std::size_t archiveChanges = 4'000'000;       // of a document with its history
constexpr std::size_t headerBytes = 16 * 1024;          // of an HTTP request
constexpr int nesting = 8;                              // of JSON

constexpr std::size_t nameLength = 64;   // code points
constexpr std::size_t titleLength = 200; // code points
constexpr std::size_t clientLength = 64; // bytes
constexpr std::size_t editIdLength = 64; // bytes
constexpr std::size_t tokenLength = 256; // bytes
constexpr std::size_t secretLength = 22; // characters that a secret has at least: 128 bits in base64url
constexpr std::size_t linksPerDocument = 200;
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

// What one connection may have waiting to be sent before it is closed as lagging, and before it is told no
// more where the others' carets are.
constexpr std::size_t outboundBytes = 8 * 1024 * 1024;
constexpr std::size_t outboundBytesWithCursors = 1024 * 1024;
// What one room may have waiting to be committed.
constexpr std::size_t roomQueueBytes = 64 * 1024 * 1024;
// Messages of one connection that wait for its room to load.
constexpr std::size_t waitingMessages = 256;
// Versions whose index edits a room keeps, to translate plain clients' stale indexes.
constexpr std::size_t editHistoryVersions = 10'000;
// A packed snapshot that is behind the newest version by more is made anew.
constexpr std::uint64_t changesBehindSnapshot = 1'000;
// A client that lags by more gets a snapshot instead of the changes.
constexpr std::uint64_t resumeChanges = 5'000;

constexpr std::int64_t helloTimeoutMs = 10'000;
constexpr std::int64_t pingAfterMs = 15'000;
constexpr std::int64_t deadAfterMs = 30'000;
// A server that restarts asks its clients back after this and up to as much again.
constexpr std::int64_t comeBackMs = 1'000;
constexpr std::int64_t cursorIntervalMs = 50;
// Of one document, on all other servers.
constexpr std::size_t membersElsewhere = 10'000;

// What one address, or one /64 network of IPv6, may ask for over HTTP; a costly request counts as several.
// Bytes are those of bodies, of requests and of answers. More is refused with 429.
constexpr std::int64_t requestsPerSecond = 500;
constexpr std::int64_t requestsAtOnce = 12'000;
constexpr std::int64_t costlyRequestWeight = 20;
constexpr std::int64_t bodyBytesPerSecond = 16 * 1024 * 1024;
constexpr std::int64_t bodyBytesAtOnce = 256 * 1024 * 1024;
// Frames of WebSockets up to this size do not count for their address.
constexpr std::int64_t smallFrameBytes = 16 * 1024;
// Addresses whose rates are remembered.
constexpr std::size_t addressesRemembered = 65'536;

// Sockets of one address, and of all: HTTP connections, WebSockets, and WebSockets that have not said hello.
constexpr std::size_t connectionsPerAddress = 2'048;
constexpr std::size_t connections = 4'096;
constexpr std::size_t websocketsPerAddress = 6'000; // unless SOCKETS_PER_ADDRESS says else
constexpr std::size_t websocketsBeforeHello = 2'000;

// Answers over HTTP that wait to be read; one alone may be larger.
constexpr std::int64_t unreadBytesPerAddress = 64 * 1024 * 1024;
constexpr std::int64_t unreadBytes = 512 * 1024 * 1024;

// How long an HTTP connection may take: between two requests, for a header, for a whole body, until more of a
// body comes, and until more of an answer is taken. A body and an answer must also go on this quickly.
constexpr std::int64_t idleConnectionMs = 60'000;
constexpr std::int64_t headerMs = 10'000;
constexpr std::int64_t bodyMs = 120'000;
constexpr std::int64_t bodyPauseMs = 10'000;
constexpr std::int64_t answerPauseMs = 30'000;
constexpr std::int64_t slowestBodyBytesPerSecond = 4 * 1024;
constexpr std::int64_t slowestAnswerBytesPerSecond = 16 * 1024;

} // namespace tandem::limits
