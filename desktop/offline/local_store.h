// Keeps documents on this computer's disk, so that they open without a server and nothing typed is lost with
// the program: what each was when a server sent it, all that came since, and own edits that no server has
// yet. One for the program; lives on the event-loop thread; outlives all its journals. One program at a time
// may have it: a second one is told so and keeps nothing.
//
// What is typed is on the disk a few milliseconds later, written by a thread of its own; a keystroke costs a
// place in a queue. Damage to the file costs nothing that can be had again: the file is put aside, what can
// be read of it is taken over, open documents are written anew, and all else comes from the servers.
#pragma once

#include "offline/kept_past.h"
#include "offline/store_task.h"

#include <QDateTime>
#include <QList>
#include <QLockFile>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <optional>
#include <set>

namespace tandem {

struct Rescue;
class StoreDatabase;
class StoredJournal;
class StoreWriter;

class LocalStore final : public QObject {
    Q_OBJECT
public:
    explicit LocalStore(const QString& folder = userFolder(), QObject* parent = nullptr);
    ~LocalStore() override;

    // Where a user's documents are kept.
    static QString userFolder();

    const QString& folder() const { return m_folder; }

    // False: edits are in memory only, and problem() says why.
    bool isKeeping() const { return m_writer != nullptr && m_fault.isEmpty(); }
    // A sentence for people; empty when all is well.
    QString problem() const { return m_writer ? m_fault : m_refusal; }
    // What has happened to the store itself, in a sentence; empty: nothing that one must know.
    QString notice() const { return m_notice; }

    // Puts what is kept of a document into `document`, which must be empty, and keeps it from now on. `key`
    // tells documents apart; `link` opens it again.
    std::unique_ptr<StoredJournal> keep(const QString& key, const QString& link, OpenDocument& document);

    // The document is another one for the store from now on, which `journal` kept under its old key. The old
    // one stays until it is forgotten.
    std::unique_ptr<StoredJournal> move(std::unique_ptr<StoredJournal> journal, const QString& key,
                                        const QString& link, OpenDocument& document);
    // Another link or title, of a document that nobody opens now.
    void setLink(const QString& key, const QString& link);
    void setTitle(const QString& key, const QString& title);
    // Nothing of it goes by that; whoever opens it has it out of the bin again.
    void setBinned(const QString& key, bool isBinned);
    // Of the recent ones, until it is opened again.
    void leaveOut(const QString& key);
    bool has(const QString& key);

    struct Entry {
        QString key;
        QString link;
        QString title;
        qint64 unsent = 0; // own edits that no server has
        QDateTime used;
        QDateTime binned = {}; // invalid: it is not in the bin
        bool isLeftOut = false;
    };
    PastTimes timesOf(const QString& key);
    // Of a document that a server has. Nothing: there is none here.
    std::optional<KeptPast> pastOf(const QString& key);
    // Names in the past of a document, and another one there; an empty label takes one away. States are named
    // while no server has the document, versions for the server that has taken it.
    PastNames namesOf(const QString& key);
    void nameState(const QString& key, const PastState& state, const std::string& label);
    void nameVersion(const QString& key, std::int64_t version, const std::string& label);
    // Whoever has a name there already keeps it.
    void nameAuthors(const QString& key, const std::map<ReplicaId, std::string>& names);
    // Who makes own changes from now on.
    void setPersonName(const std::string& name) { m_personName = name; }
    // What is kept, the last used first.
    QList<Entry> documents();
    void forget(const QString& key);
    // Waits until all is on the disk. False: the disk does not take it now.
    bool flush();

signals:
    void problemChanged();
    void noticed(const QString& sentence);

private:
    friend class StoredJournal;
    void add(StoredJournal& journal) { m_journals.insert(&journal); }
    void remove(StoredJournal& journal) { m_journals.erase(&journal); }
    void write(StoreTask task);
    void noteOpened(const QString& key, const QString& link);

    // What `read` reads of a document; a damaged file is mended first.
    template <typename Found>
    Found readOf(const QString& key, Result<Found> (*read)(StoreDatabase&, const std::string&));
    bool lock(const QString& folder);
    bool openFile();
    void refuse(const Error& error);
    void startWriting();
    void showFault(const std::optional<Error>& error);
    void compact(const std::string& key);
    static Result<QList<Entry>> readDocuments(StoreDatabase& database);
    // Looks through all of the file, on another thread: damage may hide something that nobody asks for.
    void examine();
    void addRest(const Rescue& rescue, std::vector<StoreTask> tasks);
    // Own changes that an open document, which is written anew, does not know.
    void addUnknown(const Rescue& rescue);
    // Puts the damaged file aside and goes on with another one. False: that does not work either.
    bool recover();

    QString m_folder;
    QString m_file;
    std::string m_personName;
    std::unique_ptr<QLockFile> m_lock;
    QString m_refusal;
    QString m_fault;
    QString m_notice;
    std::unique_ptr<StoreDatabase> m_reader;
    std::unique_ptr<StoreWriter> m_writer;
    std::set<StoredJournal*> m_journals;
    std::set<std::string> m_compacting;
    int m_fileNumber = 0; // another one after each damage
    QThreadPool m_compactions;
};

} // namespace tandem
