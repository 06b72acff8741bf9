// A document as a client has it open: its replica, what is not acked yet, and who else is there. Edits are on
// it at once, with or without a connection. Owned by the program (window, command line); lives on its thread;
// a ClientSession keeps it in step with a server.
#pragma once

#include "client/document_journal.h"
#include "client/own_changes.h"
#include "client/peers.h"
#include "crdt/undo_history.h"

#include <functional>
#include <map>
#include <set>

namespace tandem {

class OpenDocument {
public:
    // The id and key under which this program makes changes. They are made at the first edit.
    struct Author {
        ReplicaId replica = 0;
        std::string key; // base64url
    };

    explicit OpenDocument(Random& random) : m_random(random) {}

    const Replica& replica() const { return m_replica; }
    const Outbox& outbox() const { return m_outbox; }
    const Peers& peers() const { return m_peers; }
    const std::string& title() const { return m_title; }

    // Version and epoch of the log that the replica contains, without the outbox. Empty epoch: never
    // connected.
    Seq version() const { return m_version; }
    const std::string& epoch() const { return m_epoch; }
    // Was this the epoch of a log before a restore? A server that still has that one is behind.
    bool hasLeft(const std::string& epoch) const { return m_leftEpochs.contains(epoch); }

    const std::optional<Author>& author() const { return m_author; }
    // For programs that need a particular id, such as tests and replays. Before the first edit only.
    void setAuthor(Author author) { m_author = std::move(author); }

    // What a program must have on disk, so that nothing is lost if it ends now.
    struct Leftover {
        std::vector<Outbox::Entry> outbox;
        std::vector<Author> authors; // under whose ids it was made
        std::string epoch;           // of the log that it was made for
        // Changes from these counters on were done anew, after a restore.
        std::map<ReplicaId, Counter> doneAnew;
        std::set<std::string> leftEpochs; // of logs before a restore
    };
    Leftover leftover() const;
    // Takes over what a program of before left behind. It is sent under the ids of then; the text shows it
    // once a server has sent the document. Before the first edit only.
    void adopt(Leftover leftover);

    // The same with the document itself, so that it can be shown and edited without a server.
    struct Kept {
        Replica replica; // the log up to `version`, with or without what is in the outbox
        Seq version = 0;
        std::string title;
        Leftover leftover;              // `epoch` is that of `version`; empty: never connected
        std::vector<std::string> acked; // own changes, under ids of `authors` as well, oldest first
    };
    void adopt(Kept kept);
    // Own changes in the log, as far as they are known: what a Kept should have of them.
    std::vector<std::string> acked() const { return m_acked.all(); }
    // All under whose ids there may be own changes here.
    std::vector<Author> authors() const;
    // All under whose ids something in the outbox was made.
    std::vector<Author> authorsOfOutbox() const;
    // The key of one of them.
    std::optional<std::string> keyOf(ReplicaId replica) const;

    // Edits by code points, applied here and put into the outbox as one change; large inserts are cut into
    // several. Calls onEdited. An error means that nothing has happened.
    Result<void> edit(std::span<const Splice> splices);
    Result<void> edit(std::size_t index, std::size_t deleted, std::u32string_view inserted);
    // The same for an edit that undo() takes back.
    Result<void> edit(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                      const UndoHistory::Occasion& occasion);

    // --- undo of own edits. What it does is an edit like any other; the caller shows it.

    struct Undone {
        TextEdits edits;
        std::optional<Selection> selection; // to be restored
    };
    // Empty when there was nothing to take back, or nothing of it is left.
    Undone undo() { return play(&UndoHistory::undo); }
    Undone redo() { return play(&UndoHistory::redo); }
    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    // Edits between the two are undone in one step. endUndoGroup alone: what comes next is a step of its own.
    void beginUndoGroup() { m_history.beginGroup(); }
    void endUndoGroup() { m_history.endGroup(); }
    // The own selection, at every change of it.
    void noteSelection(const Selection& selection) { m_history.noteSelection(selection); }

    // --- told to the owner; set them before use. They must not edit the document.

    // From now on; it must outlive the document, or be taken away again.
    void setJournal(DocumentJournal* journal) { m_journal = journal; }
    std::function<void()> onEdited;                      // own edit: something to send
    std::function<void(const TextEdits&)> onRemoteEdits; // others' edits, to be shown, in sequence
    std::function<void()> onPeersChanged;
    std::function<void()> onTitleChanged;

    // --- for ClientSession

    Outbox& mutableOutbox() { return m_outbox; }
    Peers& mutablePeers() { return m_peers; }
    void setTitle(std::string title);

    // Changes `first`, first + 1, ... of the log. Those at or before version() are ignored; a gap is an
    // error, as are changes that do not apply. Own ones count as acked.
    Result<void> applyCommitted(Seq first, std::span<const std::string> changes);
    // The server has made own changes durable; `version` as in the protocol. False on a hole in the versions.
    bool applyAck(ReplicaId replica, Counter through, Seq version);
    // The document as of `version` of `epoch`; own unacked changes are put on top, and the view gets the
    // difference. If it is of another log than the one before, which was restored from a backup, own acked
    // changes that it lacks are unacked again, and those that have no place in it are done anew.
    Result<void> adoptSnapshot(std::string_view bytes, Seq version, std::string epoch);

private:
    using Occasion = UndoHistory::Occasion;

    Result<void> editAlone(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                           const Occasion* occasion);
    Result<void> editInPieces(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                              const Occasion* occasion);
    Result<void> editOnce(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                          const Occasion* occasion);
    Result<void> told(Result<void> made);
    static Result<void> checkSplice(std::size_t index, std::size_t deleted, std::u32string_view inserted,
                                    std::size_t& length);
    Undone play(UndoHistory::Undone (UndoHistory::*way)(Replica&, ReplicaId, std::size_t));
    ReplicaId authorId();
    // To put own changes into the outbox.
    template <typename Made>
    void send(const Made& made) {
        m_outbox.add(made);
        if (m_journal)
            m_journal->made(m_outbox.entries().back(), m_author->key);
    }
    const std::string& outboxEpoch() const { return m_epoch.empty() ? m_outboxEpoch : m_epoch; }
    std::size_t ack(ReplicaId replica, Counter through);
    void bringBackOwn(const Replica& before);
    std::vector<std::string> putBack(std::vector<std::string> own);
    void placeOutbox(TextEdits* edits);
    void takeBackTwins(ReplicaId replica, Counter last, TextEdits* edits);

    Random& m_random;
    Replica m_replica;
    Outbox m_outbox;
    UndoHistory m_history;
    LocalEdit m_made; // the last own edit; kept for its memory
    Peers m_peers;
    DocumentJournal* m_journal = nullptr;
    std::string m_title;
    std::optional<Author> m_author;
    std::vector<Author> m_earlierAuthors;
    std::string m_outboxEpoch;               // of the log that an adopted outbox was made for
    bool m_outboxPlaced = true;              // all of the outbox is in the replica
    OwnChanges m_acked;                      // and made by this program
    std::map<ReplicaId, Counter> m_doneAnew; // see Leftover
    Seq m_version = 0;
    std::string m_epoch;
    std::set<std::string> m_leftEpochs; // see Leftover
};

} // namespace tandem
