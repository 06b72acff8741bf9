#include "offline/stored_journal.h"

#include "offline/local_store.h"

#include <QDateTime>

namespace tandem {

StoredJournal::StoredJournal(LocalStore& store, std::string key, OpenDocument& document)
    : m_store(store), m_key(std::move(key)), m_document(document) {
    m_document.setJournal(this);
    m_store.add(*this);
}

StoredJournal::~StoredJournal() {
    m_document.setJournal(nullptr);
    m_store.remove(*this);
}

void StoredJournal::keepAnew(const std::string& before) {
    replace(m_document.replica().encode(), before);
}

bool StoredJournal::knows(const Outbox::Entry& change) const {
    return m_document.replica().version().highest(change.replica) >= change.last ||
           m_document.outbox().holds(change.replica);
}

void StoredJournal::made(const Outbox::Entry& change, const std::string& key) {
    m_store.write(
        {m_key, StoreTask::Made{change, key, QDateTime::currentMSecsSinceEpoch(), m_store.m_personName}});
}

void StoredJournal::committed(Seq version, std::string_view change) {
    m_store.write({m_key, StoreTask::Committed{version, std::string(change)}});
}

void StoredJournal::acked(ReplicaId replica, Counter through, Seq version) {
    m_store.write({m_key, StoreTask::Acked{replica, through, version}});
}

void StoredJournal::titled(const std::string& title) {
    m_store.write({m_key, StoreTask::Titled{title}});
}

void StoredJournal::replaced(std::string_view snapshot) {
    replace(snapshot, {});
}

void StoredJournal::replace(std::string_view snapshot, const std::string& before) {
    OpenDocument::Leftover leftover = m_document.leftover();
    leftover.authors = m_document.authors();
    m_store.write({m_key, StoreTask::Replaced{std::string(snapshot), m_document.version(), m_document.title(),
                                              std::move(leftover), m_document.acked(), before}});
}

} // namespace tandem
