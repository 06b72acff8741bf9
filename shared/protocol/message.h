// The messages of PROTOCOL.md as values: one append-only list. codec.h turns them into frames and back.
#pragma once

#include "base/ids.h"
#include "crdt/anchor.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tandem::message {

// A selection by anchors (operations clients) or by indexes (plain clients).
template <typename Place>
struct Range {
    Place tail{};
    Place head{};

    friend bool operator==(const Range&, const Range&) = default;
};
using AnchorRange = Range<Anchor>;
using IndexRange = Range<std::size_t>;
// Nothing: no caret.
using AnySelection = std::variant<std::monostate, AnchorRange, IndexRange>;

struct Member {
    std::string session;
    std::string name;
    int color = 0;
    AnySelection selection;
    bool idle = false;

    friend bool operator==(const Member&, const Member&) = default;
};

struct ReplicaKey {
    ReplicaId id = 0;
    std::string key; // base64url of 16 bytes

    friend bool operator==(const ReplicaKey&, const ReplicaKey&) = default;
};

using Limits = std::map<std::string, std::uint64_t>;
// What this server announces.
Limits announcedLimits();

// --- from clients

struct Hello { // operations clients
    std::string name;
    int color = 0;
    std::vector<ReplicaKey> replicas;
    std::optional<std::string> epoch; // with `after`, or not at all
    std::optional<Seq> after;
    std::string client;
    std::optional<std::string> token;
    bool unpacks = false; // it can read packed snapshots

    friend bool operator==(const Hello&, const Hello&) = default;
};

struct PlainHello {
    std::optional<std::string> name;
    std::optional<int> color;
    std::optional<ReplicaKey> resume;
    std::optional<std::string> token = std::nullopt;

    friend bool operator==(const PlainHello&, const PlainHello&) = default;
};

struct OpSubmit {
    ReplicaId replica = 0;
    std::optional<std::string> key;
    std::vector<std::string> changes; // the bytes of FORMAT.md

    friend bool operator==(const OpSubmit&, const OpSubmit&) = default;
};

struct EditInsert {
    std::string id;
    std::size_t index = 0;
    std::u32string text;
    std::optional<Seq> version;

    friend bool operator==(const EditInsert&, const EditInsert&) = default;
};

struct EditDelete {
    std::string id;
    std::size_t index = 0;
    std::size_t length = 0;
    std::optional<Seq> version;

    friend bool operator==(const EditDelete&, const EditDelete&) = default;
};

struct CursorUpdate {
    AnySelection selection;

    friend bool operator==(const CursorUpdate&, const CursorUpdate&) = default;
};

struct Ping {
    friend bool operator==(const Ping&, const Ping&) = default;
};

// --- from servers

struct Welcome {
    std::string session;
    std::string role;
    std::string epoch;
    Seq version = 0;
    std::string title;
    Limits limits;
    std::string server;
    std::vector<Member> members;

    friend bool operator==(const Welcome&, const Welcome&) = default;
};

struct Snapshot { // one part, for operations clients
    Seq version = 0;
    std::size_t part = 0;
    std::size_t parts = 1;
    std::string bytes;
    bool packed = false; // they are those that deflate() made of the replica's

    friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

struct PlainSnapshot {
    std::string session;
    std::string role;
    ReplicaKey author;
    std::string epoch;
    Seq version = 0;
    std::string title;
    std::string text; // UTF-8
    Limits limits;
    std::vector<Member> members;

    friend bool operator==(const PlainSnapshot&, const PlainSnapshot&) = default;
};

struct DocUpdate { // for operations clients
    struct Group {
        ReplicaId replica = 0;
        std::int64_t timeMs = 0;
        std::vector<std::string> changes; // bytes

        friend bool operator==(const Group&, const Group&) = default;
    };
    Seq first = 0;
    std::vector<Group> groups;

    friend bool operator==(const DocUpdate&, const DocUpdate&) = default;
};

struct PlainDocUpdate {
    struct Edit {
        std::size_t index = 0;
        std::size_t deleted = 0;
        std::string inserted; // UTF-8
        ReplicaId author = 0;

        friend bool operator==(const Edit&, const Edit&) = default;
    };
    Seq from = 0;
    Seq version = 0;
    std::vector<Edit> edits;

    friend bool operator==(const PlainDocUpdate&, const PlainDocUpdate&) = default;
};

struct Ack {
    ReplicaId replica = 0;
    Counter through = 0;
    Seq version = 0;

    friend bool operator==(const Ack&, const Ack&) = default;
};

struct PlainAck {
    std::string id;
    Seq version = 0;

    friend bool operator==(const PlainAck&, const PlainAck&) = default;
};

struct Nack {
    std::string code;
    std::string detail;
    bool retryable = false;
    // What was refused: a change, a plain edit's id, or nothing in particular.
    std::variant<std::monostate, OpId, std::string> refused;

    friend bool operator==(const Nack&, const Nack&) = default;
};

struct PresenceJoin {
    std::string session;
    std::string name;
    int color = 0;

    friend bool operator==(const PresenceJoin&, const PresenceJoin&) = default;
};

struct PresenceCursor {
    Member member;

    friend bool operator==(const PresenceCursor&, const PresenceCursor&) = default;
};

struct PresenceLeave {
    std::string session;

    friend bool operator==(const PresenceLeave&, const PresenceLeave&) = default;
};

struct AccessChanged {
    std::string role;

    friend bool operator==(const AccessChanged&, const AccessChanged&) = default;
};

struct TitleChanged {
    std::string title;

    friend bool operator==(const TitleChanged&, const TitleChanged&) = default;
};

struct Pong {
    friend bool operator==(const Pong&, const Pong&) = default;
};

using FromOperationsClient = std::variant<Hello, OpSubmit, CursorUpdate, Ping>;
using FromPlainClient = std::variant<PlainHello, EditInsert, EditDelete, CursorUpdate, Ping>;
using ToOperationsClient = std::variant<Welcome, Snapshot, DocUpdate, Ack, Nack, PresenceJoin, PresenceCursor,
                                        PresenceLeave, AccessChanged, TitleChanged, Pong>;
using ToPlainClient = std::variant<PlainSnapshot, PlainDocUpdate, PlainAck, Nack, PresenceJoin,
                                   PresenceCursor, PresenceLeave, AccessChanged, TitleChanged, Pong>;

} // namespace tandem::message
