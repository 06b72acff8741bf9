#include "fakes/memory_op_log.h"

#include <algorithm>

namespace tandem {

bool MemoryOpLog::pumpOne() {
    if (m_waiting.empty())
        return false;
    const auto callback = std::move(m_waiting.front());
    m_waiting.pop_front();
    callback();
    return true;
}

void MemoryOpLog::pump() {
    while (pumpOne()) {
    }
}

void MemoryOpLog::restore(const DocumentId& id, std::string epoch) {
    StoredDocument& document = m_documents.at(id) = m_backups.at(id);
    document.info.epoch = std::move(epoch);
}

const MemoryOpLog::StoredDocument* MemoryOpLog::storedDocument(const DocumentId& id) const {
    const auto found = m_documents.find(id);
    return found == m_documents.end() ? nullptr : &found->second;
}

// What the entries add is gathered first, so that a refused append leaves nothing behind.
Result<Appended> MemoryOpLog::keep(StoredDocument& document, const std::vector<AppendEntry>& entries,
                                   std::int64_t timeMs) {
    StoredDocument added;
    std::set<std::pair<ReplicaId, Counter>> addedCounters;
    Seq head = document.info.head;
    const Appended appended{head + 1, timeMs};
    for (const AppendEntry& entry : entries) {
        if (entry.binding) {
            const auto known = document.bindings.find(entry.binding->replica);
            const ReplicaBinding& bound =
                known != document.bindings.end()
                    ? known->second
                    : added.bindings.emplace(entry.binding->replica, *entry.binding).first->second;
            if (bound.keyHash != entry.binding->keyHash)
                return Error{ErrorCode::replicaConflict, "the replica id is bound to another key"};
        }
        if (document.changes.has(entry.replica, entry.first) ||
            !addedCounters.emplace(entry.replica, entry.first).second)
            return Error{ErrorCode::alreadyExists, "the log has this change"};
        if (entry.onlyAfter && *entry.onlyAfter != head)
            return Error{ErrorCode::conditionFailed, "the document has changed meanwhile"};
        ++head;
        if (entry.editId) {
            const auto known = document.editIds.find(entry.replica);
            if ((known != document.editIds.end() && known->second.contains(*entry.editId)) ||
                !added.editIds[entry.replica].emplace(*entry.editId, head).second)
                return Error{ErrorCode::alreadyExists, "the log has this edit"};
        }
    }
    for (const AppendEntry& entry : entries)
        document.changes.add({document.changes.head() + 1, entry.replica, timeMs, entry.bytes}, entry.first,
                             entry.editId);
    document.info.head = head;
    document.info.updatedMs = timeMs;
    document.bindings.merge(added.bindings);
    for (auto& [replica, ids] : added.editIds)
        document.editIds[replica].merge(ids);
    return appended;
}

void MemoryOpLog::append(DocumentId document, std::string epoch, std::vector<AppendEntry> entries,
                         std::function<void(Result<Appended>)> done) {
    ++m_appendCount;
    const auto fault = std::exchange(m_fault, std::nullopt);
    const auto found = m_documents.find(document);
    Result<Appended> result = Error{ErrorCode::notFound, "there is no such document"};
    if (found != m_documents.end() && found->second.info.epoch != epoch)
        result = Error{ErrorCode::logReplaced, "the document was restored from a backup"};
    else if (fault != Fault::refused && found != m_documents.end())
        result = keep(found->second, entries, m_clock.wallMs());
    // In the transaction of the append, whoever hears of it.
    if (result.ok() && m_snapshotInterval > 0 &&
        (result->first - 1) / m_snapshotInterval != (result->first - 1 + entries.size()) / m_snapshotInterval)
        askForSnapshot(document);
    if (fault)
        result = Error{ErrorCode::unavailable, "the database is away"};
    later([done = std::move(done), result] { done(result); });
}

void MemoryOpLog::readAfter(DocumentId document, std::string epoch, Seq after, std::size_t limit,
                            std::function<void(Result<std::vector<LoggedChange>>)> done) {
    Result<std::vector<LoggedChange>> read = std::vector<LoggedChange>();
    const StoredDocument* stored = storedDocument(document);
    if (!stored) {
        read = Error{ErrorCode::notFound, "there is no such document"};
    } else if (stored->info.epoch != epoch) {
        read = Error{ErrorCode::logReplaced, "the document was restored from a backup"};
    } else if (auto changes = stored->changes.readAfter(after, limit)) {
        m_readCount += changes->size();
        read = std::move(*changes);
    } else {
        read = Error{ErrorCode::internal, "the stored log is damaged"};
    }
    later([done = std::move(done), read = std::move(read)]() mutable { done(std::move(read)); });
}

void MemoryOpLog::readHeads(std::vector<DocumentId> documents,
                            std::function<void(Result<std::vector<LogHead>>)> done) {
    std::vector<LogHead> heads;
    for (const DocumentId& id : documents) {
        if (const StoredDocument* stored = storedDocument(id))
            heads.push_back({id, stored->info.epoch, stored->info.head});
    }
    later([done = std::move(done), heads] { done(heads); });
}

void MemoryOpLog::readBindings(DocumentId document,
                               std::function<void(Result<std::vector<ReplicaBinding>>)> done) {
    std::vector<ReplicaBinding> bindings;
    if (const StoredDocument* stored = storedDocument(document)) {
        for (const auto& [replica, binding] : stored->bindings)
            bindings.push_back(binding);
    }
    later([done = std::move(done), bindings] { done(bindings); });
}

void MemoryOpLog::readEditIds(DocumentId document, ReplicaId replica,
                              std::function<void(Result<std::vector<EditId>>)> done) {
    std::vector<EditId> ids;
    const StoredDocument* stored = storedDocument(document);
    if (stored && stored->editIds.contains(replica)) {
        for (const auto& [id, seq] : stored->editIds.at(replica))
            ids.push_back({id, seq});
    }
    std::sort(ids.begin(), ids.end(), [](const EditId& a, const EditId& b) { return a.seq < b.seq; });
    later([done = std::move(done), ids] { done(ids); });
}

void MemoryOpLog::create(NewDocument document, std::function<void(Result<Created>)> done) {
    const auto existing = m_documents.find(document.id);
    Result<Created> result = Error{ErrorCode::alreadyExists, "another document has this id"};
    if (existing == m_documents.end()) {
        const std::int64_t now = m_clock.wallMs();
        StoredDocument stored;
        stored.info.id = document.id;
        stored.info.title = document.title;
        stored.info.epoch = document.epoch;
        stored.info.createdMs = stored.info.updatedMs = now;
        stored.requestHash = document.requestHash;
        if (auto appended = keep(stored, document.content, now); appended) {
            m_documents[document.id] = stored;
            result = Created{stored.info, false};
        } else {
            result = appended.error();
        }
    } else if (existing->second.requestHash == document.requestHash) {
        result = Created{existing->second.info, true};
    }
    later([done = std::move(done), result] { done(result); });
}

void MemoryOpLog::find(DocumentId id, std::function<void(Result<DocumentInfo>)> done) {
    Result<DocumentInfo> result = Error{ErrorCode::notFound, "there is no such document"};
    if (const auto found = m_documents.find(id); found != m_documents.end())
        result = found->second.info;
    later([done = std::move(done), result] { done(result); });
}

void MemoryOpLog::probe(std::function<void(Result<void>)> done) {
    later([done = std::move(done)] { done(Result<void>()); });
}

MemoryOpLog::PlannedSnapshot MemoryOpLog::plan(const DocumentId& document, Seq seq,
                                               std::shared_ptr<const std::string> bytes) const {
    const StoredDocument* stored = storedDocument(document);
    return {seq, std::move(bytes),
            stored ? stored->changes.plan(seq, m_segmentChanges) : std::vector<MemoryChanges::Segment>()};
}

Result<void> MemoryOpLog::keepSnapshot(const DocumentId& document, const std::string& epoch,
                                       const PlannedSnapshot& planned) {
    const auto found = m_documents.find(document);
    if (found == m_documents.end())
        return Error{ErrorCode::notFound, "there is no such document"};
    if (found->second.info.epoch != epoch)
        return Error{ErrorCode::logReplaced, "the document was restored from a backup"};
    if (std::exchange(m_snapshotFails, false))
        return Error{ErrorCode::unavailable, "the database is away"};
    if (!found->second.changes.move(planned.segments))
        return Error{ErrorCode::internal, "the log was packed meanwhile"};
    auto& snapshots = found->second.snapshots;
    snapshots[planned.seq] = *planned.bytes;
    const auto kept = snapshots.find(planned.seq);
    if (kept != snapshots.begin())
        snapshots.erase(snapshots.begin(), std::prev(kept));
    return {};
}

void MemoryOpLog::store(const DocumentId& document, const std::string& epoch, const PlannedSnapshot& planned,
                        std::function<void(Result<void>)> done) {
    ++m_snapshotCount;
    later([done = std::move(done), result = keepSnapshot(document, epoch, planned)] { done(result); });
}

void MemoryOpLog::store(DocumentId document, std::string epoch, Seq seq,
                        std::shared_ptr<const std::string> bytes, std::function<void(Result<void>)> done) {
    store(document, epoch, plan(document, seq, std::move(bytes)), std::move(done));
}

void MemoryOpLog::latest(DocumentId document, Seq upTo,
                         std::function<void(Result<std::optional<StoredSnapshot>>)> done) {
    std::optional<StoredSnapshot> newest;
    if (const StoredDocument* stored = storedDocument(document)) {
        for (const auto& [seq, bytes] : stored->snapshots) {
            if (seq <= upTo)
                newest = StoredSnapshot{seq, bytes};
        }
    }
    later([done = std::move(done), newest] { done(newest); });
}

} // namespace tandem
