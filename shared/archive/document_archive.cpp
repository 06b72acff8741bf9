#include "archive/document_archive.h"

#include "base/base64url.h"
#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "protocol/display_text.h"
#include "protocol/json_fields.h"
#include "protocol/limits.h"

namespace tandem {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view magic = "TDA1";
constexpr std::size_t mostReplicas = 1'000'000;
constexpr std::size_t hashBytes = 32;
constexpr std::size_t hashLength = 43; // in base64url

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
    return static_cast<std::int64_t>(in.number(name, 0, static_cast<std::uint64_t>(latestArchiveMs)));
}

Result<DocumentArchive> readHead(std::string_view text) {
    const auto object = parseJsonObject(text, limits::nesting);
    if (!object)
        return damagedArchive();
    JsonFields in(*object);
    DocumentArchive archive;
    archive.title = in.string("title", limits::titleLength * 4);
    archive.createdMs = readTime(in, "created");
    for (const JsonFields::Json& value : in.array("replicas", mostReplicas)) {
        if (!value.is_object())
            return damagedArchive();
        JsonFields one(value);
        const ReplicaId id = one.number("id", 1, maxReplicaId);
        const auto key = fromBase64Url(one.string("key", hashLength));
        const std::string name = one.string("name", limits::nameLength * 4);
        if (!one.ok() || !key || key->size() != hashBytes)
            return damagedArchive();
        archive.replicas.push_back({id, *key, name.empty() ? name : displayName(name)});
    }
    for (const JsonFields::Json& value : in.array("versions", maxNamedVersions)) {
        if (!value.is_object())
            return damagedArchive();
        JsonFields one(value);
        const Seq version = one.number("version", 0, maxReplicaId);
        const std::string label = one.string("label", limits::titleLength * 4);
        const std::int64_t namedMs = readTime(one, "named");
        const auto clean = cleanLabel(label);
        if (!one.ok() || !clean)
            return damagedArchive();
        archive.names.push_back({version, *clean, namedMs});
    }
    if (!in.ok())
        return damagedArchive();
    return archive;
}

} // namespace

Error damagedArchive() {
    return {ErrorCode::malformed, "this is no archive of a document, or it is damaged"};
}

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
        return damagedArchive();
    auto archive = readHead(in.bytes(in.varintUpTo(in.remaining())));
    if (!in.ok() || !archive)
        return damagedArchive();
    while (in.ok() && !in.atEnd()) {
        auto segment = decodeSegment(in.bytes(in.varintUpTo(in.remaining())));
        if (!in.ok() || !segment)
            return damagedArchive();
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
        return damagedArchive();
    return archive;
}

} // namespace tandem
