// Keeps one open document in a LocalStore: whatever changes in it is written a moment later. Owned by whoever
// has the document open; goes before the document and before the store. Lives on the document's thread.
#pragma once

#include "client/open_document.h"

namespace tandem {

class LocalStore;
struct StoreTask;

class StoredJournal final : public DocumentJournal {
public:
    StoredJournal(LocalStore& store, std::string key, OpenDocument& document);
    ~StoredJournal() override;
    StoredJournal(const StoredJournal&) = delete;
    StoredJournal& operator=(const StoredJournal&) = delete;

    const std::string& key() const { return m_key; }
    // Writes all of the document, in place of what was there. O(document). `before`: the key under which it
    // was kept, when that was another one.
    void keepAnew(const std::string& before = {});
    // Is this own change in the document, in its outbox or behind it?
    bool knows(const Outbox::Entry& change) const;

    void made(const Outbox::Entry& change, const std::string& key) override;
    void committed(Seq version, std::string_view change) override;
    void acked(ReplicaId replica, Counter through, Seq version) override;
    void titled(const std::string& title) override;
    void replaced(std::string_view snapshot) override;

private:
    void replace(std::string_view snapshot, const std::string& before);

    LocalStore& m_store;
    std::string m_key;
    OpenDocument& m_document;
};

} // namespace tandem
