// Documents with their whole past in memory, for tests of what reads them. Any one thread.
#pragma once

#include "fakes/memory_history.h"
#include "jobs/document_source.h"

#include <algorithm>
#include <functional>

namespace tandem {

class MemoryDocuments final : public DocumentSource {
public:
    void add(const DocumentId& id, const std::string& title) {
        Document& document = m_documents[id];
        document.info = {id, title, "epoch", 0, 1'000, 1'000};
    }
    void name(const DocumentId& id, ReplicaId replica, const std::string& name) {
        m_documents.at(id).bindings.push_back({replica, std::string(32, 'k'), name});
    }
    void nameVersion(const DocumentId& id, Seq version, const std::string& label) {
        m_documents.at(id).names.insert(m_documents.at(id).names.begin(), {version, label, 5'000});
    }
    // The next version.
    void edit(const DocumentId& id, ReplicaId replica, std::int64_t timeMs, const Splice& splice) {
        Document& document = m_documents.at(id);
        const auto change = document.replica.edit(replica, std::span(&splice, 1));
        const std::string bytes = encodeChange(*change);
        document.history.append(bytes, document.replica);
        document.log.push_back({++document.info.head, replica, timeMs, bytes});
        document.info.updatedMs = timeMs;
    }
    const std::vector<LoggedChange>& log(const DocumentId& id) const { return m_documents.at(id).log; }

    // Called before each answer.
    std::function<void()> onAsked = [] {};
    // Given instead of answers.
    std::optional<Error> fault;

    Result<DocumentInfo> find(const DocumentId& id) override {
        return answer<DocumentInfo>([&]() -> Result<DocumentInfo> {
            const auto found = m_documents.find(id);
            if (found == m_documents.end())
                return Error{ErrorCode::notFound, "there is no such document"};
            return found->second.info;
        });
    }
    // Two on a page.
    Result<DocumentPage> list(const std::optional<std::string>& cursor) override {
        return answer<DocumentPage>([&] {
            DocumentPage page;
            auto at = cursor ? m_documents.upper_bound(*cursor) : m_documents.begin();
            for (; at != m_documents.end() && page.documents.size() < 2; ++at)
                page.documents.push_back(at->second.info);
            if (at != m_documents.end())
                page.next = page.documents.back().id;
            return page;
        });
    }
    Result<PastVersion> versionAt(const DocumentInfo& info, Seq version) override {
        return answer<PastVersion>([&]() -> Result<PastVersion> {
            Document& document = m_documents.at(info.id);
            const auto replica = History(document.history).at(version);
            if (!replica)
                return replica.error();
            return PastVersion{replica->text(), version > 0 ? document.log[version - 1].timeMs : 0,
                               replica->authors()};
        });
    }
    Result<std::vector<Replacement>> changesBetween(const DocumentInfo& info, Seq from, Seq to) override {
        return answer<std::vector<Replacement>>(
            [&] { return History(m_documents.at(info.id).history).between(from, to); });
    }
    Result<EditSessionPage> sessionsBefore(const DocumentInfo& info, Seq before, std::size_t most) override {
        return answer<EditSessionPage>([&] {
            EditSessions sessions(most);
            const auto& changes = m_documents.at(info.id).log;
            for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
                if (change->seq < before && !sessions.add(change->seq, change->replica, change->timeMs))
                    break;
            }
            return sessions.take();
        });
    }
    Result<std::vector<LoggedChange>> changesAfter(const DocumentInfo& info, Seq after,
                                                   std::size_t most) override {
        return answer<std::vector<LoggedChange>>([&] {
            const auto& changes = m_documents.at(info.id).log;
            std::vector<LoggedChange> given;
            for (Seq seq = after; seq < changes.size() && given.size() < most; ++seq)
                given.push_back(changes[seq]);
            return given;
        });
    }
    Result<std::vector<ReplicaBinding>> authors(const DocumentId& id) override {
        return answer<std::vector<ReplicaBinding>>([&] { return m_documents.at(id).bindings; });
    }
    Result<std::vector<NamedVersion>> names(const DocumentId& id) override {
        return answer<std::vector<NamedVersion>>([&] { return m_documents.at(id).names; });
    }

private:
    struct Document {
        DocumentInfo info;
        Replica replica;
        MemoryHistory history;
        std::vector<LoggedChange> log;
        std::vector<ReplicaBinding> bindings;
        std::vector<NamedVersion> names;
    };

    template <typename T, typename Find>
    Result<T> answer(Find find) {
        onAsked();
        if (fault)
            return *fault;
        return find();
    }

    std::map<DocumentId, Document> m_documents;
};

} // namespace tandem
