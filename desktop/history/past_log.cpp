#include "history/past_log.h"

#include "archive/document_archive.h"
#include "deflate/deflate.h"

namespace tandem {

namespace {
constexpr std::size_t mostBytes = std::size_t{4} * 1024 * 1024 * 1024;
} // namespace

Result<PastLog> PastLog::read(std::string_view archive) {
    const auto bytes = inflate(archive, mostBytes);
    if (!bytes)
        return damagedArchive();
    const auto read = decodeArchive(*bytes);
    if (!read)
        return read.error();
    PastLog log;
    for (const ReplicaBinding& each : read->replicas)
        log.m_names[each.replica] = each.name;
    for (const LoggedChange& each : read->log) {
        log.m_bytes += each.bytes;
        log.m_entries.push_back({each.timeMs, log.m_bytes.size()});
    }
    return log;
}

PastLog PastLog::of(const Outbox& outbox, const std::map<ReplicaId, std::string>& names,
                    const std::string& name, const PastTimes& times) {
    PastLog log;
    log.m_mayHaveHoles = true;
    log.m_order = PastOrder(outbox);
    for (const Outbox::Entry& entry : outbox.entries()) {
        const auto known = names.find(entry.replica);
        log.m_names[entry.replica] = known == names.end() ? name : known->second;
        log.m_bytes += entry.bytes;
        const auto time = times.find({entry.replica, entry.last});
        log.m_entries.push_back({time == times.end() ? 0 : time->second, log.m_bytes.size(), entry.replica});
    }
    return log;
}

PastLog PastLog::of(KeptPast kept, const std::map<ReplicaId, std::string>& names) {
    PastLog log;
    log.m_mayHaveHoles = true;
    log.m_base = std::move(kept.base);
    log.m_names = names;
    for (const KeptPast::Step& step : kept.steps) {
        log.m_bytes += step.change;
        log.m_entries.push_back({step.timeMs, log.m_bytes.size(), step.replica});
    }
    return log;
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
