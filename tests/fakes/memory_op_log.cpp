#include "fakes/memory_op_log.h"

#include <algorithm>

namespace tandem {

namespace {

// Newest first.
bool comesBefore(const DocumentInfo& a, const DocumentInfo& b) {
    return std::pair(a.createdMs, a.id) > std::pair(b.createdMs, b.id);
}

} // namespace

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

const MemoryOpLog::StoredDocument* MemoryOpLog::storedDocument(const DocumentId& id) const {
    const auto found = m_documents.find(id);
    return found == m_documents.end() ? nullptr : &found->second;
}

Result<Appended> MemoryOpLog::keep(StoredDocument& document, const std::vector<AppendEntry>& entries,
                                   std::int64_t timeMs) {
    StoredDocument next = document;
    const Appended appended{next.info.head + 1, timeMs};
    for (const AppendEntry& entry : entries) {
        if (entry.binding) {
            const auto [bound, isNew] = next.bindings.emplace(entry.binding->replica, *entry.binding);
            if (!isNew && bound->second.keyHash != entry.binding->keyHash)
                return Error{ErrorCode::replicaConflict, "the replica id is bound to another key"};
        }
        if (!next.counters.emplace(entry.replica, entry.first).second)
            return Error{ErrorCode::alreadyExists, "the log has this change"};
        const Seq seq = ++next.info.head;
        if (entry.editId && !next.editIds[entry.replica].emplace(*entry.editId, seq).second)
            return Error{ErrorCode::alreadyExists, "the log has this edit"};
        next.changes.push_back({seq, entry.replica, timeMs, entry.bytes});
    }
    next.info.updatedMs = timeMs;
    document = std::move(next);
    return appended;
}

void MemoryOpLog::append(DocumentId document, std::vector<AppendEntry> entries,
                         std::function<void(Result<Appended>)> done) {
    ++m_appendCount;
    const auto fault = std::exchange(m_fault, std::nullopt);
    const auto found = m_documents.find(document);
    Result<Appended> result = Error{ErrorCode::notFound, "there is no such document"};
    if (fault != Fault::refused && found != m_documents.end())
        result = keep(found->second, entries, m_clock.wallMs());
    if (fault)
        result = Error{ErrorCode::unavailable, "the database is away"};
    later([done = std::move(done), result] { done(result); });
}

void MemoryOpLog::readAfter(DocumentId document, Seq after, std::size_t limit,
                            std::function<void(Result<std::vector<LoggedChange>>)> done) {
    std::vector<LoggedChange> changes;
    if (const StoredDocument* stored = storedDocument(document)) {
        for (const LoggedChange& change : stored->changes) {
            if (change.seq > after && changes.size() < limit)
                changes.push_back(change);
        }
    }
    m_readCount += changes.size();
    later([done = std::move(done), changes] { done(changes); });
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
        stored.info = {document.id, document.title, document.epoch, 0, now, now};
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

void MemoryOpLog::list(std::size_t limit, std::optional<std::string> cursor,
                       std::function<void(Result<DocumentPage>)> done) {
    // The cursor is the id of the last document shown.
    const auto last = cursor ? m_documents.find(*cursor) : m_documents.end();
    if (cursor && last == m_documents.end()) {
        later([done = std::move(done)] { done(Error{ErrorCode::malformed, "not a cursor of this store"}); });
        return;
    }
    std::vector<DocumentInfo> all;
    for (const auto& [id, document] : m_documents) {
        if (!cursor || comesBefore(last->second.info, document.info))
            all.push_back(document.info);
    }
    std::sort(all.begin(), all.end(), comesBefore);
    DocumentPage page;
    page.documents.assign(all.begin(),
                          all.begin() + static_cast<std::ptrdiff_t>(std::min(limit, all.size())));
    if (all.size() > limit)
        page.next = page.documents.back().id;
    later([done = std::move(done), page] { done(page); });
}

void MemoryOpLog::probe(std::function<void(Result<void>)> done) {
    later([done = std::move(done)] { done(Result<void>()); });
}

void MemoryOpLog::store(DocumentId document, Seq seq, std::shared_ptr<const std::string> bytes,
                        std::function<void(Result<void>)> done) {
    ++m_snapshotCount;
    const auto found = m_documents.find(document);
    Result<void> result = Error{ErrorCode::unavailable, "the database is away"};
    if (!std::exchange(m_snapshotFails, false) && found != m_documents.end()) {
        auto& snapshots = found->second.snapshots;
        snapshots[seq] = *bytes;
        auto kept = snapshots.find(seq);
        if (kept != snapshots.begin())
            snapshots.erase(snapshots.begin(), std::prev(kept));
        result = {};
    }
    later([done = std::move(done), result] { done(result); });
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
