#include "history/past_log.h"

#include "base/byte_reader.h"
#include "deflate/deflate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace tandem {

namespace {
constexpr std::string_view magic = "TDA1";
constexpr std::size_t mostBytes = std::size_t{4} * 1024 * 1024 * 1024;
const Error malformed{ErrorCode::malformed, "this is no archive of a document, or it is damaged"};

std::uint64_t unzigzag(std::uint64_t value) {
    return (value >> 1) ^ (~(value & 1) + 1);
}
} // namespace

Result<PastLog> PastLog::read(std::string_view archive) {
    const auto bytes = inflate(archive, mostBytes);
    if (!bytes.ok() || !bytes->starts_with(magic))
        return malformed;
    ByteReader reader(std::string_view(*bytes).substr(magic.size()));
    PastLog log;
    bool isHead = true;
    while (reader.ok() && !reader.atEnd()) {
        const std::string_view part = reader.bytes(reader.varintUpTo(bytes->size()));
        const Result<void> taken = std::exchange(isHead, false) ? log.readHead(part) : log.readSegment(part);
        if (!taken.ok())
            return taken.error();
    }
    if (!reader.ok())
        return malformed;
    return log;
}

PastLog PastLog::of(const Outbox& outbox, const std::string& name) {
    PastLog log;
    for (const Outbox::Entry& entry : outbox.entries()) {
        log.m_names[entry.replica] = name;
        log.m_bytes += entry.bytes;
        log.m_entries.push_back({0, log.m_bytes.size()});
    }
    return log;
}

Result<void> PastLog::readHead(std::string_view json) {
    const QJsonObject head =
        QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size()))).object();
    for (const QJsonValue& one : head["replicas"].toArray())
        m_names[static_cast<ReplicaId>(one["id"].toInteger())] = one["name"].toString().toStdString();
    return {};
}

Result<void> PastLog::readSegment(std::string_view bytes) {
    ByteReader reader(bytes);
    const std::size_t count = reader.varintUpTo(bytes.size());
    if (reader.varint() != head() + 1)
        return malformed;
    const std::size_t replicas = reader.varintUpTo(bytes.size());
    for (std::size_t i = 0; i < replicas && reader.ok(); ++i)
        reader.varint();
    for (std::size_t i = 0; i < count && reader.ok(); ++i)
        reader.varint(); // whose it is; the change says so too
    std::vector<std::int64_t> times;
    std::uint64_t time = 0;
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        time += unzigzag(reader.varint());
        times.push_back(static_cast<std::int64_t>(time));
    }
    std::vector<std::size_t> lengths;
    for (std::size_t i = 0; i < count && reader.ok(); ++i)
        lengths.push_back(reader.varintUpTo(bytes.size()));
    const std::size_t edits = reader.varintUpTo(bytes.size());
    for (std::size_t i = 0; i < edits && reader.ok(); ++i) {
        reader.varint();
        reader.bytes(reader.varintUpTo(bytes.size()));
    }
    for (std::size_t i = 0; i < lengths.size() && reader.ok(); ++i) {
        m_bytes += reader.bytes(lengths[i]);
        m_entries.push_back({times[i], m_bytes.size()});
    }
    return reader.ok() && reader.atEnd() ? Result<void>() : malformed;
}

std::string_view PastLog::change(Seq version) const {
    const std::size_t start = version < 2 ? 0 : m_entries[version - 2].end;
    return std::string_view(m_bytes).substr(start, m_entries[version - 1].end - start);
}

std::string PastLog::nameOf(ReplicaId replica) const {
    const auto found = m_names.find(replica);
    return found == m_names.end() ? std::string() : found->second;
}

} // namespace tandem
