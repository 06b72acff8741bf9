#include "archive/document_archive.h"

#include "access/display_text.h"
#include "base/base64url.h"
#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crdt/replica.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"
#include "storage/document_check.h"

#include <algorithm>
#include <set>

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view magic = "TDA1";
constexpr std::size_t mostReplicas = 1'000'000;
constexpr std::size_t hashBytes = 32;
constexpr std::size_t hashLength = 43;                 // in base64url
constexpr std::int64_t latestMs = 253'402'300'799'999; // the end of the year 9999

const Error damaged{ErrorCode::malformed, "this is no archive of a document, or it is damaged"};

bool isTime(std::int64_t ms) {
    return ms >= 0 && ms <= latestMs;
}

// As it may be shown; nothing when it is no UTF-8.
std::optional<std::string> cleanLabel(const std::string& label) {
    const auto text = fromUtf8(label);
    if (!text)
        return std::nullopt;
    return toUtf8(withoutControls(*text).substr(0, limits::titleLength));
}

std::string headOf(const DocumentArchive& archive) {
    Json head{{"title", archive.title},
              {"created", archive.createdMs},
              {"replicas", Json::array()},
              {"versions", Json::array()}};
    for (const ReplicaBinding& binding : archive.replicas)
        head["replicas"].push_back(
            {{"id", binding.replica}, {"key", toBase64Url(binding.keyHash)}, {"name", binding.name}});
    for (const NamedVersion& named : archive.names)
        head["versions"].push_back(
            {{"version", named.version}, {"label", named.label}, {"named", named.namedMs}});
    return head.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::int64_t readTime(JsonFields& in, const char* name) {
    return static_cast<std::int64_t>(in.number(name, 0, static_cast<std::uint64_t>(latestMs)));
}

Result<DocumentArchive> readHead(std::string_view text) {
    const auto object = parseJsonObject(text, limits::nesting);
    if (!object)
        return damaged;
    JsonFields in(*object);
    DocumentArchive archive;
    archive.title = in.string("title", limits::titleLength * 4);
    archive.createdMs = readTime(in, "created");
    for (const JsonFields::Json& value : in.array("replicas", mostReplicas)) {
        if (!value.is_object())
            return damaged;
        JsonFields one(value);
        const ReplicaId id = one.number("id", 1, maxReplicaId);
        const auto key = fromBase64Url(one.string("key", hashLength));
        const std::string name = one.string("name", limits::nameLength * 4);
        if (!one.ok() || !key || key->size() != hashBytes)
            return damaged;
        archive.replicas.push_back({id, *key, name.empty() ? name : displayName(name)});
    }
    for (const JsonFields::Json& value : in.array("versions", maxNamedVersions)) {
        if (!value.is_object())
            return damaged;
        JsonFields one(value);
        const Seq version = one.number("version", 0, maxReplicaId);
        const std::string label = one.string("label", limits::titleLength * 4);
        const std::int64_t namedMs = readTime(one, "named");
        const auto clean = cleanLabel(label);
        if (!one.ok() || !clean)
            return damaged;
        archive.names.push_back({version, *clean, namedMs});
    }
    if (!in.ok())
        return damaged;
    return archive;
}

// The changes from `first` on that make a segment.
std::vector<SegmentEntry> segmentFrom(const std::vector<LoggedChange>& log, std::size_t first) {
    std::vector<SegmentEntry> entries;
    std::size_t bytes = 0;
    for (std::size_t i = first;
         i < log.size() && entries.size() < maxSegmentChanges && bytes < fullSegmentBytes; ++i) {
        bytes += log[i].bytes.size();
        entries.push_back({log[i], std::nullopt});
    }
    return entries;
}

template <typename Items, typename Key>
bool allDiffer(const Items& items, Key key) {
    std::set<std::uint64_t> seen;
    return std::all_of(items.begin(), items.end(),
                       [&](const auto& item) { return seen.insert(key(item)).second; });
}

} // namespace

std::string encodeArchive(const DocumentArchive& archive) {
    ByteWriter out;
    out.bytes(magic);
    const std::string head = headOf(archive);
    out.varint(head.size());
    out.bytes(head);
    for (std::size_t first = 0; first < archive.log.size();) {
        const auto entries = segmentFrom(archive.log, first);
        const std::string segment = encodeSegment(entries);
        first += entries.size();
        out.varint(segment.size());
        out.bytes(segment);
    }
    return std::move(out).take();
}

Result<DocumentArchive> decodeArchive(std::string_view bytes) {
    ByteReader in(bytes);
    if (in.bytes(magic.size()) != magic)
        return damaged;
    auto archive = readHead(in.bytes(in.varintUpTo(in.remaining())));
    if (!in.ok() || !archive)
        return damaged;
    while (in.ok() && !in.atEnd()) {
        auto segment = decodeSegment(in.bytes(in.varintUpTo(in.remaining())));
        if (!in.ok() || !segment)
            return damaged;
        if (archive->log.size() + segment->size() > limits::archiveChanges)
            return Error{ErrorCode::limitExceeded,
                         "the archive has more than " + std::to_string(limits::archiveChanges) + " changes"};
        for (SegmentEntry& entry : *segment) {
            if (entry.change.bytes.size() > limits::changeBytes)
                return Error{ErrorCode::limitExceeded, "the archive has a change that is too large"};
            archive->log.push_back(std::move(entry.change));
        }
    }
    if (!in.ok())
        return damaged;
    return archive;
}

Result<ImportedLog> importedLog(DocumentArchive archive,
                                const std::function<std::string(std::string_view)>& compress) {
    StoredDocument document;
    document.info.head = archive.log.size();
    document.log = std::move(archive.log);
    Replica replica;
    if (const auto problems = problemsOf(document, replica); !problems.empty())
        return Error{ErrorCode::malformed, "the archive's history is damaged: " + problems.front()};
    ImportedLog imported;
    imported.text = replica.text();
    if (imported.text.size() > limits::documentBytes)
        return Error{ErrorCode::limitExceeded, "the archive's text is larger than a document may be"};
    const bool timed = std::all_of(document.log.begin(), document.log.end(),
                                   [](const LoggedChange& change) { return isTime(change.timeMs); });
    const bool named = std::all_of(archive.names.begin(), archive.names.end(), [&](const NamedVersion& one) {
        return one.version <= document.info.head;
    });
    if (!timed || !named || !allDiffer(archive.names, [](const NamedVersion& one) { return one.version; }) ||
        !allDiffer(archive.replicas, [](const ReplicaBinding& one) { return one.replica; }))
        return damaged;

    imported.replicas = std::move(archive.replicas);
    imported.names = std::move(archive.names);
    for (const LoggedChange& change : document.log)
        imported.highest[change.replica] = replica.version().highest(change.replica);
    for (std::size_t first = 0; first < document.log.size();) {
        const auto entries = segmentFrom(document.log, first);
        imported.segments.push_back({first + 1, first + entries.size(), compress(encodeSegment(entries))});
        first += entries.size();
    }
    return imported;
}

} // namespace tandem
