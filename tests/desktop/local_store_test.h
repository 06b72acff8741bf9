// A store in a folder of the test's own, documents that are open in it, and a server's log that takes what
// they have not sent.
#pragma once

#include "offline/local_store.h"
#include "offline/stored_journal.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace tandem {

inline const QString link =
    QStringLiteral("http://127.0.0.1:9/ui/plain?doc=abcdefghijklmnopqrstuv#token=secret");
inline const QString key = QStringLiteral("http://127.0.0.1:9/v1/docs/abcdefghijklmnopqrstuv");

// A document that is open on this computer.
struct Desk {
    Desk(LocalStore& store, Random& random, const QString& name = key) : document(random) {
        journal = store.keep(name, link, document);
    }
    void type(std::u32string_view text) { ASSERT_TRUE(document.edit(length(), 0, text).ok()); }
    std::size_t length() const { return document.replica().length(); }
    std::string text() const { return document.replica().text(); }

    OpenDocument document;
    std::unique_ptr<StoredJournal> journal;
};

class LocalStoreTest : public testing::Test {
protected:
    QString file() const { return folder.filePath(QStringLiteral("documents.sqlite")); }
    QStringList filesAside() const {
        return QDir(folder.path()).entryList({QStringLiteral("documents.sqlite.damaged-*")});
    }
    QByteArray bytes() const {
        QFile opened(file());
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    void setBytes(const QByteArray& all) {
        QFile opened(file());
        ASSERT_TRUE(opened.open(QIODevice::WriteOnly));
        ASSERT_EQ(opened.write(all), all.size());
    }

    // The server's side: a log that takes what the document has not sent.
    void commit(OpenDocument& document, std::initializer_list<OpenDocument*> others = {}) {
        const auto entries = document.outbox().entries();
        for (const Outbox::Entry& entry : entries) {
            log.push_back(entry.bytes);
            for (OpenDocument* other : others)
                ASSERT_TRUE(other->applyCommitted(log.size(), std::span(&log.back(), 1)).ok());
            ASSERT_TRUE(document.applyAck(entry.replica, entry.last, log.size()));
        }
    }
    Result<void> join(OpenDocument& document) {
        Replica replica;
        for (const std::string& change : log)
            EXPECT_TRUE(replica.apply(*decodeChange(change)).ok());
        return document.adoptSnapshot(replica.encode(), log.size(), epoch);
    }

    // A file with a document whose last edits no server has.
    void fillFile() {
        LocalStore store(folder.path());
        Desk desk(store, random);
        ASSERT_TRUE(join(desk.document).ok());
        desk.type(U"acked");
        commit(desk.document);
        for (int i = 0; i < 40; ++i)
            desk.type(U" unsent");
        ASSERT_TRUE(store.flush());
    }

    QTemporaryDir folder;
    SeededRandom random{11};
    std::vector<std::string> log;
    std::string epoch = "epoch";
};

} // namespace tandem
